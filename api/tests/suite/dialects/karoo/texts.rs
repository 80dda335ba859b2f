//! What no field takes is answered with the field's name, and whatever comes, never with a 5xx.

use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::addresses::{create, path, shown};
use super::jobs::{self, JOBS, make, offer, own};
use super::{
    ADDRESSES, CITIES, INFO, LOGIN, LOGOUT, REFRESH, REGISTER, SEARCH, SEND, SPAM, WRITE, number, registration,
};
use crate::dialects::support::{by_karoo, load_places, multipart, send};
use crate::world::{Answer, PASSWORD, Person, World, mails};

const JSON: &str = "application/json";
const JOB_TEXTS: &[&str] =
    &["title", "province", "city", "description", "experiences", "approximation_cph", "initial_cost"];

/// An operation with a body: its texts, and a body that fits and changes nothing.
struct Operation {
    method: Method,
    path: String,
    texts: &'static [&'static str],
    fits: Value,
}

/// A world without limits, somebody who asks, and every operation that reads a body.
async fn world() -> (World, Person, Vec<Operation>) {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    load_places(&world).await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let address = create(&ann, "قم", "قم").await;
    let (job, of_bob) = (make(&ann, json!({})).await, make(&bob, json!({})).await);
    let said = json!({"title": "Good", "comment": "Very", "rating": 5, "job": of_bob});
    let comment = ann.post("/jobs/comment/create/", said.clone()).await.expect(201)["id"].clone();
    let operation = |method, path: &str, texts, fits| Operation { method, path: path.to_owned(), texts, fits };
    let login = json!({"email": "ann@example.org", "password": PASSWORD});
    let operations = vec![
        operation(Method::POST, REGISTER, &["email", "full_name", "password"], registration("new", json!({}))),
        operation(Method::POST, LOGIN, &["email", "password"], login),
        operation(Method::POST, REFRESH, &["refresh"], json!({"refresh": "nonsense"})),
        operation(Method::POST, LOGOUT, &["refresh_token"], json!({"refresh_token": "nonsense"})),
        operation(Method::PUT, INFO, &["full_name", "phone_number", "email"], json!({"full_name": "ann"})),
        operation(Method::POST, CITIES, &["province"], json!({"province": "قم"})),
        operation(Method::GET, SEARCH, &["email"], json!({"email": "ann@example.org"})),
        operation(Method::PUT, &path(&address), &["province", "city"], json!({"province": "قم", "city": "قم"})),
        operation(Method::POST, SPAM, &["message"], json!({"message": "Harsh", "job": 999})),
        operation(
            Method::POST,
            SEND,
            &["recipient_email", "content"],
            json!({"recipient_email": "nobody@example.org", "content": "Hello"}),
        ),
        operation(Method::POST, "/support/cases/999/chats/", &["title"], json!({"title": "Help"})),
        operation(Method::POST, WRITE, &["content"], json!({"content": "Hello", "chat": 999})),
        // Its errors are the document's: one line.
        operation(Method::POST, ADDRESSES, &[], json!({"province": "قم", "city": "fake"})),
        operation(Method::POST, JOBS, JOB_TEXTS, offer(json!({"city": "fake"}))),
        operation(Method::PUT, &own(&job), JOB_TEXTS, offer(json!({}))),
        operation(Method::POST, "/jobs/comment/create/", &["title", "comment"], said.clone()),
        operation(Method::PUT, &format!("/jobs/comment/edit/{comment}"), &["title", "comment"], said),
        operation(Method::POST, &format!("/jobs/timetable/{job}"), &[], json!({"timetable": []})),
    ];
    (world, ann, operations)
}

/// That nothing came of what was sent.
async fn assert_as_before(world: World, ann: &Person) {
    let info = json!({"avatar": null, "full_name": "ann", "phone_number": null, "email": "ann@example.org"});
    assert_eq!(ann.get(INFO).await.expect(200), info);
    let Value::Array(rows) = ann.get(ADDRESSES).await.expect(200) else { panic!("an array") };
    assert_eq!(rows, [shown(&rows[0]["id"], ann, "قم", "قم")]);
    let Value::Array(rows) = ann.get(JOBS).await.expect(200) else { panic!("an array") };
    assert_eq!(rows, [jobs::shown(&rows[0]["id"], "ann", json!({}))]);
    let of_bob = ann.get(&format!("/jobs/{}/", rows[0]["id"].as_i64().expect("an id") + 1)).await.expect(200);
    let said = &of_bob["comments"][0];
    assert_eq!([&said["title"], &said["comment"], &said["rating"]], [&json!("Good"), &json!("Very"), &json!(5)]);
    for (table, count) in [("accounts", 2), ("listings", 2), ("reviews", 1), ("skills", 16)] {
        assert_eq!(number(&world, &format!("SELECT count(*) FROM {table}"), []).await, count, "{table}");
    }
    world.settle().await;
    assert_eq!(mails(&world).len(), 2, "the registrations'");
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_text_is_named() {
    let (world, ann, operations) = world().await;
    let nul = json!(["Null characters are not allowed."]);
    let no_string = json!(["Not a valid string."]);
    for Operation { method, path, texts, fits } in &operations {
        for field in *texts {
            for (written, said) in [
                (r#""a\u0000b""#, &nul),
                (r#""\u0000""#, &nul),
                (r#""a\ud800""#, &json!(["Surrogate characters are not allowed: U+D800."])),
                (r#""\udc00\ud800""#, &json!(["Surrogate characters are not allowed: U+DC00."])),
                ("true", &no_string),
                ("[]", &no_string),
                (r#"{"a": "b"}"#, &no_string),
            ] {
                let mut body = fits.clone();
                body[*field] = json!("@@@");
                let body = body.to_string().replace("\"@@@\"", written);
                let answer = send(&ann, method.clone(), path, Some(JSON), body).await;
                let about = format!("{method} {path} {field} {written}: {} {:#}", answer.status, answer.body);
                assert_eq!(answer.expect(400), json!({*field: said}), "{about}");
            }
        }
    }
    assert_as_before(world, &ann).await;
}

/// That the answer says what is wrong in one of the document's ways.
#[track_caller]
fn assert_refused(answer: &Answer, about: &str) {
    let about = format!("{about}: {} {:#}", answer.status, answer.body);
    assert!((400..500).contains(&answer.status.as_u16()), "{about}");
    let said = match &answer.body {
        Value::Object(fields) => fields.values().all(|value| match value {
            Value::String(text) => !text.is_empty(),
            Value::Array(texts) => !texts.is_empty() && texts.iter().all(Value::is_string),
            _ => false,
        }),
        Value::Array(texts) => *texts == ["Not found!"],
        _ => false,
    };
    assert!(said, "{about}");
}

#[tokio::test]
async fn every_beginning_of_a_body_is_malformed() {
    let (world, ann, operations) = world().await;
    for Operation { method, path, fits, .. } in &operations {
        let body = fits.to_string().into_bytes();
        for end in 1..body.len() {
            let answer = send(&ann, method.clone(), path, Some(JSON), &body[..end]).await;
            let said = answer.expect(400)["detail"].as_str().unwrap_or_default().to_owned();
            assert!(said.starts_with("JSON parse error - "), "{method} {path} {end} {said}");
        }
    }
    assert_as_before(world, &ann).await;
}

/// A GET and a PUT may pass over what they do not know; nothing else is fine, and nothing is a 5xx.
#[tokio::test]
async fn garbage_is_never_the_server_s_fault() {
    let (world, ann, operations) = world().await;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let (kind, whole) = multipart(&[("email", "x"), ("password", "x"), ("province", "x"), ("full_name", "")]);
    let texts = [
        (JSON, deep.clone()),
        (JSON, format!(r#"{{"email": {deep}, "province": {deep}, "refresh": 1}}"#)),
        (JSON, format!(r#"{{"email": {}, "refresh_token": {}}}"#, "9".repeat(100_000), "9".repeat(100_000))),
        (JSON, format!(r#"{{"email": "{}"}}"#, r"\ud83d".repeat(10_000))),
        (JSON, r#"{"": 1, "\u0000": 3, "__proto__": {"staff": true}, "avatar": {}}"#.to_owned()),
        (JSON, r#"{"email": 1e400, "password": -0, "city": 1E-400, "avatar": 5}"#.to_owned()),
        (JSON, format!(r#"{{"skills": {deep}, "timetable": {deep}, "title": {deep}, "rating": {deep}}}"#)),
        (JSON, format!(r#"{{"SubCategory": {0}, "rating": -{0}, "job": {0}}}"#, "9".repeat(100_000))),
        (JSON, r#"{"skills": [1e400], "timetable": [{"day_of_week": "\ud800"}], "main_picture": {}}"#.to_owned()),
        (JSON, "\u{feff}{}".to_owned()),
        (
            "application/x-www-form-urlencoded",
            "skills=%5B&timetable=%5B%5B&rating=1e9&job=%00&main_picture=x".to_owned(),
        ),
        ("application/x-www-form-urlencoded", "%&=&%zz&email=%00&city=%ff&avatar=x&email[]=y&province=%00".to_owned()),
        (kind, "nonsense".to_owned()),
        (kind, "--kith".to_owned()),
        (kind, whole.replace("name=\"email\"", "name=\"email\"; filename=\"x\"")),
        (kind, whole.replace("name=\"province\"", "name=\"avatar\"; filename=\"x\"")),
        (kind, whole.replace("name=\"email\"", "name=\"avatar\"")),
        (kind, whole.replace("\r\n", "\n")),
        ("multipart/form-data", whole.clone()),
        ("multipart/form-data; boundary=", whole.clone()),
    ];
    let mut bodies: Vec<(&str, Vec<u8>)> = texts.into_iter().map(|(kind, text)| (kind, text.into_bytes())).collect();
    bodies.extend([JSON, "application/x-www-form-urlencoded", kind].map(|kind| (kind, (0..=255).collect())));
    bodies.push((JSON, b"{\"email\": \"\xf0\x28\x8c\x28\"}".to_vec()));
    bodies.extend((1..whole.len()).step_by(9).map(|end| (kind, whole.as_bytes()[..end].to_vec())));
    for Operation { method, path, .. } in &operations {
        for (kind, body) in &bodies {
            let answer = send(&ann, method.clone(), path, Some(kind), body.clone()).await;
            let about = format!("{method} {path} {kind} {:.100?}", String::from_utf8_lossy(body));
            if answer.status != 200 {
                assert_refused(&answer, &about);
            }
        }
    }
    assert_as_before(world, &ann).await;
}
