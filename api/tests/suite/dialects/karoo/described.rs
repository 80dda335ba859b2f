//! Answers are what the OpenAPI document says of them. Every answer of every test is held against it; here it is
//! seen that what differs by one field would not pass.

use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{JOBS, LIST, make, offer, own};
use super::{ADDRESSES, CASES, CITIES, INFO, LOGIN, PROVINCES, REGISTER, SPAM, registration, stranger};
use crate::dialects::support::send;
use crate::world::{Person, complaint};

const JSON: &str = "application/json";

/// Complains unless the answer to a request fits its description, and nothing does that has one field more or less,
/// at the top or in what `within` points to.
async fn fits(person: &Person, method: &Method, path: &str, body: Value, status: u16, within: &str) -> Value {
    let sent = match body {
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    let answer = send(person, method.clone(), path, Some(JSON), sent).await.expect(status);
    let told = |body: &Value| complaint(method.as_str(), path, status, JSON, &body.to_string());
    assert_eq!(told(&answer), None, "{method} {path}");
    let fields = answer.pointer(within).and_then(Value::as_object).expect("fields");
    assert!(!fields.is_empty(), "{method} {path} {answer:#}");
    let other = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut other = answer.clone();
        change(other.pointer_mut(within).and_then(Value::as_object_mut).expect("fields"));
        other
    };
    for name in fields.keys() {
        let less = other(&|fields| drop(fields.remove(name)));
        assert!(told(&less).is_some(), "{method} {path} without {name}");
        let none = other(&|fields| drop(fields.insert(name.clone(), json!([[0]]))));
        assert!(told(&none).is_some(), "{method} {path} with something else for {name}");
    }
    let more = other(&|fields| drop(fields.insert("undescribed".to_owned(), json!({}))));
    assert!(told(&more).is_some(), "{method} {path} with more");
    assert!(complaint(method.as_str(), path, 418, JSON, &answer.to_string()).is_some(), "{method} {path} with 418");
    answer
}

#[tokio::test]
async fn answers_are_described_field_by_field() {
    let (world, ann, bob) = world().await;
    let nobody = stranger(&world);
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    fits(&nobody, &post, REGISTER, registration("cat", json!({})), 201, "").await;
    fits(&ann, &get, INFO, Value::Null, 200, "").await;
    fits(&ann, &put, INFO, json!({"full_name": "Ann"}), 200, "").await;
    fits(&nobody, &get, PROVINCES, Value::Null, 200, "/0").await;
    fits(&nobody, &get, CITIES, Value::Null, 200, "/0").await;
    let place = json!({"province": "تهران", "city": "تهران"});
    fits(&ann, &post, ADDRESSES, place, 201, "").await;
    fits(&ann, &get, ADDRESSES, Value::Null, 200, "/0").await;

    let told = json!({"skills": [{"title": "Plumbing"}], "description": "Day and night"});
    let job = fits(&ann, &post, JOBS, offer(told), 201, "").await["id"].clone();
    let day = json!({"day_of_week": "friday", "time_slots": [{"start_time": "11:00", "end_time": "12:00"}]});
    let timetable = format!("/jobs/timetable/{job}");
    fits(&ann, &post, &timetable, json!({"timetable": [day]}), 200, "").await;
    let comment = json!({"job": job, "title": "Good", "comment": "Dry again", "rating": 5});
    fits(&bob, &post, "/jobs/comment/create/", comment.clone(), 201, "").await;
    fits(&nobody, &get, LIST, Value::Null, 200, "/0").await;
    let public = format!("/jobs/{job}/");
    for within in ["", "/comments/0", "/skills/0", "/timetable/0", "/timetable/0/time_slots/0"] {
        fits(&nobody, &get, &public, Value::Null, 200, within).await;
    }
    fits(&ann, &get, JOBS, Value::Null, 200, "/0").await;

    fits(&bob, &post, SPAM, json!({"job": job, "message": "No plumber"}), 200, "").await;
    fits(&ann, &get, CASES, Value::Null, 200, "/0").await;
    let chats = format!("{CASES}1/chats/");
    fits(&ann, &post, &chats, json!({"title": "Help"}), 201, "").await;
    fits(&ann, &get, &chats, Value::Null, 200, "/0").await;
    world.finish().await;
}

#[tokio::test]
async fn errors_are_described_too() {
    let (world, ann, bob) = world().await;
    let nobody = stranger(&world);
    let job = make(&ann, json!({})).await;
    let (get, post) = (Method::GET, Method::POST);
    let wrong = json!({"email": "ann@example.org", "password": "wrong"});
    fits(&nobody, &post, LOGIN, wrong, 401, "").await;
    fits(&nobody, &get, INFO, Value::Null, 401, "").await;
    fits(&bob, &get, &own(&job), Value::Null, 403, "").await;
    fits(&nobody, &get, "/jobs/999/", Value::Null, 404, "").await;
    fits(&nobody, &post, CITIES, json!({"province": "Nowhere"}), 404, "").await;
    fits(&bob, &post, &format!("/jobs/timetable/{job}"), json!({"timetable": []}), 403, "").await;

    // Where a status has errors of more than one shape, each of them passes and nothing else does.
    let create = "/jobs/comment/create/";
    let told = |status: u16, body: Value| complaint("POST", create, status, JSON, &body.to_string());
    for body in [json!({"error": "x"}), json!({"title": ["x"], "job": ["y"]}), json!({"detail": "x"})] {
        assert_eq!(told(400, body.clone()), None, "{body}");
    }
    for body in [json!({"error": ["x"], "detail": 1}), json!({"title": "x"}), json!(["x"]), json!("x"), json!(null)] {
        assert!(told(400, body.clone()).is_some(), "{body}");
    }
    let gone = ann.get("/users/settings/address-edit/999/").await.expect(404);
    assert_eq!(gone, json!(["Not found!"]));
    world.finish().await;
}
