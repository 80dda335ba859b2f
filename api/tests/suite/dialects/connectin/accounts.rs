//! Registration and signing in.

use serde_json::json;
use shared::config::Activation;

use super::super::support::{by_connectin, form, whole, with_token};
use super::rows;
use crate::world::{Answer, PASSWORD, Person, World};

const REGISTER: &str = "/api/user/register/";
const LOGIN: &str = "/api/user/login/";

async fn register(stranger: &Person, username: &str, email: &str) -> Answer {
    stranger.post(REGISTER, json!({"username": username, "email": email, "password": PASSWORD})).await
}

async fn sign_in(stranger: &Person, name: &str, password: &str) -> Answer {
    stranger.post(LOGIN, json!({"username": name, "password": password})).await
}

#[tokio::test]
async fn an_account_bears_what_was_given() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let body = json!({
        "username": "ann.lee", "full_name": " Ann Lee ", "email": "Ann@Example.org", "contact_number": "+4917012345678",
        "address": "1 High Street\nLeeds", "industry": "Mining", "company_name": "Coal & Sons", "password": PASSWORD,
    });
    assert_whole!("registered_whole", stranger.post(REGISTER, body).await.expect(201));
    // What else is given is nobody's business.
    let body = json!({
        "username": "bob", "email": "bob@example.org", "password": PASSWORD, "id": 77, "is_staff": true, "active": false,
    });
    assert_whole!("registered_barely", stranger.post(REGISTER, body).await.expect(201));
    let body = json!({
        "username": "cat", "email": "cat@example.org", "password": PASSWORD, "full_name": "", "contact_number": null,
        "address": " ", "industry": "", "company_name": null,
    });
    assert_whole!("registered_with_blanks", stranger.post(REGISTER, body).await.expect(201));
    for name in ["ann.lee", "bob", "cat"] {
        sign_in(&stranger, name, PASSWORD).await.expect(200);
    }
    world.finish().await;
}

#[tokio::test]
async fn names_have_letters_of_every_alphabet() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let mut answers = Vec::new();
    for (place, name) in ["Zoë", "żółć", "Ольга", "علی", "小明", "D'Arcy", "a b", "💩"].iter().enumerate()
    {
        let body = json!({
            "username": name, "email": format!("person{place}@example.org"), "full_name": format!("{name} Ünïcode"),
            "company_name": "Пекарня №1", "password": PASSWORD,
        });
        answers.push(whole(stranger.post(REGISTER, body).await));
    }
    assert_whole!("registered_with_letters_of_every_alphabet", answers);
    // Composed or not, in whichever case: it is the same name.
    for name in ["Zoë", "zoe\u{308}", "ZOË"] {
        assert_eq!(sign_in(&stranger, name, PASSWORD).await.expect(200)["user"]["username"], "Zoë");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_name_or_an_email_that_somebody_bears_is_taken_in_any_case() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    register(&stranger, "ann", "ann@example.org").await.expect(201);
    let mut answers = Vec::new();
    for (username, email) in
        [("ann", "a@example.org"), ("ANN", "a@example.org"), ("bob", "ann@example.org"), ("bob", "ANN@Example.ORG")]
    {
        answers.push(whole(register(&stranger, username, email).await));
    }
    assert_whole!("taken", answers);
    // A failed registration leaves nothing behind.
    register(&stranger, "bob", "bob@example.org").await.expect(201);
    world.finish().await;
}

/// Django REST Framework runs every field's validators, the unique ones too.
#[tokio::test]
async fn a_name_and_an_email_that_are_both_taken_are_both_named() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    register(&stranger, "ann", "ann@example.org").await.expect(201);
    assert_whole!("taken_both", register(&stranger, "ann", "ann@example.org").await.expect(400));
    let answer = register(&stranger, "ann", "no email").await;
    assert_whole!("taken_beside_another_fault", answer.expect(400));
    world.finish().await;
}

#[tokio::test]
async fn an_email_is_taken_also_when_its_bearer_never_confirmed_it() {
    let world = World::with(|config| config.secrets.activation = Activation::Required).await;
    let stranger = Person::stranger(world.apis[0].address);
    stranger.register("ann", "ann@example.org").await.expect(201); // through v1: inactive
    let body = register(&stranger, "eve", "ann@example.org").await.expect(400);
    assert_eq!(body, json!({"email": ["user with this email already exists."]}));
    // Through this dialect nobody waits for a mail.
    register(&stranger, "bob", "bob@example.org").await.expect(201);
    sign_in(&stranger, "bob", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn two_may_share_a_contact_number() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    for name in ["ann", "bob"] {
        let email = format!("{name}@example.org");
        let body = json!({"username": name, "email": email, "contact_number": "004912345", "password": PASSWORD});
        assert_eq!(stranger.post(REGISTER, body).await.expect(201)["contact_number"], "004912345");
    }
    world.finish().await;
}

#[tokio::test]
async fn one_signs_in_by_name_or_email_in_any_case() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let ann = register(&stranger, "ann", "ann@example.org").await.expect(201);
    assert_whole!("signed_in", sign_in(&stranger, "ann", PASSWORD).await.expect(200));
    for name in ["ANN", " ann ", "ann@example.org", "Ann@EXAMPLE.org"] {
        let session = sign_in(&stranger, name, PASSWORD).await.expect(200);
        assert_eq!(session["user"]["id"], ann["id"]);
        let token = session["access"].as_str().expect("a token");
        assert!(rows(&with_token(&stranger, Some(token)), "/api/notification/").await.is_empty());
    }
    world.finish().await;
}

#[tokio::test]
async fn wrong_credentials_are_all_answered_alike() {
    let world = World::with(|config| config.secrets.activation = Activation::Required).await;
    let stranger = Person::stranger(world.apis[0].address);
    register(&stranger, "ann", "ann@example.org").await.expect(201);
    stranger.register("ina", "ina@example.org").await.expect(201); // through v1: inactive
    let bob = by_connectin(&world, "bob").await;
    let database = &world.core().database;
    let sql = "UPDATE accounts SET suspended_at = created_at WHERE id = $1";
    let suspend = database.engine().statement(sql, [bob.id.into()]);
    sea_orm::ConnectionTrait::execute_raw(database.writer(), suspend).await.expect("suspended");
    let mut answers = Vec::new();
    for (name, password) in [
        ("ann", "another password"),
        ("ann", "Correct Horse Battery"),
        ("ann@example.org", "another password"),
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("no one", PASSWORD),
        ("ina", PASSWORD),
        ("ina@example.org", PASSWORD),
        ("bob", PASSWORD),
    ] {
        answers.push(sign_in(&stranger, name, password).await);
    }
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (answers[0].status, &answers[0].body));
    }
    assert_whole!("wrong_credentials", whole(answers.swap_remove(0)));
    world.finish().await;
}

#[tokio::test]
async fn a_password_is_taken_as_it_was_typed() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let password = " +%&=\tpässwörd🔒 ";
    let fields = [("username", "ann"), ("email", "ann@example.org"), ("password", password)];
    form(&stranger, reqwest::Method::POST, REGISTER, &fields).await.expect(201);
    sign_in(&stranger, "ann", password).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn guesses_are_throttled() {
    let world = World::with(|config| config.limits.sign_ins_a_minute = 2).await;
    let stranger = Person::stranger(world.apis[0].address);
    register(&stranger, "ann", "ann@example.org").await.expect(201);
    // Two minutes may meet within the guesses.
    for guess in 0..=4 {
        let answer = sign_in(&stranger, "ann", &format!("guess number {guess}")).await;
        if answer.status == 429 {
            let seconds: u64 = answer.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
            let unit = if seconds == 1 { "second" } else { "seconds" };
            let detail = format!("Request was throttled. Expected available in {seconds} {unit}.");
            assert_eq!((guess >= 2, answer.body), (true, json!({"detail": detail})));
            return world.finish().await;
        }
    }
    panic!("never throttled");
}
