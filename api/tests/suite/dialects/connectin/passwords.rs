//! Passwords that Django's four validators refuse.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::support::{form, whole};
use super::multipart;
use crate::world::{Answer, Person, World};

const REGISTER: &str = "/api/user/register/";

/// Margaret, with a password.
async fn margaret(stranger: &Person, password: &str) -> Answer {
    let body = json!({
        "username": "margaret", "email": "peggy.o@example.org", "full_name": "Konstanze Ohm", "password": password,
    });
    stranger.post(REGISTER, body).await
}

#[tokio::test]
async fn a_weak_password_is_refused_by_each_validator() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let mut answers = Vec::new();
    let long = "correct horse battery staple ".repeat(9);
    let passwords = [
        // The name, the email and a part of it, and what is not far from them.
        "margaret",
        "MARGARETS7",
        "peggy.o@example.org",
        "peggy.o@exampl",
        // Too short, by a character; in characters, not bytes.
        "kq7#vzp",
        "ßüßéßäß",
        // Too common, in any case.
        "password1",
        "SunShine1",
        // Nothing but digits.
        "82736450918273",
        // Several at once.
        "1234",
        // Longer than a password needs to be.
        long.as_str(),
    ];
    for password in passwords {
        let answer = margaret(&stranger, password).await;
        answers.push(json!({"password": password.get(..30).unwrap_or(password), "answer": whole(answer)}));
    }
    assert_whole!("weak_passwords", answers);
    // None of them made an account, and eight good characters are enough.
    margaret(&stranger, "kq7#vzpL").await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn a_weak_password_is_refused_beside_what_else_is_wrong() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let body = json!({"username": "a b", "email": "no email", "contact_number": "12", "password": "1234"});
    let of_json = stranger.post(REGISTER, body).await;
    let fields = [("username", "a b"), ("email", "no email"), ("contact_number", "12"), ("password", "1234")];
    let of_form = form(&stranger, Method::POST, REGISTER, &fields).await;
    let of_multipart = multipart(&stranger, Method::POST, REGISTER, &fields).await;
    for answer in [&of_form, &of_multipart] {
        assert_eq!((answer.status, &answer.body), (of_json.status, &of_json.body));
    }
    assert_whole!("everything_wrong", whole(of_json));
    // Also beside a field that is missing.
    let body = json!({"username": "zoe", "password": "sunshine"});
    assert_whole!("weak_and_an_email_missing", whole(stranger.post(REGISTER, body).await));
    world.finish().await;
}

#[tokio::test]
async fn a_password_of_256_characters_is_the_longest() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let password: String = "correct horse battery! ".chars().cycle().take(255).chain(['x']).collect();
    margaret(&stranger, &password).await.expect(201);
    let sign_in = async |password: &str| -> (u16, Value) {
        let body = json!({"username": "margaret", "password": password});
        let answer = stranger.post("/api/user/login/", body).await;
        (answer.status.as_u16(), answer.body)
    };
    assert_eq!(sign_in(&password).await.0, 200);
    let (status, body) = sign_in(&format!("{password}x")).await;
    assert_eq!((status, &body["password"][0]), (400, &json!("Ensure this field has no more than 256 characters.")));
    world.finish().await;
}
