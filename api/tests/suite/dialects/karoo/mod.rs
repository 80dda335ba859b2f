//! Tests of `karoo`.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod activation;
mod address_changes;
mod addresses;
mod avatars;
mod cases;
mod catalogue;
mod comments;
mod described;
mod doors;
mod job_races;
mod job_statements;
mod job_texts;
mod jobs;
mod jobs_list;
mod jobs_refused;
mod jobs_seen;
mod late_links;
mod messages;
mod new_email;
mod new_email_links;
mod personal;
mod pictures;
mod places;
mod races;
mod registering;
mod search;
mod session_end;
mod signing_in;
mod skills;
mod spam_reports;
mod texts;
mod timetable;

use reqwest::Method;
use reqwest::header::HeaderMap;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::world::{Answer, PASSWORD, Person, Sent, World, mails};

const REGISTER: &str = "/users/register/";
const LOGIN: &str = "/users/login/";
const REFRESH: &str = "/users/login/refresh/";
const LOGOUT: &str = "/users/logout/";
const INFO: &str = "/users/settings/personal-info/";
const PROVINCES: &str = "/users/provinces/";
const CITIES: &str = "/users/cities/";
const ADDRESSES: &str = "/users/settings/address-list/";
const SEARCH: &str = "/users/search/";
const SPAM: &str = "/support/spam_report/";
const SEND: &str = "/support/send_message/";
const CASES: &str = "/support/cases/";
const WRITE: &str = "/support/cases/chat/create_message/";

/// Said of the right password of an account that is not active.
const NOT_ACTIVE: &str =
    "Your account is not active. Please check your email for the confirmation link.We sent new link for you.";
/// Said with an email that waits for its activation.
const AWAITING: &str = "Your new email address has been set, but it needs to be activated. \
     Please check your inbox for an activation email.";

fn stranger(world: &World) -> Person {
    Person::stranger(world.apis[0].address)
}

/// What a registration as `NAME@example.org` needs, with `changes`.
fn registration(name: &str, changes: Value) -> Value {
    let mut body = json!({"email": format!("{name}@example.org"), "full_name": "زهرا کیانی", "password": PASSWORD});
    let Value::Object(changes) = changes else { panic!("fields, not {changes}") };
    body.as_object_mut().expect("fields").extend(changes);
    body
}

/// Makes an account as `NAME@example.org`, which waits for its activation; answers its mail.
async fn register(world: &World, name: &str) -> Sent {
    let registered = stranger(world).post(REGISTER, registration(name, json!({}))).await.expect(201);
    assert_eq!(registered, json!({"message": "User registered successfully."}));
    newest_mail(world, &format!("{name}@example.org")).await
}

async fn login(person: &Person, email: &str, password: &str) -> Answer {
    person.post(LOGIN, json!({"email": email, "password": password})).await
}

/// The answer to the right password of an account that is not active.
fn not_active() -> Value {
    json!({"status": 401, "body": {"non_field_errors": [NOT_ACTIVE]}})
}

/// The answer to whatever is no email and its password.
fn wrong_credentials() -> Value {
    json!({"status": 401, "body": {"non_field_errors": ["Invalid credentials"]}})
}

/// The mails to somebody once every mail that was asked for is sent, oldest first.
async fn mails_to(world: &World, email: &str) -> Vec<Sent> {
    world.settle().await;
    mails(world).into_iter().filter(|mail| mail.to == email).collect()
}

async fn newest_mail(world: &World, email: &str) -> Sent {
    mails_to(world, email).await.pop().expect("a mail")
}

/// A page, as a browser gets it.
struct Page {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Page {
    /// The title, which says how things stand.
    fn heading(&self) -> &str {
        let (_, rest) = self.text.split_once("<h1>").expect("a heading");
        rest.split_once("</h1>").expect("its end").0
    }

    /// Where the one form of the page goes, if it has one.
    fn form(&self) -> Option<&str> {
        assert!(self.text.matches("<form").count() <= 1, "one form at most: {}", self.text);
        let (_, rest) = self.text.split_once("<form ")?;
        let tag = rest.split_once('>').expect("its end").0;
        assert!(tag.contains(r#"method="post""#), "{tag}");
        Some(tag.split_once(r#"action=""#).map_or("", |(_, rest)| rest.split_once('"').expect("a quote").0))
    }
}

/// Visits an address below the first API process, as a browser that is sent a form does.
async fn visit(world: &World, method: Method, path: &str) -> Page {
    let request = stranger(world).request(method.clone(), path);
    let request = if method == Method::POST {
        request.header("content-type", "application/x-www-form-urlencoded").body("")
    } else {
        request
    };
    let response = request.send().await.expect("a page");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Page { status, headers, text: response.text().await.expect("a text") }
}

/// Presses the button of a page that is at `path`.
async fn press(world: &World, path: &str, page: &Page) -> Page {
    let base: url::Url = format!("http://kith.example{path}").parse().expect("an address");
    let target = base.join(page.form().expect("a button")).expect("an address");
    visit(world, Method::POST, target.path()).await
}

/// Turns the clock.
fn later(world: &World, seconds: i64) {
    world.bed.clock.turn(chrono::TimeDelta::seconds(seconds));
}

/// The number that a query answers.
async fn number<const N: usize>(world: &World, sql: &str, values: [sea_orm::Value; N]) -> i64 {
    let database = &world.core().database;
    let query = database.engine().statement(sql, values);
    let row = database.writer().query_one_raw(query).await.expect("the query runs").expect("a row");
    row.try_get_by_index(0).expect("a number")
}
