//! What the tests of this API share: snapshots, and SQL.

use chrono::{DateTime, FixedOffset};
use insta::internals::Content;
use sea_orm::ConnectionTrait;
use serde_json::Value;
use shared::places::{NewCity, NewProvince};

pub(super) use crate::world::mails;
use crate::world::{Person, World};

const TIMES: [&str; 10] = [
    "created_at",
    "updated_at",
    "saved_at",
    "decided_at",
    "connected_at",
    "blocked_at",
    "read_at",
    "refreshed_at",
    "expires_at",
    "last_seen",
];
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "ticket"];

/// Snapshots without what differs between two runs.
pub(super) fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_sort_maps(true);
    settings.set_omit_expression(true);
    for field in TIMES {
        settings.add_dynamic_redaction(&format!(".**.{field}"), |value, _| time(value));
    }
    for field in TOKENS {
        settings.add_dynamic_redaction(&format!(".**.{field}"), |value, _| token(&value));
    }
    settings
}

fn time(value: Content) -> Content {
    let Some(text) = value.as_str() else { return value };
    let time: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(text).expect("RFC 3339");
    assert!(text.ends_with('Z') && time.offset().local_minus_utc() == 0, "{text} is in UTC");
    "[time]".into()
}

fn token(value: &Content) -> Content {
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

/// The one job of a name that waits in the outbox: its id and its payload.
pub(super) async fn waiting_job(world: &World, name: &str) -> (i64, String) {
    let database = &world.core().database;
    let query = database.engine().statement("SELECT id, payload FROM outbox WHERE name = $1", [name.into()]);
    let rows = database.writer().query_all_raw(query).await.expect("the query runs");
    let [row] = rows.as_slice() else { panic!("one {name} waits, not {}", rows.len()) };
    (row.try_get("", "id").expect("an id"), row.try_get("", "payload").expect("a payload"))
}

/// The ids of a list's items.
#[track_caller]
pub(super) fn ids(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_i64().expect("an id")).collect()
}

/// Somebody whose email, `NAME@example.org`, is confirmed.
pub(super) async fn confirmed(world: &World, name: &str) -> Person {
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register(name, &format!("{name}@example.org")).await.expect(201);
    execute(world, &format!("UPDATE accounts SET email_confirmed_at = created_at WHERE username = '{name}'")).await;
    nobody.sign_in(name).await
}

/// Somebody of the staff.
pub(super) async fn staff(world: &World, name: &str) -> Person {
    let person = world.person(name).await;
    execute(world, &format!("UPDATE accounts SET staff = TRUE WHERE id = {}", person.id)).await;
    // Another session: what is known of the first may be 30 s old.
    person.sign_in(name).await
}

/// What staff did, newest first, each without its number and time.
pub(super) async fn audited(staff: &Person, query: &str) -> Vec<Value> {
    let mut list = staff.get(&format!("/api/v1/admin/audit-log?limit=100{query}")).await.expect(200);
    let items = list["items"].as_array_mut().expect("items");
    for item in items.iter_mut() {
        let fields = item.as_object_mut().expect("fields");
        assert!(fields.remove("id").is_some_and(|id| id.is_i64()));
        assert!(fields.remove("created_at").is_some_and(|at| at.is_string()));
    }
    std::mem::take(items)
}

/// An entry of the audit log, as [`audited`] answers it.
#[expect(clippy::needless_pass_by_value, reason = "details are handed over as they are made")]
pub(super) fn entry(staff: &Person, action: &str, subject_id: i64, detail: Value) -> Value {
    let subject = action.split_once('.').expect("a subject").0;
    serde_json::json!({"staff_id": staff.id, "staff_name": staff.name, "action": action, "subject": subject,
        "subject_id": subject_id, "detail": detail})
}

/// Loads two provinces with two cities in each, numbered on.
pub(super) async fn load_places(world: &World) {
    let name = |word: &str, id: i64| (format!("{word} {id}"), Some(format!("{word} no. {id}")));
    let provinces = (1..=2).map(|id| {
        let (name_fa, name_en) = name("province", id);
        NewProvince { id, name_fa, name_en }
    });
    let cities = (1..=4).map(|id| {
        let (name_fa, name_en) = name("city", id);
        NewCity { id, province_id: (id + 1) / 2, name_fa, name_en }
    });
    world.core().places.load(provinces.collect(), cities.collect(), |_| {}).await.expect("they are loaded");
}

/// Waits until everything is sent that was asked for; answers how many mails there are.
pub(super) async fn sent(world: &World) -> usize {
    world.settle().await;
    mails(world).len()
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
            "me/addresses",
            "chats",
            "cases",
            "reports",
            "me/preferences",
            "suggestions",
            "me/listings",
            "me/reviews",
            "me/saved-listings",
        ] {
            all.push(person.get(&format!("/api/v1/{path}")).await.expect(200));
        }
    }
    Value::Array(all)
}

/// An operation of the OpenAPI document.
#[derive(Debug)]
pub(super) struct Operation {
    /// In capitals.
    pub(super) method: String,
    pub(super) path: String,
    /// What the document says of it.
    pub(super) about: Value,
}

impl Operation {
    /// Whether it asks for an access token.
    pub(super) fn needs_token(&self) -> bool {
        let ways = self.about["security"].as_array();
        ways.is_some_and(|ways| ways.iter().all(|way| way.get("access_token").is_some()))
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Every operation of the document.
pub(super) fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(api::v1::document()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths").clone();
    let operations = paths.into_iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods").clone();
        methods.into_iter().map(move |(method, about)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            about,
        })
    });
    operations.collect()
}
