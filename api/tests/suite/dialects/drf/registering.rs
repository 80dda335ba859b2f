//! `POST /api/register/`: the account it makes, and everything that it refuses.

use futures::future::join_all;
use serde_json::json;
use shared::config::Activation;

use super::{REGISTER, accounts, answers, registration, stranger};
use crate::dialects::support::snapshots;
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn an_account_is_answered_with_all_that_was_given() {
    let world = World::start().await;
    let all = json!({
        "email": " Ann@Example.org ", "full_name": "Ann Lee", "contact": "+4912345678", "company_name": "Kith",
        "address": "1 Elm St\nSpringfield", "industry": "Networks", "is_active": false, "user_id": 77, "id": 77,
        "date_joined": "1999-01-01T00:00:00Z", "nobody_knows": "this"
    });
    let absent = json!({
        "email": null, "full_name": "", "contact": " ", "company_name": null, "address": "", "industry": "\n"
    });
    let bodies = [
        ("everything, and what is not to be set", registration("Ann", all)),
        ("what is required alone", registration("bob", json!({}))),
        ("blank and null", registration("cat", absent)),
    ];
    let answers = answers(&stranger(&world), REGISTER, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("registered", answers));
    world.finish().await;
}

#[tokio::test]
async fn what_is_missing_blank_null_or_of_another_type_is_named() {
    let world = World::start().await;
    let bodies = [
        ("nothing", json!({})),
        ("blank", json!({"username": "", "password": ""})),
        ("spaces", json!({"username": "  ", "password": "   "})),
        ("null", json!({"username": null, "password": null})),
        ("true and a list", json!({"username": true, "password": ["correct horse battery"]})),
        ("objects", json!({"username": {}, "password": {"a": 1}})),
        (
            "wrong types everywhere",
            json!({
                "username": false, "password": false, "email": true, "full_name": [], "contact": {},
                "company_name": false, "address": {"a": 1}, "industry": ["Networks"]
            }),
        ),
        ("a wrong type beside what is good", registration("ann", json!({"industry": true}))),
    ];
    let answers = answers(&stranger(&world), REGISTER, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("of_the_wrong_kind", answers));
    assert_eq!(accounts(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn what_is_too_long_or_misshapen_is_named() {
    let world = World::start().await;
    let x = |count| "x".repeat(count);
    let email = |email: &str| registration("ann", json!({"email": email}));
    let contact = |contact: &str| registration("ann", json!({"contact": contact}));
    let mut bodies = vec![(
        "too long",
        json!({
            "username": x(151), "password": x(257), "email": format!("{}@example.org", x(260)), "contact": "1".repeat(16),
            "full_name": x(151), "company_name": x(151), "industry": x(151), "address": x(501)
        }),
    )];
    bodies.extend(["a@b.org", "a b", "a/b", "a\u{202e}b", "a\nb"].map(|name| (name, registration(name, json!({})))));
    bodies.extend(["ann", "ann@", "ann@localhost", "a nn@b.org", "Ann <ann@b.org>"].map(|text| (text, email(text))));
    let numbers = ["123456", "+123456", "12-345678", "++1234567", "1234567+", "\u{ff11}234567", "12345 678"];
    bodies.extend(numbers.map(|text| (text, contact(text))));
    let answers = answers(&stranger(&world), REGISTER, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("misshapen", answers));
    assert_eq!(accounts(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn the_longest_names_and_numbers_are_taken() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let x = "x".repeat(150);
    let long = json!({
        "full_name": x, "company_name": x, "industry": x, "address": "x".repeat(500), "contact": "+123456789012345",
        "password": "y7".repeat(128)
    });
    nobody.post(REGISTER, registration(&"é".repeat(150), long)).await.expect(201);
    nobody.post(REGISTER, registration("x", json!({"contact": "1234567"}))).await.expect(201);
    nobody.post(REGISTER, registration("a.b+c-d_e", json!({}))).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn what_somebody_bears_is_taken() {
    let world = World::with(|config| config.secrets.activation = Activation::Required).await;
    let nobody = stranger(&world);
    let ann = json!({"email": "ann@example.org", "contact": "+4912345678"});
    nobody.post(REGISTER, registration("Ann", ann)).await.expect(201);
    let bob = registration("bob", json!({"email": "bob@example.org", "contact_number": "7654321"}));
    nobody.post("/api/user/register/", bob).await.expect(201);
    // An account of v1 that nobody has activated, so its email is unconfirmed.
    nobody.register("cat", "cat@example.org").await.expect(201);
    let username = |name: &str| registration(name, json!({}));
    let email = |email: &str| registration("new", json!({"email": email}));
    let bodies = [
        ("a username", username("Ann")),
        ("in another case", username("aNN")),
        ("with space around it", username(" ann ")),
        ("in letters that look alike", username("\u{ff21}\u{ff4e}\u{ff4e}")),
        ("an inactive account's", username("cat")),
        ("an email", email("ann@example.org")),
        ("in another case", email("ANN@Example.ORG")),
        ("of 000", email("bob@example.org")),
        ("an inactive account's", email("Cat@example.org")),
        ("a contact", registration("new", json!({"contact": "+4912345678"}))),
        ("of 000", registration("new", json!({"contact": "7654321"}))),
    ];
    let answers = answers(&nobody, REGISTER, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("taken", answers));
    assert_eq!(accounts(&world).await, 3);
    // A phone number is unique here alone.
    let twin = registration("twin", json!({"email": "twin@example.org", "contact_number": "+4912345678"}));
    assert_eq!(nobody.post("/api/user/register/", twin).await.expect(201)["contact_number"], "+4912345678");
    world.finish().await;
}

/// As serializers of Django REST Framework do, whose validators of uniqueness are a field's.
#[tokio::test]
async fn everything_that_is_wrong_is_answered_at_once() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let ann = json!({"email": "ann@example.org", "contact": "1234567"});
    nobody.post(REGISTER, registration("ann", ann.clone())).await.expect(201);
    let mut body = registration("ann", ann);
    body["password"] = json!("x7#kQ");
    let answer = nobody.post(REGISTER, body).await.expect(400);
    let named: Vec<&String> = answer.as_object().expect("fields").keys().collect();
    assert_eq!(named, ["contact", "email", "password", "username"], "{answer:#}");
    world.finish().await;
}

#[tokio::test]
async fn of_those_who_register_one_name_at_once_one_gets_it() {
    let world = World::start().await;
    let nobody = stranger(&world);
    for round in 0..4 {
        let email = format!("e{round}@example.org");
        let contact = format!("123456{round}");
        let rivals = [
            ("username", [0; 4].map(|_| registration(&format!("name{round}"), json!({})))),
            ("email", [0, 1, 2, 3].map(|n| registration(&format!("e{round}{n}"), json!({"email": email})))),
            ("contact", [0, 1, 2, 3].map(|n| registration(&format!("c{round}{n}"), json!({"contact": contact})))),
        ];
        for (field, bodies) in rivals {
            let answers = join_all(bodies.map(|body| nobody.post(REGISTER, body))).await;
            let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
            assert_eq!(made.len(), 1, "{field}");
            for answer in refused {
                let body = answer.expect(400);
                assert!(body[field][0].as_str().is_some_and(|text| text.ends_with("already exists.")), "{body:#}");
            }
        }
    }
    assert_eq!(accounts(&world).await, 12);
    world.finish().await;
}

#[tokio::test]
async fn numbers_are_taken_as_text() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let body = json!({"username": 777, "password": PASSWORD, "contact": 12_345_678, "full_name": 1.5});
    let account = nobody.post(REGISTER, body).await.expect(201);
    assert_eq!(account["username"], "777");
    assert_eq!((&account["user"]["contact"], &account["user"]["full_name"]), (&json!("12345678"), &json!("1.5")));
    nobody.post(super::LOGIN, json!({"username": 777, "password": PASSWORD})).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_huge_number_is_the_text_of_its_digits() {
    let world = World::start().await;
    let digits = "1234567890".repeat(4);
    let body = format!(r#"{{"username": {digits}, "password": "{PASSWORD}"}}"#);
    let answer = super::send(&stranger(&world), reqwest::Method::POST, REGISTER, Some("application/json"), body).await;
    assert_eq!(answer.expect(201)["username"], digits);
    world.finish().await;
}
