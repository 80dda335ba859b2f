//! What the tests of this API share: snapshots, SQL, and the mails that were sent.

use chrono::{DateTime, FixedOffset};
use insta::internals::{Content, ContentPath};
use mail_parser::MessageParser;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::world::{Person, World};

const TIMES: [&str; 7] =
    ["created_at", "decided_at", "connected_at", "blocked_at", "read_at", "refreshed_at", "expires_at"];
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "ticket"];

/// Snapshots without what differs between two runs.
pub(super) fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_sort_maps(true);
    settings.set_omit_expression(true);
    for field in TIMES {
        settings.add_dynamic_redaction(&format!(".**.{field}"), time);
    }
    for field in TOKENS {
        settings.add_dynamic_redaction(&format!(".**.{field}"), token);
    }
    settings
}

fn time(value: Content, _path: ContentPath<'_>) -> Content {
    let Some(text) = value.as_str() else { return value };
    let time: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(text).expect("RFC 3339");
    assert!(text.ends_with('Z') && time.offset().local_minus_utc() == 0, "{text} is in UTC");
    "[time]".into()
}

fn token(value: Content, _path: ContentPath<'_>) -> Content {
    let text = value.as_str().expect("a token is text");
    assert!(text.len() >= 43 && text.is_ascii(), "{text}");
    "[token]".into()
}

/// Runs a statement.
pub(super) async fn execute(world: &World, sql: &str) {
    let database = &world.core().database;
    database.writer().execute_raw(database.engine().statement(sql, [])).await.expect("the statement runs");
}

/// The number that a query answers.
pub(super) async fn number(world: &World, sql: &str) -> i64 {
    let database = &world.core().database;
    let row = database.writer().query_one_raw(database.engine().statement(sql, [])).await.expect("the query runs");
    row.expect("a row").try_get_by_index(0).expect("a number")
}

/// The ids of a list's items.
#[track_caller]
pub(super) fn ids(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_i64().expect("an id")).collect()
}

/// A mail that was sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) to: String,
    /// The path of the link in it.
    pub(super) path: String,
}

impl Sent {
    /// The token of the link.
    pub(super) fn token(&self) -> &str {
        self.path.strip_prefix("/activate/").expect("an activation link")
    }
}

/// The mails sent so far, oldest first.
pub(super) fn mails(world: &World) -> Vec<Sent> {
    let folder = world.bed.folder().join("mail");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).expect("a mail"))).collect()
}

fn read(bytes: &[u8]) -> Sent {
    let message = MessageParser::default().parse(bytes).expect("a message");
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).expect("a recipient").to_owned();
    let text = message.body_text(0).expect("a text part");
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    Sent { to, path: url::Url::parse(link.trim()).expect("an address").path().to_owned() }
}

/// Makes an account with an email.
pub(super) async fn register(stranger: &Person, name: &str, email: &str) -> Value {
    let body = json!({"username": name, "email": email, "password": crate::world::PASSWORD});
    stranger.post("/api/v1/accounts", body).await.expect(201)
}

/// What people who look at their lists see, to compare before and after.
pub(super) async fn seen(people: &[&Person]) -> Value {
    let mut all = Vec::new();
    for person in people {
        for path in [
            "connection-requests",
            "connection-requests?direction=outgoing",
            "connections",
            "blocks",
            "notifications",
            "sessions",
        ] {
            all.push(person.get(&format!("/api/v1/{path}")).await.expect(200));
        }
    }
    Value::Array(all)
}
