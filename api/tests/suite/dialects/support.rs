//! What the dialects' tests share: people who come through a dialect, snapshots, forms, sockets.

use chrono::{DateTime, FixedOffset};
use insta::internals::Content;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::places::{NewCity, NewProvince};

use crate::world::{Answer, PASSWORD, Person, Socket, World, mails};

const TIMES: [&str; 4] = ["created_at", "responded_at", "connected_at", "date_joined"];
const TOKENS: [&str; 3] = ["access", "refresh", "token"];

/// Snapshots without what differs between two runs. Times are checked: RFC 3339 in UTC, with
/// microseconds and `Z`.
pub(super) fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_sort_maps(true);
    settings.set_omit_expression(true);
    for field in TIMES {
        settings.add_dynamic_redaction(&format!(".**.{field}"), |value, _| time(value));
    }
    for field in TOKENS {
        settings.add_dynamic_redaction(&format!(".{field}"), |value, _| token(value));
    }
    settings
}

fn time(value: Content) -> Content {
    let Some(text) = value.as_str() else { return value };
    let time: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(text).expect("RFC 3339");
    let digits = text.rsplit_once('.').expect("a fraction").1;
    assert!(time.offset().local_minus_utc() == 0 && digits.len() == 7 && digits.ends_with('Z'), "{text}");
    "[time]".into()
}

/// A JWT; what is no text (a list of messages about the field) stays.
fn token(value: Content) -> Content {
    let Some(text) = value.as_str() else { return value };
    assert_eq!(text.split('.').count(), 3, "{text}");
    "[token]".into()
}

/// Somebody new who registers and signs in through `connectin`, with an email `NAME@example.org`.
pub(super) async fn by_connectin(world: &World, name: &str) -> Person {
    let stranger = Person::stranger(world.apis[0].address);
    let body = json!({"username": name, "email": format!("{name}@example.org"), "password": PASSWORD});
    let row = stranger.post("/api/user/register/", body).await.expect(201);
    let id = row["id"].as_i64().expect("an id");
    connectin_again(&Person { id, name: name.to_owned(), ..stranger }).await
}

/// The same person with one more session of `connectin`.
pub(super) async fn connectin_again(person: &Person) -> Person {
    let body = json!({"username": person.name, "password": PASSWORD});
    let session = with_token(person, None).post("/api/user/login/", body).await.expect(200);
    signed_in(person.clone(), &person.name, &json!(person.id), &session["access"], &session["refresh"])
}

/// Somebody new who registers and signs in through the shared paths, and shows the sliding token.
pub(super) async fn by_shared_paths(world: &World, name: &str) -> Person {
    let stranger = Person::stranger(world.apis[0].address);
    let body = json!({"username": name, "password": PASSWORD});
    let account = stranger.post("/api/register/", body.clone()).await.expect(201);
    let session = stranger.post("/api/login/", body).await.expect(200);
    signed_in(stranger, name, &account["id"], &session["token"], &session["refresh"])
}

fn signed_in(stranger: Person, name: &str, id: &Value, token: &Value, refresh: &Value) -> Person {
    let text = |value: &Value| value.as_str().expect("a token").to_owned();
    Person {
        id: id.as_i64().expect("an id"),
        name: name.to_owned(),
        token: Some(text(token)),
        refresh_token: text(refresh),
        ..stranger
    }
}

/// The same person, signed in to the shared paths too: a session whose token slides.
pub(crate) async fn also_by_shared_paths(person: &Person) -> Person {
    let body = json!({"username": person.name, "password": PASSWORD});
    let session = with_token(person, None).post("/api/login/", body).await.expect(200);
    signed_in(person.clone(), &person.name, &json!(person.id), &session["token"], &session["refresh"])
}

/// Somebody who shows another token, or none.
pub(super) fn with_token(person: &Person, token: Option<&str>) -> Person {
    Person { token: token.map(str::to_owned), ..person.clone() }
}

/// A request with a form for a body.
pub(super) async fn form(person: &Person, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = person.request(method, path).header("content-type", "application/x-www-form-urlencoded");
    person.send(request.body(body)).await
}

/// A PUT with a JSON body.
pub(super) async fn put(person: &Person, path: &str, body: Value) -> Answer {
    person.call(Method::PUT, path, body).await
}

/// Opens a dialect's socket with one's token in the query; the status when the server refuses.
pub(crate) async fn socket(person: &Person, path: &str) -> Result<Socket, u16> {
    let token = person.token.as_deref().expect("signed in");
    Socket::connect(Socket::handshake(person.address, &format!("{path}?token={token}"))).await
}

/// Makes somebody staff, and waits out what processes remember of their session.
pub(crate) async fn make_staff(world: &World, person: &Person) {
    let database = &world.core().database;
    let sql = "UPDATE accounts SET staff = TRUE WHERE id = $1";
    database.writer().execute_raw(database.engine().statement(sql, [person.id.into()])).await.expect("an update");
    world.bed.clock.turn(chrono::TimeDelta::seconds(31));
}

/// What an answer is, whole: its status and its body.
#[expect(clippy::needless_pass_by_value, reason = "answers are handed over as they come")]
pub(super) fn whole(answer: Answer) -> Value {
    json!({"status": answer.status.as_u16(), "body": answer.body})
}

/// Sends a body of a type, or of none that is named.
pub(super) async fn send(
    person: &Person,
    method: Method,
    path: &str,
    kind: Option<&str>,
    body: impl Into<Vec<u8>>,
) -> Answer {
    let request = person.request(method, path).body(body.into());
    person.send(if let Some(kind) = kind { request.header("content-type", kind) } else { request }).await
}

/// A multipart form, and its type.
pub(super) fn multipart(fields: &[(&str, &str)]) -> (&'static str, String) {
    let part = |(name, value): &(&str, &str)| {
        format!("--kith\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    ("multipart/form-data; boundary=kith", format!("{}--kith--\r\n", fields.iter().map(part).collect::<String>()))
}

/// Runs a statement.
pub(super) async fn execute(world: &World, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) {
    let database = &world.core().database;
    database.writer().execute_raw(database.engine().statement(sql, values)).await.expect("the statement runs");
}

/// How many accounts there are.
pub(super) async fn accounts(world: &World) -> i64 {
    let database = &world.core().database;
    let query = database.engine().statement("SELECT count(*) FROM accounts", []);
    let row = database.writer().query_one_raw(query).await.expect("the query runs").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// Somebody new who registers through `karoo` as `NAME@example.org`, activates the account and signs in.
pub(super) async fn by_karoo(world: &World, name: &str) -> Person {
    let stranger = Person::stranger(world.apis[0].address);
    let email = format!("{name}@example.org");
    let body = json!({"email": email, "full_name": name, "password": PASSWORD});
    stranger.post("/users/register/", body).await.expect(201);
    world.settle().await;
    let mails = mails(world);
    let mail = mails.iter().rev().find(|mail| mail.to == email).expect("an activation mail");
    assert_eq!(stranger.act(&format!("/activate/{}", mail.token())).await.status, 200, "{name} is activated");
    let session = stranger.post("/users/login/", json!({"email": email, "password": PASSWORD})).await.expect(200);
    let me = with_token(&stranger, session["access"].as_str()).get("/api/v1/me").await.expect(200);
    signed_in(stranger, name, &me["id"], &session["access"], &session["refresh"])
}

/// Loads the provinces and cities that ship with Kith.
pub(crate) async fn load_places(world: &World) {
    let read = |name: &str| -> Vec<Vec<String>> {
        let file = format!("{}/../migration/data/iran/{name}.csv", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(file).expect("the file is there");
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    };
    let number = |text: &str| text.parse().expect("a number");
    let name = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let provinces = read("provinces").into_iter().map(|row| NewProvince {
        id: number(&row[0]),
        name_fa: row[1].clone(),
        name_en: name(&row[2]),
    });
    let cities = read("cities").into_iter().map(|row| NewCity {
        id: number(&row[0]),
        province_id: number(&row[1]),
        name_fa: row[2].clone(),
        name_en: name(&row[3]),
    });
    world.core().places.load(provinces.collect(), cities.collect(), |_| {}).await.expect("the places are loaded");
}
