//! Bodies: JSON, forms and multipart forms say the same; what is none of them is refused.

use reqwest::Method;
use serde_json::{Value, json};

use super::{LOGIN, PROFILE, REFRESH, REGISTER, accounts, multipart, registration, send, stranger};
use crate::dialects::support::{by_connectin, form, put, snapshots, whole};
use crate::world::{Answer, PASSWORD, World};

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn json_forms_and_multipart_forms_say_the_same() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let fields = |name| [("username", name), ("password", PASSWORD), ("full_name", "Ænn & co = 100%"), ("contact", "")];
    let object = |name| Value::Object(fields(name).iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect());
    let (kind, parts) = multipart(&fields("cat"));
    let answers = [
        nobody.post(REGISTER, object("ann")).await,
        form(&nobody, Method::POST, REGISTER, &fields("bob")).await,
        send(&nobody, Method::POST, REGISTER, Some(kind), parts).await,
        send(&nobody, Method::POST, REGISTER, Some("Application/JSON; charset=utf-8"), object("dan").to_string()).await,
    ];
    for answer in answers {
        let account = answer.expect(201)["user"].clone();
        assert_eq!((&account["full_name"], &account["contact"]), (&json!("Ænn & co = 100%"), &Value::Null));
    }
    let (kind, parts) = multipart(&[("username", "ann"), ("password", "a guess of mine")]);
    let refused = [
        nobody.post(LOGIN, json!({"username": "ann", "password": "a guess of mine"})).await,
        form(&nobody, Method::POST, LOGIN, &[("username", "ann"), ("password", "a guess of mine")]).await,
        send(&nobody, Method::POST, LOGIN, Some(kind), parts).await,
    ];
    let refused = refused.map(whole);
    assert_eq!(
        refused[0],
        json!({"status": 400, "body": {"non_field_errors": ["Unable to log in with provided credentials."]}})
    );
    assert!(refused.iter().all(|answer| *answer == refused[0]), "{refused:#?}");
    world.finish().await;
}

#[tokio::test]
async fn forms_reach_every_operation_with_a_body() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_connectin(&world, "bob").await);
    let post = async |path: &str, fields: &[(&str, &str)]| form(&ann, Method::POST, path, fields).await;
    let id = bob.id.to_string();
    let request = post("/api/connection/send/", &[("to_user_id", &id)]).await.expect(201)["id"].to_string();
    let cancel = [("connection_id", request.as_str()), ("do", "cancel")];
    post("/api/connection/decide/", &cancel).await.expect(200);
    post("/api/connection_requests/", &[("to_user_id", &id), ("message", "Hi & bye")]).await.expect(201);
    let note = post("/api/notification/create/", &[("body", "one")]).await.expect(201)["id"].to_string();
    post("/api/notifications/", &[("message", "two"), ("verb", "")]).await.expect(201);
    let path = format!("/api/notification/{note}/");
    assert_eq!(form(&ann, Method::PUT, &path, &[("body", "three")]).await.expect(200)["body"], "three");
    let (kind, parts) = multipart(&[("read", "true")]);
    let path = format!("/api/notifications/{note}/");
    assert_eq!(send(&ann, Method::PATCH, &path, Some(kind), parts).await.expect(200)["read"], true);
    let (kind, parts) = multipart(&[("full_name", "Ann Lee")]);
    assert_eq!(send(&ann, Method::PUT, PROFILE, Some(kind), parts).await.expect(200)["full_name"], "Ann Lee");
    post(REFRESH, &[("refresh", &ann.refresh_token)]).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn an_empty_body_of_any_type_has_no_fields() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let kinds = [
        None,
        Some(""),
        JSON,
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=kith"),
        Some("multipart/form-data"),
        Some("text/plain; charset=utf-8"),
        Some("image/png"),
    ];
    for kind in kinds {
        let answer = send(&ann, Method::POST, LOGIN, kind, "").await;
        let required = ["This field is required."];
        assert_eq!(
            whole(answer),
            json!({"status": 400, "body": {"username": required, "password": required}}),
            "{kind:?}"
        );
        send(&ann, Method::PATCH, PROFILE, kind, "").await.expect(200);
        // Where a body is not needed, its type is nobody's business.
        send(&ann, Method::POST, "/api/notifications/mark-all-read/", kind, "").await.expect(200);
        send(&ann, Method::POST, "/api/connection_requests/999/accept/", kind, "").await.expect(404);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let body = registration("bob", json!({})).to_string();
    let mut answers = Vec::new();
    let kinds =
        ["text/plain", "application/xml", "text/json", "application/jsonp", "application/merge-patch+json", "json"];
    for kind in kinds.map(Some).into_iter().chain([None]) {
        let refused = whole(send(&ann, Method::POST, REGISTER, kind, body.as_str()).await);
        for (method, path) in [
            (Method::PATCH, PROFILE),
            (Method::POST, LOGIN),
            (Method::POST, "/api/connection/send/"),
            (Method::POST, "/api/notifications/"),
        ] {
            assert_eq!(whole(send(&ann, method, path, kind, body.as_str()).await), refused, "{path}");
        }
        answers.push(refused);
    }
    snapshots().bind(|| insta::assert_json_snapshot!("another_type", answers));
    assert_eq!(accounts(&world).await, 1);
    world.finish().await;
}

#[track_caller]
fn assert_malformed(answer: &Answer, about: &str) {
    assert_eq!(answer.status, 400, "{about}: {:#}", answer.body);
    let said = answer.body["detail"].as_str().is_some_and(|text| text.starts_with("JSON parse error - "));
    assert!(said && answer.body.as_object().map(serde_json::Map::len) == Some(1), "{about}: {:#}", answer.body);
}

#[tokio::test]
async fn malformed_json_is_told() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let bodies = r#"{
{"a"}
{"a": }
{"a": 1,}
{'a': 1}
nonsense
{"username": "ann"} {}
{"username": "ann"}x
{"username": NaN}
{"username": 01}
"text
[1,
[nonsense]
5x
null null"#;
    for body in bodies.lines() {
        for (method, path) in [(Method::POST, LOGIN), (Method::PATCH, PROFILE), (Method::POST, "/api/notifications/")] {
            assert_malformed(&send(&ann, method, path, JSON, body).await, &format!("{path} {body}"));
        }
    }
    for bytes in [&b"{\"username\": \"\xff\xfe\"}"[..], b"\xff", b"{\"\xc0\xaf\": 1}", b"{\"a\": 1}\xff"] {
        assert_malformed(&send(&ann, Method::POST, LOGIN, JSON, bytes).await, &format!("{bytes:?}"));
    }
    world.finish().await;
}

#[tokio::test]
async fn json_that_is_no_object_is_told() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let mut answers = Vec::new();
    for body in ["[]", r#"[{"username": "ann"}]"#, r#""text""#, "5", "-1.5", "true", "null"] {
        let mut answer = whole(send(&nobody, Method::POST, LOGIN, JSON, body).await);
        answer["of"] = json!(body);
        answers.push(answer);
    }
    snapshots().bind(|| insta::assert_json_snapshot!("no_object", answers));
    world.finish().await;
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused_whatever_its_type() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let long = "x".repeat(1024 * 1024);
    let (kind, parts) = multipart(&[("full_name", &long)]);
    let answers = [
        whole(ann.patch(PROFILE, json!({"full_name": long})).await),
        whole(form(&ann, Method::PATCH, PROFILE, &[("full_name", &long)]).await),
        whole(send(&ann, Method::PATCH, PROFILE, Some(kind), parts).await),
    ];
    for answer in answers {
        assert_eq!(answer, json!({"status": 413, "body": {"detail": "The body must have at most 1 MiB."}}));
    }
    // What is just below is read, and its field is too long.
    let long = "x".repeat(1024 * 1024 - 200);
    let (kind, parts) = multipart(&[("full_name", &long)]);
    let too_long = json!({"full_name": ["Ensure this field has no more than 150 characters."]});
    assert_eq!(put(&ann, PROFILE, json!({"full_name": long})).await.expect(400), too_long);
    assert_eq!(send(&ann, Method::PUT, PROFILE, Some(kind), parts).await.expect(400), too_long);
    world.finish().await;
}

#[tokio::test]
async fn of_a_key_that_is_there_twice_the_last_counts() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let body = r#"{"full_name": "One", "full_name": true, "full_name": "Two"}"#;
    assert_eq!(send(&ann, Method::PATCH, PROFILE, JSON, body).await.expect(200)["full_name"], "Two");
    let twice = form(&ann, Method::PATCH, PROFILE, &[("full_name", "Three"), ("full_name", "Four")]).await;
    assert_eq!(twice.expect(200)["full_name"], "Four");
    let (kind, parts) = multipart(&[("full_name", "Five"), ("full_name", "Six")]);
    assert_eq!(send(&ann, Method::PATCH, PROFILE, Some(kind), parts).await.expect(200)["full_name"], "Six");
    world.finish().await;
}
