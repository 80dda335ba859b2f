//! Tests of `connectin`.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

/// Holds a value against its snapshot: the same on both sizes, but for times and tokens.
macro_rules! assert_whole {
    ($name:expr, $value:expr) => {{
        let value = $value;
        $crate::dialects::support::snapshots().bind(|| insta::assert_json_snapshot!($name, value));
    }};
}

mod accounts;
mod bad_bodies;
mod bad_fields;
mod connections;
mod decisions;
mod doors;
mod notifications;
mod passwords;
mod privacy;
mod repair;
mod search;
mod sockets;
mod telling;

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{by_connectin, socket};
use crate::world::{Answer, Person, Socket, World};

/// Three people who come through this dialect: ann, bob and cat, the accounts 1, 2 and 3.
async fn three(world: &World) -> [Person; 3] {
    [by_connectin(world, "ann").await, by_connectin(world, "bob").await, by_connectin(world, "cat").await]
}

/// Asks somebody to connect.
async fn send(from: &Person, to: &Person) -> Answer {
    from.post("/api/connection/send/", json!({"to_user_id": to.id})).await
}

/// The same; answers the request's id.
#[track_caller]
fn ask(from: &Person, to: &Person) -> impl Future<Output = i64> {
    let caller = std::panic::Location::caller();
    async move {
        let answer = send(from, to).await;
        assert_eq!(answer.status, 201, "at {caller}: {:#}", answer.body);
        answer.body["id"].as_i64().expect("an id")
    }
}

/// Accepts, rejects or cancels a request.
async fn decide(person: &Person, request: i64, word: &str) -> Answer {
    person.post("/api/connection/decide/", json!({"connection_id": request, "do": word})).await
}

/// Connects two people; answers the request's id.
async fn connect(from: &Person, to: &Person) -> i64 {
    let request = ask(from, to).await;
    decide(to, request, "accept").await.expect(200);
    request
}

/// A list, which is an array.
async fn rows(person: &Person, path: &str) -> Vec<Value> {
    match person.get(path).await.expect(200) {
        Value::Array(rows) => rows,
        other => panic!("{path} is no array: {other:#}"),
    }
}

/// What is in one column of a list.
async fn column(person: &Person, path: &str, name: &str) -> Value {
    rows(person, path).await.iter().map(|row| row[name].clone()).collect()
}

/// The id of one's newest notification.
async fn newest(person: &Person) -> i64 {
    rows(person, "/api/notification/").await[0]["id"].as_i64().expect("an id")
}

/// Everything that people see of themselves and of each other, to compare before and after.
async fn seen(people: &[&Person]) -> Value {
    let mut all = Vec::new();
    for person in people {
        for list in ["connection/accepted", "connection/requests", "connection/sent-requests", "notification"] {
            all.push(person.get(&format!("/api/{list}/")).await.expect(200));
        }
    }
    Value::Array(all)
}

/// Opens this dialect's socket.
async fn notifs(person: &Person) -> Socket {
    socket(person, "/ws/notifs/").await.expect("the socket opens")
}

/// The frame of this dialect's socket with a message.
fn notif(message: &str) -> Value {
    json!({"type": "notif", "message": message})
}

/// A request whose body says that it is JSON, for what no JSON library writes.
async fn raw(person: &Person, method: Method, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = person.request(method, path).header("content-type", "application/json");
    person.send(request.body(body)).await
}

/// A request with a multipart form for a body.
async fn multipart(person: &Person, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        write!(body, "--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").expect("a string");
    }
    body.push_str("--edge--\r\n");
    let request = person.request(method, path).header("content-type", "multipart/form-data; boundary=edge");
    person.send(request.body(body)).await
}
