//! The manners that the dialects share, and the paths that more than one of them names.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod bodies;
mod browsers;
mod garbage;
mod lists;
mod passwords;
mod refusals;
mod registering;
mod session_end;
mod signing_in;
mod sliding;
mod suspended;
mod texts;
mod throttles;
mod tokens;

use serde_json::{Value, json};

use super::support::{accounts, execute, multipart, send, whole};
use crate::world::{PASSWORD, Person, World};

const REGISTER: &str = "/api/register/";
const LOGIN: &str = "/api/login/";
const REFRESH: &str = "/api/token/refresh/";
const PROFILE: &str = "/api/profile/";

/// The operations of the two dialects that take a token, by path.
const SIGNED: [(&str, &[&str]); 21] = [
    ("/api/user/search/", &["GET"]),
    ("/api/connection/send/", &["POST"]),
    ("/api/connection/decide/", &["POST"]),
    ("/api/connection/accepted/", &["GET"]),
    ("/api/connection/requests/", &["GET"]),
    ("/api/connection/sent-requests/", &["GET"]),
    ("/api/notification/", &["GET"]),
    ("/api/notification/create/", &["POST"]),
    ("/api/notification/1/", &["PUT", "DELETE"]),
    ("/api/profile/", &["GET", "PUT", "PATCH"]),
    ("/api/search_users/", &["GET"]),
    ("/api/connection_requests/", &["GET", "POST"]),
    ("/api/connection_requests/1/", &["GET"]),
    ("/api/connection_requests/1/accept/", &["POST"]),
    ("/api/connection_requests/1/reject/", &["POST"]),
    ("/api/connections/", &["GET"]),
    ("/api/connections/1/", &["DELETE"]),
    ("/api/notifications/", &["GET", "POST"]),
    ("/api/notifications/1/", &["GET", "PATCH", "DELETE"]),
    ("/api/notifications/mark-all-read/", &["POST"]),
    ("/api/notifications/1/mark-read/", &["POST"]),
];

/// Those that take none.
const OPEN: [&str; 5] = [REGISTER, LOGIN, REFRESH, "/api/user/register/", "/api/user/login/"];

fn stranger(world: &World) -> Person {
    Person::stranger(world.apis[0].address)
}

/// Posts each body; each answer, whole, with what was asked.
async fn answers<'a>(person: &Person, path: &str, bodies: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let mut answers = Vec::new();
    for (about, body) in bodies {
        let mut answer = whole(person.post(path, body).await);
        answer["of"] = json!(about);
        answers.push(answer);
    }
    Value::Array(answers)
}

/// What a registration needs, with `changes`.
fn registration(name: &str, changes: Value) -> Value {
    let mut body = json!({"username": name, "password": PASSWORD});
    let Value::Object(changes) = changes else { panic!("fields, not {changes}") };
    body.as_object_mut().expect("fields").extend(changes);
    body
}

/// Signs in by the shared path.
async fn sign_in(person: &Person, name: &str) -> Value {
    person.post(LOGIN, json!({"username": name, "password": PASSWORD})).await.expect(200)
}

/// A token of a body.
#[track_caller]
fn token<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_else(|| panic!("no {name} in {body:#}"))
}
