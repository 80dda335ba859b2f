//! Tests of `connections_notifications`.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

/// Holds what was answered against its snapshot: the same on both sizes, but for times.
macro_rules! assert_kept {
    ($name:expr, $answers:expr) => {{
        let answers = serde_json::Value::from($answers);
        $crate::dialects::support::snapshots().bind(|| insta::assert_json_snapshot!($name, answers));
    }};
}

mod bad_fields;
mod bodies;
mod connections;
mod decisions;
mod doors;
mod ends;
mod frames;
mod limits;
mod marks;
mod missed;
mod notifications;
mod others;
mod profile;
mod requests;
mod search;
mod socket;
mod taken;
mod unreadable;

use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::config::Config;

use super::support::{by_shared_paths, whole, with_token};
use crate::world::{Answer, PASSWORD, Person, Socket, World};

const PROFILE: &str = "/api/profile/";
const SEARCH: &str = "/api/search_users/";
const REQUESTS: &str = "/api/connection_requests/";
const CONNECTIONS: &str = "/api/connections/";
const NOTIFICATIONS: &str = "/api/notifications/";
const SOCKET: &str = "/ws/notifications/";

/// Answers, each under what was asked.
#[derive(Default)]
struct Answers(Vec<Value>);

impl Answers {
    fn add(&mut self, about: &str, answer: Answer) {
        let mut row = whole(answer);
        row["about"] = json!(about);
        self.0.push(row);
    }
}

impl From<Answers> for Value {
    fn from(answers: Answers) -> Self {
        Self::Array(answers.0)
    }
}

/// An operation that takes fields, each with a value that fits.
struct Taking {
    method: Method,
    path: String,
    fields: Vec<(&'static str, Value)>,
}

impl Taking {
    /// Sends the fields with `field` as the JSON text `value`.
    async fn with(&self, person: &Person, field: &str, value: &str) -> Answer {
        let others = self.fields.iter().filter(|(name, _)| *name != field);
        let mut parts: Vec<String> = others.map(|(name, fits)| format!("{name:?}: {fits}")).collect();
        parts.push(format!("{field:?}: {value}"));
        self.send(person, "application/json", format!("{{{}}}", parts.join(", "))).await
    }

    async fn send(&self, person: &Person, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = person.request(self.method.clone(), &self.path).header("content-type", kind);
        person.send(request.body(body)).await
    }
}

/// Every operation that takes fields; `other` is asked, `note` is a notification of the caller's.
fn taking(other: &Person, note: i64) -> Vec<Taking> {
    let profile = vec![
        ("username", json!("ann")),
        ("email", json!("ann@example.org")),
        ("full_name", json!("Ann Lee")),
        ("contact", json!("+15550100")),
        ("company_name", json!("Kith")),
        ("industry", json!("Networks")),
        ("address", json!("1 Main Street")),
    ];
    let request = vec![("to_user_id", json!(other.id)), ("message", json!("Hello"))];
    let notification = vec![("message", json!("Buy milk")), ("verb", json!("accepted"))];
    vec![
        Taking { method: Method::PUT, path: PROFILE.to_owned(), fields: profile.clone() },
        Taking { method: Method::PATCH, path: PROFILE.to_owned(), fields: profile },
        Taking { method: Method::POST, path: REQUESTS.to_owned(), fields: request },
        Taking { method: Method::POST, path: NOTIFICATIONS.to_owned(), fields: notification },
        Taking { method: Method::PATCH, path: notification_path(note), fields: vec![("read", json!(true))] },
    ]
}

fn request_path(id: i64) -> String {
    format!("{REQUESTS}{id}/")
}

fn notification_path(id: i64) -> String {
    format!("{NOTIFICATIONS}{id}/")
}

/// The id of what was answered.
#[track_caller]
fn id(row: &Value) -> i64 {
    row["id"].as_i64().expect("an id")
}

/// The ids of a list.
#[track_caller]
fn ids(list: &Value) -> Vec<i64> {
    list.as_array().expect("a list").iter().map(id).collect()
}

/// Somebody new with a profile.
async fn known(world: &World, name: &str, profile: Value) -> Person {
    let person = by_shared_paths(world, name).await;
    person.patch(PROFILE, profile).await.expect(200);
    person
}

/// Asks somebody to connect; answers the request's id.
async fn ask(from: &Person, to: &Person) -> i64 {
    id(&from.post(REQUESTS, json!({"to_user_id": to.id})).await.expect(201))
}

async fn decide(person: &Person, request: i64, decision: &str) -> Answer {
    person.act(&format!("{REQUESTS}{request}/{decision}/")).await
}

/// Writes to oneself; answers the notification's id.
async fn note(person: &Person, message: &str) -> i64 {
    id(&person.post(NOTIFICATIONS, json!({"message": message})).await.expect(201))
}

/// One session of somebody, by each of its ways in.
struct Login {
    sliding: Person,
    /// What v1 takes, too.
    access: Person,
    /// `NAME=VALUE`
    cookie: String,
}

/// Signs in once more, as another device does.
async fn login(person: &Person) -> Login {
    let body = json!({"username": person.name, "password": PASSWORD});
    let answer = with_token(person, None).post("/api/login/", body).await;
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    let session = answer.expect(200);
    Login {
        sliding: with_token(person, session["token"].as_str()),
        access: with_token(person, session["access"].as_str()),
        cookie: cookie.split(';').next().expect("a pair").to_owned(),
    }
}

/// Opens the socket with headers; the status when the server refuses.
async fn open(person: &Person, headers: &[(&'static str, &str)]) -> Result<Socket, u16> {
    let mut request = Socket::handshake(person.address, SOCKET);
    for (name, value) in headers {
        request.headers_mut().append(*name, value.parse().expect("a header"));
    }
    Socket::connect(request).await
}

/// That a socket is open, and nothing was sent that was not read.
#[track_caller]
fn expect_quiet(socket: &mut Socket) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    async move {
        socket.send(json!({"type": "ping"})).await;
        let frame = socket.next().await;
        assert_eq!(frame, json!({"type": "pong"}), "at {caller}: {frame:#}");
    }
}

/// Without the sweep, so that what a socket is told came by the way that a test is about.
fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

/// Puts notifications of as many requests (of high numbers, which no other has) into an inbox, and tells
/// nobody.
async fn fill(world: &World, to: &Person, actor: &Person, count: usize) {
    let core = world.core();
    let engine = core.database.engine();
    let tx = core.database.begin().await.expect("a transaction");
    let places: Vec<Value> = (1..=count).map(|place| json!({"place": place})).collect();
    let sql = format!(
        "INSERT INTO notifications (account_id, version, created_version, kind, actor_id, request_id, created_at)
         SELECT i.account_id, i.version + r.place, i.version + r.place, 'requested', $3, 1000000 + r.place, $4
         FROM inboxes i CROSS JOIN {} WHERE i.account_id = $2 ORDER BY r.place",
        engine.rows("$1", &[("place", "bigint")])
    );
    let places = Value::Array(places).to_string();
    let values = [places.into(), to.id.into(), actor.id.into(), core.writer.now().into()];
    tx.execute_raw(engine.statement(sql, values)).await.expect("notifications");
    let sql = "UPDATE inboxes SET version = version + $2, unread_notifications = unread_notifications + $3
               WHERE account_id = $1";
    let count = i64::try_from(count).expect("few");
    tx.execute_raw(engine.statement(sql, [to.id.into(), count.into(), count.into()])).await.expect("the inbox");
    tx.commit().await.expect("a commit");
}
