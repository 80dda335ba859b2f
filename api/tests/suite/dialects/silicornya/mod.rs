//! Tests of `silicornya`.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod anonymous;
mod chat;
mod claims;
mod crossing;
mod doors;
mod ends;
mod keys;
mod openings;
mod registering;
mod session_end;
mod signing_in;
mod user;

use chrono::{DateTime, FixedOffset};
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::support::with_token;
use crate::world::{Answer, PASSWORD, Person, Socket, World};

const REGISTER: &str = "/registration/";
const LOGIN: &str = "/auth/login/";
const LOGOUT: &str = "/auth/logout/";
const USER: &str = "/auth/user/";
const CHATS: &str = "/chats/getChats/";

fn stranger(world: &World) -> Person {
    Person::stranger(world.apis[0].address)
}

/// What a registration as `NAME@example.org` needs, with `changes`.
fn registration(name: &str, changes: Value) -> Value {
    let email = format!("{name}@example.org");
    let mut body = json!({"username": name, "email": email, "password1": PASSWORD, "password2": PASSWORD});
    let Value::Object(changes) = changes else { panic!("fields, not {changes}") };
    body.as_object_mut().expect("fields").extend(changes);
    body
}

/// The key of a body that holds nothing else.
#[track_caller]
fn key(body: &Value) -> &str {
    let key = body["key"].as_str().unwrap_or_else(|| panic!("no key in {body:#}"));
    assert_eq!(body, &json!({"key": key}));
    assert!(key.len() == 40 && key.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')), "{key}");
    key
}

/// Somebody new who comes through this dialect as `NAME@example.org`, and shows the key.
async fn join(world: &World, name: &str) -> Person {
    let stranger = stranger(world);
    let registered = stranger.post(REGISTER, registration(name, json!({}))).await.expect(201);
    let person = with_token(&stranger, Some(key(&registered)));
    let me = person.get(USER).await.expect(200);
    Person { id: me["pk"].as_i64().expect("a pk"), name: name.to_owned(), ..person }
}

/// What is kept of a key.
fn hash_of(key: &str) -> String {
    shared::accounts::hex(Sha256::digest(key))
}

async fn login(person: &Person, body: Value) -> Answer {
    with_token(person, None).post(LOGIN, body).await
}

/// The same person with the key of another sign-in.
async fn again(person: &Person) -> Person {
    let body = login(person, json!({"username": person.name, "password": PASSWORD})).await.expect(200);
    with_token(person, Some(key(&body)))
}

/// A call with the key under `Token`.
async fn by_token(person: &Person, method: Method, path: &str) -> Answer {
    let token = person.token.as_deref().expect("signed in");
    let request = with_token(person, None).request(method, path).header("authorization", format!("Token {token}"));
    person.send(request).await
}

/// Opens a chat by the key in the header, as `NAME` and `NAME@example.org`; the status when the server refuses.
async fn chat(person: &Person, room: &str) -> Result<Socket, u16> {
    let path = format!("/connection/{room}/{name}/{name}@example.org/", name = person.name);
    let mut request = Socket::handshake(person.address, &path);
    let token = person.token.as_deref().expect("signed in");
    request.headers_mut().insert("authorization", format!("Token {token}").parse().expect("a header"));
    Socket::connect(request).await
}

/// Opens a chat as somebody who is not signed in.
async fn claim(world: &World, room: &str, name: &str, email: &str) -> Socket {
    let path = format!("/connection/{room}/{name}/{email}/");
    Socket::connect(Socket::handshake(world.apis[0].address, &path)).await.expect("the socket opens")
}

/// Says something and hears the answer.
async fn say(socket: &mut Socket, text: &str) -> Value {
    socket.send_raw(tokio_tungstenite::tungstenite::Message::text(text)).await;
    socket.next().await
}

/// A row without its time, which is checked: RFC 3339 in UTC, with microseconds and `Z`.
fn timeless(mut row: Value) -> Value {
    let text = row["created_at"].as_str().expect("a time").to_owned();
    let time: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(&text).expect("RFC 3339");
    assert!(time.offset().local_minus_utc() == 0 && text.len() == 27 && text.ends_with('Z'), "{text}");
    row["created_at"] = json!("[time]");
    row
}

/// The row of a message in room `1`, without its time.
fn row(id: i64, name: &str, email: &str, message: &str, verified: bool) -> Value {
    let said = format!(
        "{name}, you have sent this message: {message}. Thanks for contact us. \
         We will message you soon to your email: {email}"
    );
    json!({"id": id, "name": name, "email": email, "room": "1", "message": message, "serverMessage": said,
           "created_at": "[time]", "verified": verified})
}

/// How many rows a query counts.
async fn count(world: &World, from: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> i64 {
    let database = &world.core().database;
    let query = database.engine().statement(format!("SELECT count(*) FROM {from}"), values);
    let row = database.writer().query_one_raw(query).await.expect("the query runs").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// How many messages are kept.
async fn kept(world: &World) -> i64 {
    count(world, "contact_messages", []).await
}

/// Turns the clock.
fn later(world: &World, seconds: i64) {
    world.bed.clock.turn(chrono::TimeDelta::seconds(seconds));
}

/// The answer to a token that is none.
fn not_valid() -> Value {
    json!({"status": 401, "body": {"detail": "Given token not valid for any token type"}})
}
