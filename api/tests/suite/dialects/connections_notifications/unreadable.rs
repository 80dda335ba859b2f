//! What no database takes: NUL, lone surrogates, bytes that are no text. Its field is named.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answers, NOTIFICATIONS, PROFILE, REQUESTS, note, taking};
use crate::dialects::support::{by_shared_paths, form};
use crate::world::World;

#[tokio::test]
async fn nul_and_lone_surrogates_name_their_field() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let (other, note) = (by_shared_paths(&world, "other").await, note(&ann, "Buy milk").await);
    let before = (ann.get(PROFILE).await.expect(200), ann.get(NOTIFICATIONS).await.expect(200));
    let mut tried = 0;
    for operation in taking(&other, note) {
        for (field, _) in &operation.fields {
            let about = format!("{} {} {field}", operation.method, operation.path);
            for value in [r#""\u0000""#, r#""a\u0000b""#, r#""\ud800""#, r#""a\udc00""#, r#""\udc00\ud800""#, "1e999"] {
                let answer = operation.with(&ann, field, value).await.expect(400);
                let fields: Vec<&String> = answer.as_object().expect("fields").keys().collect();
                assert_eq!(fields, [field], "{about} {value} {answer:#}");
                assert!(answer[field][0].is_string(), "{about} {value} {answer:#}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 6 * 19);
    assert_eq!((ann.get(PROFILE).await.expect(200), ann.get(NOTIFICATIONS).await.expect(200)), before);
    assert_eq!(ann.get(REQUESTS).await.expect(200), json!([]));
    world.finish().await;
}

#[tokio::test]
async fn what_is_said_of_them_is_kept() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let (other, note) = (by_shared_paths(&world, "other").await, note(&ann, "Buy milk").await);
    let mut answers = Answers::default();
    for operation in taking(&other, note) {
        for (field, _) in &operation.fields {
            for value in [r#""a\u0000b""#, r#""\ud800""#] {
                let about = format!("{} {} {field} {value}", operation.method, operation.path);
                answers.add(&about, operation.with(&ann, field, value).await);
            }
        }
    }
    let mut with_recipient = super::Taking {
        method: Method::POST,
        path: NOTIFICATIONS.to_owned(),
        fields: vec![("message", json!("Hi")), ("recipient_id", json!(ann.id))],
    };
    for value in [r#""1\u0000""#, r#""\ud800""#] {
        answers.add(&format!("recipient_id {value}"), with_recipient.with(&ann, "recipient_id", value).await);
    }
    with_recipient.fields.clear();
    answers.add("a field that is not read", with_recipient.with(&ann, "nonsense", r#""\ud800""#).await);
    for (path, field) in [(PROFILE, "full_name"), (PROFILE, "username")] {
        let method = Method::PATCH;
        answers.add(&format!("{field} in a form"), form(&ann, method, path, &[(field, "a\0b")]).await);
    }
    assert_kept!("unreadable", answers);
    world.finish().await;
}

#[tokio::test]
async fn bytes_that_are_no_text_and_depth_without_end_are_refused() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let (other, note) = (by_shared_paths(&world, "other").await, note(&ann, "Buy milk").await);
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for operation in taking(&other, note) {
        let about = format!("{} {}", operation.method, operation.path);
        let field = operation.fields[0].0;
        let no_text = [format!("{{{field:?}: \"").as_bytes(), b"\xff\xfe", b"\"}"].concat();
        let answer = operation.send(&ann, "application/json", no_text).await;
        assert_eq!(answer.status, 400, "{about} {}", answer.body);
        let key = operation.send(&ann, "application/json", b"{\"\xff\": 1}".to_vec()).await;
        assert_eq!(key.status, 400, "{about} {}", key.body);
        assert_eq!(operation.send(&ann, "application/json", r#"{"\ud800": 1}"#).await.status, 400, "{about}");
        for value in [deep("[", "]"), deep("{\"a\":", "}")] {
            let answer = operation.with(&ann, field, &value).await;
            assert_eq!(answer.status, 400, "{about} {}", answer.body);
            assert_ne!(answer.body, Value::Null, "{about}");
        }
    }
    world.finish().await;
}
