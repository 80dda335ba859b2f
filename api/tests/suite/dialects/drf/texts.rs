//! What no field takes is answered with the field's name.

use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::{LOGIN, PROFILE, REFRESH, REGISTER, registration, send};
use crate::dialects::support::by_connectin;
use crate::world::{Answer, PASSWORD, Person, World};

/// An operation: its texts, its ids, and a body that fits.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: String,
    texts: &'static [&'static str],
    ids: &'static [&'static str],
    pub(super) fits: Value,
}

const DETAILS: &[&str] = &["username", "email", "full_name", "contact", "company_name", "address", "industry"];

/// Every operation that reads a body; `note` is a notification of the caller's, `other` somebody else.
pub(super) fn operations(note: i64, other: i64) -> Vec<Operation> {
    let post = Method::POST;
    let operation = |method: &Method, path: &str, texts, ids, fits| Operation {
        method: method.clone(),
        path: path.replace("{id}", &note.to_string()),
        texts,
        ids,
        fits,
    };
    let credentials: &[&str] = &["username", "password"];
    let named: &[&str] = &["username", "password", "email", "full_name", "contact_number", "industry"];
    let login = json!({"username": "ann", "password": PASSWORD});
    let email = json!({"email": "new@example.org"});
    vec![
        operation(&post, REGISTER, DETAILS, &[], registration("new", json!({}))),
        operation(&post, REGISTER, &["password"], &[], registration("new", json!({}))),
        operation(&post, LOGIN, credentials, &[], login.clone()),
        operation(&post, REFRESH, &["refresh", "token"], &[], json!({"refresh": "nonsense"})),
        operation(&post, "/api/user/register/", named, &[], registration("new", email)),
        operation(&post, "/api/user/login/", credentials, &[], login),
        operation(&post, "/api/connection/send/", &[], &["to_user_id"], json!({"to_user_id": other})),
        operation(
            &post,
            "/api/connection/decide/",
            &["do"],
            &["connection_id"],
            json!({"connection_id": 1, "do": "accept"}),
        ),
        operation(&post, "/api/notification/create/", &["body"], &[], json!({"body": "text"})),
        operation(&Method::PUT, "/api/notification/{id}/", &["body"], &[], json!({"body": "text"})),
        operation(&Method::PUT, PROFILE, DETAILS, &[], json!({"full_name": "Ann"})),
        operation(&Method::PATCH, PROFILE, DETAILS, &[], json!({"full_name": "Ann"})),
        operation(
            &post,
            "/api/connection_requests/",
            &["message"],
            &["to_user_id"],
            json!({"to_user_id": other, "message": "text"}),
        ),
        operation(
            &post,
            "/api/notifications/",
            &["message", "verb"],
            &["recipient_id"],
            json!({"message": "text", "verb": "accepted"}),
        ),
        operation(&Method::PATCH, "/api/notifications/{id}/", &[], &["read"], json!({"read": true})),
    ]
}

/// A world without limits, somebody who asks, and the operations.
pub(super) async fn world() -> (World, Person, Vec<Operation>) {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_connectin(&world, "bob").await);
    let note = ann.post("/api/notification/create/", json!({"body": "text"})).await.expect(201);
    let operations = operations(note["id"].as_i64().expect("an id"), bob.id);
    (world, ann, operations)
}

impl Operation {
    /// The body that fits, with a field written so.
    fn with(&self, field: &str, written: &str) -> String {
        let mut body = self.fits.clone();
        body[field] = json!("@@@");
        body.to_string().replace("\"@@@\"", written)
    }

    pub(super) async fn send(&self, person: &Person, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        send(person, self.method.clone(), &self.path, Some(kind), body).await
    }

    /// What `field` is answered with, when it alone does not fit.
    async fn refused(&self, person: &Person, field: &str, written: &str) -> Vec<String> {
        let answer = self.send(person, "application/json", self.with(field, written)).await;
        let about = format!("{} {} {field} {written}: {} {:#}", self.method, self.path, answer.status, answer.body);
        assert_eq!(answer.status, 400, "{about}");
        let fields = answer.body.as_object().expect("fields");
        assert_eq!(fields.keys().collect::<Vec<_>>(), [field], "{about}");
        serde_json::from_value(answer.body[field].clone()).expect("messages")
    }
}

#[tokio::test]
async fn nul_and_lone_surrogates_are_named() {
    let (world, ann, operations) = world().await;
    for operation in &operations {
        for field in operation.texts {
            let nul = operation.refused(&ann, field, r#""a\u0000b""#).await;
            assert_eq!(nul, ["Null characters are not allowed."], "{} {field}", operation.path);
            for surrogate in [r#""\ud800""#, r#""a\udc00b""#, r#""\udc00\ud800""#, r#""\ud800\ud800""#] {
                let said = operation.refused(&ann, field, surrogate).await;
                assert!(
                    said[0].starts_with("Surrogate characters are not allowed"),
                    "{} {field} {said:?}",
                    operation.path
                );
            }
        }
    }
    world.finish().await;
}

/// In the words of Django REST Framework, which name the character.
#[tokio::test]
async fn a_lone_surrogate_is_told_by_its_number() {
    let (world, ann, operations) = world().await;
    let said = operations[0].refused(&ann, "full_name", r#""a\udc00b""#).await;
    assert_eq!(said, ["Surrogate characters are not allowed: U+DC00."]);
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_text_is_named() {
    let (world, ann, operations) = world().await;
    for operation in &operations {
        for field in operation.texts {
            for written in ["true", "false", "[]", r#"["text"]"#, "{}", r#"{"a": 1}"#, "[[[[1]]]]"] {
                let said = operation.refused(&ann, field, written).await;
                assert_eq!(said, ["Not a valid string."], "{} {field} {written}", operation.path);
            }
            // Beyond what any number holds, and deeper than anything is read.
            for written in ["1e999", &format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))] {
                operation.refused(&ann, field, written).await;
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_id_is_named() {
    let (world, ann, operations) = world().await;
    let wrong = [
        "[]",
        "{}",
        "1.5",
        r#""""#,
        r#""x""#,
        r#""1.5""#,
        r#""1 2""#,
        r#""\u0000""#,
        r#""\ud800""#,
        "null",
        "1e999",
        "9223372036854775808",
        "-9223372036854775809",
        r#""99999999999999999999""#,
        "99999999999999999999999999",
    ];
    for operation in &operations {
        for field in operation.ids {
            for written in wrong {
                operation.refused(&ann, field, written).await;
            }
        }
        for field in operation.ids.iter().filter(|field| field.ends_with("_id")) {
            assert_eq!(operation.refused(&ann, field, "true").await, ["A valid integer is required."]);
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn ids_are_taken_as_texts() {
    let (world, ann, operations) = world().await;
    let bob = ann.get("/api/search_users/?q=bob").await.expect(200)["results"][0]["id"].clone();
    let ask = operations.iter().find(|operation| operation.path == "/api/connection/send/").expect("it is there");
    for written in [format!("\"{bob}\""), format!("\" {bob} \"")] {
        let sent = ask.send(&ann, "application/json", ask.with("to_user_id", &written)).await.expect(201);
        assert_eq!(sent["to_user"], bob);
        let cancel = json!({"connection_id": sent["id"].to_string(), "do": "cancel"});
        ann.post("/api/connection/decide/", cancel).await.expect(200);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let (world, ann, _) = world().await;
    for (path, parameters) in [
        ("/api/user/search/", &["name", "email", "company_name", "number", "limit", "offset"][..]),
        ("/api/search_users/", &["q"]),
        ("/api/connection_requests/", &["direction", "status", "limit", "offset"]),
        ("/api/notifications/", &["limit", "offset"]),
    ] {
        for parameter in parameters {
            let answer = ann.get(&format!("{path}?{parameter}=a%00b")).await.expect(400);
            assert!(answer[parameter][0].is_string(), "{path} {parameter} {answer:#}");
            // Bytes that are no text are read as what stands for them.
            let status = ann.get(&format!("{path}?{parameter}=%ff%ed%a0%80&%00=%zz&=&&%")).await.status.as_u16();
            assert!(status < 500, "{path} {parameter}");
        }
    }
    world.finish().await;
}
