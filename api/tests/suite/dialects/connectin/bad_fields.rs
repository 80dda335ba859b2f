//! Fields that do not fit: each is named, by every operation that takes it.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::support::{by_connectin, whole};
use super::{ask, connect, newest, raw, seen, three};
use crate::world::{PASSWORD, Person, World};

/// An operation, and a body that it takes.
struct Operation {
    method: Method,
    path: String,
    body: Value,
}

impl Operation {
    fn post(path: &str, body: Value) -> Self {
        Self { method: Method::POST, path: path.to_owned(), body }
    }

    /// The body with the JSON `value` for a field, or without the field.
    fn with(&self, field: &str, value: Option<&str>) -> String {
        let mut body = self.body.clone();
        body.as_object_mut().expect("an object").remove(field);
        let rest = body.to_string();
        let rest = rest.trim_matches(|c| c == '{' || c == '}');
        let comma = if rest.is_empty() { "" } else { ", " };
        value.map_or_else(|| format!("{{{rest}}}"), |value| format!("{{{rest}{comma}\"{field}\": {value}}}"))
    }

    /// What is answered to each of the values, which are JSON: 400, about this field and no other.
    async fn answers(&self, person: &Person, field: &str, values: &[Option<&str>]) -> Vec<Value> {
        let mut answers = Vec::new();
        for value in values {
            let answer = raw(person, self.method.clone(), &self.path, self.with(field, *value)).await;
            let of_field = answer.body.as_object().is_some_and(|body| body.keys().eq([field]));
            assert!(of_field && answer.status == 400, "{field} {value:?}: {} {:#}", answer.status, answer.body);
            let given: String = value.unwrap_or("[missing]").chars().take(24).collect();
            answers.push(json!({"given": given, "answer": whole(answer)}));
        }
        answers
    }
}

/// What no text may be.
const NO_TEXTS: [Option<&str>; 9] = [
    None,
    Some("null"),
    Some(r#""""#),
    Some(r#"" \t\n""#),
    Some("true"),
    Some("[]"),
    Some(r#"["a"]"#),
    Some(r#"{"a": 1}"#),
    Some(r#""a\u0000b""#),
];

/// What no id may be.
const NO_IDS: [Option<&str>; 13] = [
    None,
    Some("null"),
    Some(r#""""#),
    Some(r#"" ""#),
    Some("true"),
    Some("[]"),
    Some(r#"{"a": 1}"#),
    Some("1.5"),
    Some(r#""one""#),
    Some(r#""1 2""#),
    Some("9223372036854775808"),
    Some(r#""-9223372036854775809""#),
    Some(r#""1\u0000""#),
];

fn registration() -> Operation {
    let body = json!({"username": "zoe", "email": "zoe@example.org", "password": PASSWORD});
    Operation::post("/api/user/register/", body)
}

#[tokio::test]
async fn a_registration_names_each_field_that_does_not_fit() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let operation = registration();
    for field in ["username", "email", "password"] {
        assert_whole!(format!("register_bad_{field}"), operation.answers(&stranger, field, &NO_TEXTS).await);
    }
    // The others may be left out, empty or null.
    for field in ["full_name", "contact_number", "address", "industry", "company_name"] {
        assert_whole!(format!("register_bad_{field}"), operation.answers(&stranger, field, &NO_TEXTS[4..]).await);
    }
    raw(&stranger, Method::POST, &operation.path, operation.body.to_string()).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn a_registration_names_each_field_that_is_too_long_or_of_another_form() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let operation = registration();
    let long = |longest: usize| format!("\"{}\"", "ü".repeat(longest + 1));
    let mut answers = Vec::new();
    for (field, longest) in
        [("username", 150), ("full_name", 150), ("industry", 150), ("company_name", 150), ("address", 500)]
    {
        let mut fits = json!({"username": field, "email": format!("{field}@example.org"), "password": PASSWORD});
        fits[field] = json!("ü".repeat(longest));
        stranger.post(&operation.path, fits).await.expect(201);
        answers.extend(operation.answers(&stranger, field, &[Some(&long(longest))]).await);
    }
    for username in [r#""a b""#, r#""ann@example.org""#, r#""a/b""#, r#""<b>""#, r#""a\u202eb""#] {
        answers.extend(operation.answers(&stranger, "username", &[Some(username)]).await);
    }
    for email in [r#""ann""#, r#""a@b""#, r#""a b@c.de""#, r#""@c.de""#, r#""Ann <a@b.de>""#, r#""a@b.de, c@d.ef""#] {
        answers.extend(operation.answers(&stranger, "email", &[Some(email)]).await);
    }
    for number in [r#""123456""#, r#""1234567890123456""#, r#""12345 678""#, r#""++1234567""#, r#""phone""#, "1.5"] {
        answers.extend(operation.answers(&stranger, "contact_number", &[Some(number)]).await);
    }
    assert_whole!("register_too_long_or_of_another_form", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_sign_in_names_each_field_that_does_not_fit() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let operation = Operation::post("/api/user/login/", json!({"username": "ann", "password": PASSWORD}));
    let long = format!("\"{}\"", "x".repeat(257));
    for field in ["username", "password"] {
        let mut answers = operation.answers(&ann, field, &NO_TEXTS).await;
        answers.extend(operation.answers(&ann, field, &[Some(&long)]).await);
        assert_whole!(format!("login_bad_{field}"), answers);
    }
    raw(&ann, Method::POST, &operation.path, operation.body.to_string()).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_request_and_a_decision_name_each_field_that_does_not_fit() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&bob, &ann).await;
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let send = Operation::post("/api/connection/send/", json!({"to_user_id": cat.id}));
    let decide = Operation::post("/api/connection/decide/", json!({"connection_id": request, "do": "accept"}));
    assert_whole!("send_bad_to_user_id", send.answers(&ann, "to_user_id", &NO_IDS).await);
    assert_whole!("decide_bad_connection_id", decide.answers(&ann, "connection_id", &NO_IDS).await);
    let no_words = [None, Some("null"), Some("1"), Some(r#""Accept""#), Some(r#""accepted""#), Some(r#""pending""#)];
    assert_whole!("decide_bad_do", decide.answers(&ann, "do", &no_words).await);
    let neither = ["true", r#"["accept"]"#, r#"{"accept": 1}"#, r#""""#, r#""accept\u0000""#].map(Some);
    decide.answers(&ann, "do", &neither).await;
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before, "none of it changed anything");
    for operation in [send, decide] {
        let answer = raw(&ann, operation.method, &operation.path, operation.body.to_string()).await;
        assert!(answer.status.is_success(), "{:#}", answer.body);
    }
    world.finish().await;
}

/// What JSON can say and no field can hold.
#[tokio::test]
async fn a_lone_surrogate_or_a_number_beyond_all_bounds_is_named() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&bob, &ann).await;
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let surrogates = [r#""\ud800""#, r#""a\ud800b""#, r#""\udc00\ud800""#, r#""\ud83d""#].map(Some);
    let note = json!({"body": "x"});
    let edit =
        Operation { method: Method::PUT, path: format!("/api/notification/{}/", newest(&ann).await), body: note };
    for (operation, fields) in [
        (
            registration(),
            &["username", "email", "password", "full_name", "contact_number", "address", "industry", "company_name"][..],
        ),
        (
            Operation::post("/api/user/login/", json!({"username": "ann", "password": PASSWORD})),
            &["username", "password"],
        ),
        (Operation::post("/api/connection/send/", json!({"to_user_id": cat.id})), &["to_user_id"]),
        (
            Operation::post("/api/connection/decide/", json!({"connection_id": request, "do": "accept"})),
            &["connection_id", "do"],
        ),
        (Operation::post("/api/notification/create/", json!({"body": "x"})), &["body"]),
        (edit, &["body"]),
    ] {
        for field in fields {
            operation.answers(&ann, field, &surrogates).await;
            if field.ends_with("_id") {
                operation.answers(&ann, field, &[Some("1e999"), Some("-1e999")]).await;
            }
        }
    }
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before, "none of it changed anything");
    world.finish().await;
}

/// Where the contract is silent, the words are those of Django REST Framework 3.18.
#[tokio::test]
async fn what_cannot_be_read_is_told_in_the_words_of_the_framework() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&bob, &ann).await;
    let create = Operation::post("/api/notification/create/", json!({"body": "x"}));
    let send = Operation::post("/api/connection/send/", json!({"to_user_id": cat.id}));
    let decide = Operation::post("/api/connection/decide/", json!({"connection_id": request, "do": "accept"}));
    let mut told = Vec::new();
    for (operation, field, value, words) in [
        (&create, "body", r#""a\ud800b""#, "Surrogate characters are not allowed: U+D800."),
        (&registration(), "username", r#""\udfff""#, "Surrogate characters are not allowed: U+DFFF."),
        (&send, "to_user_id", r#""\udc00""#, "A valid integer is required."),
        (&send, "to_user_id", "1e999", "A valid integer is required."),
        (&decide, "do", r#""""#, "\"\" is not a valid choice."),
    ] {
        let answers = operation.answers(&ann, field, &[Some(value)]).await;
        let said = answers[0]["answer"]["body"][field].clone();
        if said != json!([words]) {
            told.push(format!("{field} {value}: {said}, not {words:?}"));
        }
    }
    assert_eq!(told, [""; 0], "{told:#?}");
    world.finish().await;
}

#[tokio::test]
async fn a_notifications_text_is_named_when_it_does_not_fit() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    connect(&ann, &bob).await;
    world.settle().await;
    let path = format!("/api/notification/{}/", newest(&ann).await);
    let before = seen(&[&ann, &bob, &cat]).await;
    let create = Operation::post("/api/notification/create/", json!({"body": "A note"}));
    let edit = Operation { method: Method::PUT, path, body: json!({"body": "Another text"}) };
    let long = format!("\"{}\"", "ü".repeat(1_001));
    for (operation, name) in [(&create, "create"), (&edit, "edit")] {
        let mut answers = operation.answers(&ann, "body", &NO_TEXTS).await;
        answers.extend(operation.answers(&ann, "body", &[Some(&long)]).await);
        assert_whole!(format!("{name}_bad_body"), answers);
    }
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before, "none of it changed anything");
    let longest = format!("\"{}\"", "ü".repeat(1_000));
    for operation in [&create, &edit] {
        let body = operation.with("body", Some(&longest));
        let answer = raw(&ann, operation.method.clone(), &operation.path, body).await;
        assert!(answer.status.is_success(), "{:#}", answer.body);
        let text = answer.body["body"].as_str().expect("a text");
        assert_eq!(text.chars().count(), 1_000);
    }
    world.finish().await;
}
