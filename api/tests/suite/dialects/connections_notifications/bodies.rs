//! Bodies: JSON, forms and multipart forms say the same.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answers, NOTIFICATIONS, PROFILE, REQUESTS, Taking, note, notification_path, taking};
use crate::dialects::support::{by_shared_paths, form};
use crate::world::{Answer, Person, World};

const BOUNDARY: &str = "----a-line-that-nobody-writes";

fn multipart_kind() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A multipart form; a name that says `; filename=` makes a file of its part.
fn multipart_body(fields: &[(&str, &str)]) -> String {
    let parts = fields.iter().map(|(name, value)| {
        let (name, file) =
            name.split_once("; ").map_or((*name, String::new()), |(name, rest)| (name, format!("; {rest}")));
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    });
    format!("{}--{BOUNDARY}--\r\n", parts.collect::<String>())
}

async fn send(person: &Person, method: Method, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    Taking { method, path: path.to_owned(), fields: Vec::new() }.send(person, kind, body).await
}

/// The fields of an operation as a form has them.
fn as_text(fields: &[(&'static str, Value)]) -> Vec<(&'static str, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields.iter().map(|(name, value)| (*name, text(value))).collect()
}

#[tokio::test]
async fn every_operation_takes_each_kind_of_body() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    for kind in ["json", "form", "multipart"] {
        let other = by_shared_paths(&world, kind).await;
        let note = note(&ann, "to be read").await;
        let mut answers = Answers::default();
        for operation in taking(&other, note) {
            let Taking { method, path, fields } = &operation;
            let text = as_text(fields);
            let text: Vec<(&str, &str)> = text.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = match kind {
                "json" => {
                    let body: Value = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                    operation.send(&ann, "Application/JSON; charset=utf-8", body.to_string()).await
                }
                "form" => form(&ann, method.clone(), path, &text).await,
                _ => operation.send(&ann, &multipart_kind(), multipart_body(&text)).await,
            };
            answers.add(&format!("{method} {path}"), answer);
            world.settle().await; // so that ids are the same each time
        }
        assert_kept!(format!("by_{kind}"), answers);
    }
    world.finish().await;
}

#[tokio::test]
async fn letters_of_every_script_come_through_each_kind_of_body() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let name = "زهرا & Zoë = 100% + 株式会社 🧶";
    for kind in ["json", "form", "multipart"] {
        ann.patch(PROFILE, json!({"full_name": null})).await.expect(200);
        let fields = [("full_name", name)];
        let answer = match kind {
            "json" => ann.patch(PROFILE, json!({"full_name": name})).await,
            "form" => form(&ann, Method::PATCH, PROFILE, &fields).await,
            _ => send(&ann, Method::PATCH, PROFILE, &multipart_kind(), multipart_body(&fields)).await,
        };
        assert_eq!(answer.expect(200)["full_name"], name, "{kind}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_blank_field_of_a_form_empties_what_may_be_empty() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    for fields in [&[("full_name", ""), ("email", " ")][..], &[("username", "")]] {
        ann.patch(PROFILE, json!({"full_name": "Ann", "email": "ann@example.org"})).await.expect(200);
        answers.add(&format!("form {fields:?}"), form(&ann, Method::PATCH, PROFILE, fields).await);
        let body = multipart_body(fields);
        answers
            .add(&format!("multipart {fields:?}"), send(&ann, Method::PATCH, PROFILE, &multipart_kind(), body).await);
    }
    assert_kept!("blank_in_forms", answers);
    world.finish().await;
}

/// Forms have no other word for nothing (`Field.get_value` of Django REST Framework).
#[tokio::test]
async fn a_blank_field_of_a_form_is_as_if_it_were_left_out_where_nothing_can_be_emptied() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let fields = [("message", "Buy milk"), ("verb", ""), ("recipient_id", "")];
    let blank = [("read", "")];
    let mut statuses = Vec::new();
    let by_form = form(&ann, Method::POST, NOTIFICATIONS, &fields).await;
    statuses.push(by_form.status.as_u16());
    let body = multipart_body(&fields);
    statuses.push(send(&ann, Method::POST, NOTIFICATIONS, &multipart_kind(), body).await.status.as_u16());
    let path = notification_path(note(&ann, "unread").await);
    statuses.push(form(&ann, Method::PATCH, &path, &blank).await.status.as_u16());
    let body = multipart_body(&blank);
    statuses.push(send(&ann, Method::PATCH, &path, &multipart_kind(), body).await.status.as_u16());
    assert_eq!(statuses, [201, 201, 200, 200]);
    let (recipient, verb) = (&by_form.body["recipient"]["id"], &by_form.body["verb"]);
    assert_eq!((recipient, verb), (&json!(ann.id), &Value::Null));
    assert_eq!(ann.get(&path).await.expect(200)["read"], false);
    world.finish().await;
}

#[tokio::test]
async fn an_empty_body_of_any_kind_has_no_fields() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let path = notification_path(note(&ann, "Buy milk").await);
    let profile = ann.get(PROFILE).await.expect(200);
    let row = ann.get(&path).await.expect(200);
    let kinds = ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml", ""];
    for kind in kinds.into_iter().chain([multipart_kind().as_str()]) {
        for method in [Method::PUT, Method::PATCH] {
            let answer = send(&ann, method.clone(), PROFILE, kind, "").await;
            assert_eq!(answer.expect(200), profile, "{method} by {kind:?}");
        }
        assert_eq!(send(&ann, Method::PATCH, &path, kind, "").await.expect(200), row, "{kind:?}");
        let refused = send(&ann, Method::POST, REQUESTS, kind, "").await.expect(400);
        assert_eq!(refused, json!({"to_user_id": ["This field is required."]}), "{kind:?}");
        let refused = send(&ann, Method::POST, NOTIFICATIONS, kind, "").await.expect(400);
        assert_eq!(refused, json!({"message": ["This field is required."]}), "{kind:?}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_body_that_is_none_is_refused() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let (other, note) = (by_shared_paths(&world, "other").await, note(&ann, "Buy milk").await);
    let mut answers = Answers::default();
    for operation in taking(&other, note) {
        let about = format!("{} {}", operation.method, operation.path);
        for kind in ["text/plain", "application/xml", "application/jsonp"] {
            answers.add(&format!("{about} {kind}"), operation.send(&ann, kind, "{}").await);
        }
        for body in ["[]", "\"text\"", "true"] {
            answers.add(&format!("{about} {body}"), operation.send(&ann, "application/json", body).await);
        }
        // The parser's words are its own.
        for body in ["{", "{\"a\": }", "nonsense", "{} {}", "{\"a\": 1,}", "'a'", "\u{feff}"] {
            let answer = operation.send(&ann, "application/json", body).await.expect(400);
            let detail = answer["detail"].as_str().unwrap_or_default();
            assert!(detail.starts_with("JSON parse error - "), "{about} {body} {answer:#}");
        }
        let unbounded = operation.send(&ann, "multipart/form-data", multipart_body(&[("message", "Hi")])).await;
        let detail = unbounded.expect(400)["detail"].take();
        assert!(
            detail.as_str().is_some_and(|text| text.starts_with("Multipart form parse error - ")),
            "{about} {detail}"
        );
    }
    answers.add("nothing was done", ann.get(REQUESTS).await);
    assert_kept!("no_body", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_file_is_no_text() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let body = multipart_body(&[("full_name; filename=\"name.txt\"", "Ann"), ("address", "1 Main Street")]);
    let refused = send(&ann, Method::PATCH, PROFILE, &multipart_kind(), body).await.expect(400);
    assert_eq!(refused, json!({"full_name": ["Not a valid string."]}));
    world.finish().await;
}

#[tokio::test]
async fn a_decision_reads_no_body() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    for (place, kind, body) in
        [(0, "text/plain", "yes"), (1, "application/json", "nonsense"), (2, "", ""), (3, "application/json", "[]")]
    {
        let other = by_shared_paths(&world, &format!("other{place}")).await;
        for decision in ["reject", "accept"] {
            let request = super::ask(&other, &ann).await;
            let path = format!("{REQUESTS}{request}/{decision}/");
            send(&ann, Method::POST, &path, kind, body).await.expect(200);
        }
    }
    world.finish().await;
}
