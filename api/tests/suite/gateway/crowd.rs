//! People in numbers and inboxes full of notifications, made with SQL: registering each would take
//! a password hash.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::Core;
use shared::connections::{Decision, SendRequest};
use shared::jobs::payloads::RequestSent;
use shared::notifications::{AskedJob, InboxJob};

/// Makes `count` accounts that bear `full_name`; nobody can sign in as one of them.
pub(super) async fn crowd(core: &Core, count: usize, full_name: &str) -> Vec<i64> {
    let engine = core.database.engine();
    let now = core.writer.now();
    let rows: Vec<_> = (0..count).map(|n| json!({"name": format!("crowd-{n}")})).collect();
    let sql = format!(
        "INSERT INTO accounts (username, username_key, password_hash, full_name, search, active, created_at, updated_at)
         SELECT r.name, r.name, '-', $2, r.name, TRUE, $3, $4 FROM {} RETURNING id",
        engine.rows("$1", &[("name", "text")])
    );
    let values = [Value::Array(rows).to_string().into(), full_name.into(), now.into(), now.into()];
    let rows = core.database.writer().query_all_raw(engine.statement(sql, values)).await.expect("accounts");
    let mut ids: Vec<i64> = rows.iter().map(|row| row.try_get("", "id").expect("an id")).collect();
    ids.sort_unstable();
    let sql = format!("INSERT INTO inboxes (account_id) SELECT id FROM accounts WHERE id {}", engine.any("$1"));
    core.database.writer().execute_raw(engine.statement(sql, [engine.ids(&ids)])).await.expect("inboxes");
    ids
}

/// Puts `count` notifications of `actor` into an inbox, and tells nobody.
pub(super) async fn fill(core: &Core, account_id: i64, actor_id: i64, count: i64) {
    let engine = core.database.engine();
    let tx = core.database.begin().await.expect("a transaction");
    let rows: Vec<_> = (1..=count).map(|place| json!({"place": place})).collect();
    let sql = format!(
        "INSERT INTO notifications (account_id, version, created_version, kind, actor_id, created_at)
         SELECT i.account_id, i.version + r.place, i.version + r.place, 'requested', $3, $4
         FROM inboxes i CROSS JOIN {} WHERE i.account_id = $2 ORDER BY r.place",
        engine.rows("$1", &[("place", "bigint")])
    );
    let now = core.writer.now();
    let values = [Value::Array(rows).to_string().into(), account_id.into(), actor_id.into(), now.into()];
    tx.execute_raw(engine.statement(sql, values)).await.expect("notifications");
    let sql = "UPDATE inboxes SET version = version + $2, unread_notifications = unread_notifications + $3
               WHERE account_id = $1";
    let values = [account_id.into(), count.into(), count.into()];
    tx.execute_raw(engine.statement(sql, values)).await.expect("the inbox");
    tx.commit().await.expect("a commit");
}

/// One of the crowd asks somebody to connect; the way goes through the outbox. Answers the request.
pub(super) async fn ask(core: &Core, from_id: i64, to_id: i64) -> i64 {
    let send = SendRequest { to_id, ..SendRequest::default() };
    core.requests.send(from_id, send).await.expect("a request").request.id
}

/// One of the crowd takes its request back.
pub(super) async fn cancel(core: &Core, from_id: i64, request: i64) {
    core.decisions.decide(from_id, request, Decision::Cancel).await.expect("a cancelled request");
}

/// The requests of which nobody has been told, as a worker takes them from the outbox.
pub(super) async fn waiting(core: &Core) -> Vec<AskedJob> {
    let sql = "SELECT id, payload FROM outbox WHERE name = 'request_sent' ORDER BY id";
    let statement = core.database.engine().statement(sql, []);
    let rows = core.database.writer().query_all_raw(statement).await.expect("the outbox");
    let job = |row: &sea_orm::QueryResult| {
        let payload: String = row.try_get("", "payload").expect("a payload");
        let job: RequestSent = serde_json::from_str(&payload).expect("a request");
        AskedJob::from((row.try_get("", "id").expect("an id"), InboxJob::Sent(job)))
    };
    rows.iter().map(job).collect()
}
