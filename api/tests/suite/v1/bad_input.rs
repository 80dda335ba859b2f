//! Bad input gets a clear 4xx that names the field (P9).

use reqwest::Method;
use serde_json::{Value, json};

use super::support::operations;
use super::sweep::{Complaints, Holds, JSON, send, taking, world};

/// The operations whose body is a file: `avatar` and `listing_pictures` try them.
const FILES: [&str; 2] = ["PUT /api/v1/me/avatar", "POST /api/v1/listings/{id}/pictures"];

#[test]
fn every_operation_with_a_body_is_tried() {
    for operation in operations().iter().filter(|operation| operation.about["requestBody"].is_object()) {
        let name = operation.name();
        let json = operation.about["requestBody"]["content"]["application/json"].is_object();
        assert_eq!(json, !FILES.contains(&name.as_str()), "{name}");
        let tried = taking().iter().any(|one| one.path == operation.path && one.method.as_str() == operation.method);
        assert_eq!(tried, json, "{name}");
    }
}

#[tokio::test]
async fn a_field_of_the_wrong_kind_is_named() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    let surrogates = [r#""\ud800""#, r#""a\udc00b""#, r#""\ud800\ud800""#, r#""\udc00\ud800""#];
    for operation in taking() {
        for (field, holds, _) in &operation.fields {
            let mut wrong = vec!["{}", "[[1]]", r#"{"a": 1}"#, "1.5", "1e999", "-1e999"];
            wrong.extend((*holds != Holds::List).then_some("[]"));
            wrong.extend((*holds != Holds::Flag).then_some("true"));
            wrong.extend(surrogates);
            match holds {
                Holds::Text { required } => {
                    wrong.extend(["5", "0", "-99999999999999999999999"]);
                    wrong.extend(required.then_some("null"));
                }
                Holds::Secret | Holds::Name => wrong.extend(["5", "null"]),
                Holds::List => wrong.extend(["5", r#""""#, r#""[]""#, "[5]", "[null]", "[true]"]),
                Holds::Id | Holds::OptionalId => wrong.extend([
                    r#""""#,
                    r#""x""#,
                    r#""1.5""#,
                    r#""1 2""#,
                    r#""99999999999999999999""#,
                    r#""\u0000""#,
                    "9223372036854775808",
                    "99999999999999999999",
                    "-9223372036854775809",
                ]),
                Holds::Flag => wrong.extend(["5", "0", r#""true""#, r#""""#]),
                Holds::Number | Holds::OptionalNumber => {
                    wrong.extend([r#""5""#, "9223372036854775808", "-9223372036854775809"]);
                }
            }
            wrong.extend(matches!(holds, Holds::Id | Holds::Number).then_some("null"));
            for value in wrong {
                let body = operation.with(field, value);
                let answer = send(&ann, &operation, JSON, body.clone()).await;
                complaints.names(&answer, field, &format!("{} {body}", operation.path));
            }
        }
    }
    complaints.assert_none();
    world.finish().await;
}

#[tokio::test]
async fn text_that_no_field_takes_is_named_and_a_secret_is_wrong() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    let long = "x".repeat(100_000);
    for operation in taking() {
        for (field, holds, _) in &operation.fields {
            for value in ["\u{0}", "a\u{0}b", "\u{1}", "\u{7f}a\u{9f}", long.as_str()] {
                let body = operation.with(field, &json!(value).to_string());
                let about = format!("{} {field} {:.20}", operation.path, value.escape_debug());
                match holds {
                    Holds::Number | Holds::OptionalNumber => {}
                    Holds::Name => drop(send(&ann, &operation, JSON, body).await.expect(202)),
                    // A password holds whatever its owner types.
                    Holds::Text { .. } if *field == "password" && value.len() < 100 => {}
                    Holds::Text { .. } | Holds::Id | Holds::OptionalId | Holds::Flag | Holds::List => {
                        complaints.names(&send(&ann, &operation, JSON, body).await, field, &about);
                    }
                    Holds::Secret => {
                        let answer = send(&ann, &operation, JSON, body).await;
                        if answer.status == 422 {
                            complaints.names(&answer, field, &about);
                        } else {
                            complaints.problem(&answer, &[401, 410], &about);
                        }
                    }
                }
            }
        }
    }
    complaints.assert_none();
    world.finish().await;
}

#[tokio::test]
async fn a_field_that_is_missing_unknown_or_twice_there_is_named() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    for operation in taking() {
        for (field, holds, fits) in &operation.fields {
            let required = match holds {
                Holds::Text { required } => *required,
                Holds::Secret | Holds::Name | Holds::Id | Holds::Number => true,
                Holds::OptionalId | Holds::OptionalNumber | Holds::List | Holds::Flag => false,
            };
            if required {
                let body = operation.without(field);
                let answer = send(&ann, &operation, JSON, body.to_string()).await;
                complaints.names(&answer, field, &format!("{} {body}", operation.path));
            }
            let twice = operation.with(field, &format!("{fits}, {field:?}: {fits}"));
            let answer = send(&ann, &operation, JSON, twice.clone()).await;
            complaints.names(&answer, field, &format!("{} {twice}", operation.path));
        }
        for unknown in ["nope", "Username", "to_user_id ", "", "id"] {
            let mut body = operation.without("");
            body[unknown] = json!(1);
            let answer = send(&ann, &operation, JSON, body.to_string()).await;
            complaints.names(&answer, unknown, &format!("{} {body}", operation.path));
        }
    }
    complaints.assert_none();
    world.finish().await;
}

/// One a line; the first is empty.
const NO_OBJECTS: &str = r#"
[]
[1]
[null]
[{}]
null
true
5
"text"
{
}
nonsense
{]
{"a"}
{"a": }
{,}
{'a': 1}
{} {}
{}x
{"\ud800": 1}
NaN"#;

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    for operation in taking() {
        let in_order: Value = operation.fields.iter().map(|(.., fits)| fits.clone()).collect();
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let deep_object = format!("{}1{}", r#"{"a":"#.repeat(5_000), "}".repeat(5_000));
        let in_order = in_order.to_string();
        for body in NO_OBJECTS.lines().chain([in_order.as_str(), deep.as_str(), deep_object.as_str()]) {
            let answer = send(&ann, &operation, JSON, body.to_owned()).await;
            let about = format!("{} {:.80}", operation.path, body);
            complaints.problem(&answer, &[400, 422], &about);
        }
        let not_utf8 = send(&ann, &operation, JSON, b"{\"a\": \"\xff\xfe\"}".to_vec()).await;
        complaints.problem(&not_utf8, &[400, 422], operation.path);
    }
    complaints.assert_none();
    world.finish().await;
}

#[tokio::test]
async fn a_body_of_another_type_or_too_long_is_refused() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    for operation in taking() {
        let body = operation.without("").to_string();
        let kinds =
            "text/plain application/x-www-form-urlencoded application/jsonp text/json application/json-seq json";
        for kind in kinds.split(' ').map(Some).chain([None, Some(""), Some("multipart/form-data; boundary=json")]) {
            let answer = send(&ann, &operation, kind, body.clone()).await;
            complaints.problem(&answer, &[415], operation.path);
        }
        let (field, ..) = operation.fields[0];
        let long = operation.with(field, &json!("x".repeat(1024 * 1024)).to_string());
        complaints.problem(&send(&ann, &operation, JSON, long).await, &[413], operation.path);
    }
    // What JSON is called besides.
    for kind in ["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"] {
        let request = ann.request(Method::PATCH, "/api/v1/me").header("content-type", kind).body("{}");
        ann.send(request).await.expect(200);
    }
    complaints.assert_none();
    world.finish().await;
}
