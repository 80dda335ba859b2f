//! Jobs that failed for good, for an operator to see, retry or drop.

use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde_json::json;

use super::board::{JobFilter, MOST, Rest};
use crate::database::{Database, DatabaseError, Engine};
use crate::page::{Page, Span};
use crate::ports::clock::Timestamp;

/// A job that failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its number among the dead.
    pub id: i64,
    /// The queue that it waited in.
    pub queue: String,
    /// What it asked for.
    pub name: String,
    /// Version of the payload.
    pub version: i32,
    /// Its payload.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong at last.
    pub error: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it was given up.
    pub died_at: Timestamp,
}

const COLUMNS: &str = "id, queue, name, version, payload, attempts, error, created_at, died_at";

fn read(row: &QueryResult) -> Result<DeadJob, DbErr> {
    Ok(DeadJob {
        id: row.try_get("", "id")?,
        queue: row.try_get("", "queue")?,
        name: row.try_get("", "name")?,
        version: row.try_get("", "version")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
        error: row.try_get("", "error")?,
        asked_at: row.try_get("", "created_at")?,
        died_at: row.try_get("", "died_at")?,
    })
}

/// The dead jobs that a filter names, newest first.
pub(super) async fn page(database: &Database, filter: &JobFilter, span: Span) -> Result<Page<DeadJob>, DatabaseError> {
    let mut values = span.values().to_vec();
    let narrowed = filter.narrow(&mut values);
    let sql = format!("SELECT {COLUMNS} FROM dead_jobs WHERE id < $1{narrowed} ORDER BY id DESC LIMIT $2 OFFSET $3");
    let rows = database.reader().query_all_raw(database.engine().statement(sql, values)).await?;
    let jobs = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::of(jobs, span, |job: &DeadJob| job.id))
}

/// Takes a dead job out, if it is there. The deletion decides whose it is: of two who take it at once, one has it.
pub(super) async fn take_one(
    tx: &impl ConnectionTrait,
    engine: Engine,
    id: i64,
) -> Result<Vec<DeadJob>, DatabaseError> {
    let sql = format!("DELETE FROM dead_jobs WHERE id = $1 RETURNING {COLUMNS}");
    taken(&tx.query_all_raw(engine.statement(sql, [id.into()])).await?)
}

/// Takes a part of the dead jobs of a filter out, the oldest first. Those that another has locked are passed over.
pub(super) async fn take_part(
    tx: &impl ConnectionTrait,
    engine: Engine,
    filter: &JobFilter,
    part: Rest,
) -> Result<Vec<DeadJob>, DatabaseError> {
    let mut values = vec![part.after.into(), part.until.into(), MOST.into()];
    let narrowed = filter.narrow(&mut values);
    let lock = engine.postgres_only("FOR UPDATE SKIP LOCKED");
    let some = format!("SELECT id FROM dead_jobs WHERE id > $1 AND id <= $2{narrowed} ORDER BY id LIMIT $3 {lock}");
    let sql = format!("DELETE FROM dead_jobs WHERE id {} RETURNING {COLUMNS}", engine.any_of(&some));
    taken(&tx.query_all_raw(engine.statement(sql, values)).await?)
}

fn taken(rows: &[QueryResult]) -> Result<Vec<DeadJob>, DatabaseError> {
    let mut jobs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    jobs.sort_unstable_by_key(|job| job.id); // RETURNING has no order
    Ok(jobs)
}

/// Writes jobs that were [taken](take_part) into the outbox as if they were asked for `now`; answers their ids there.
pub(super) async fn bring_back(
    tx: &impl ConnectionTrait,
    engine: Engine,
    jobs: &[DeadJob],
    now: Timestamp,
) -> Result<Vec<i64>, DatabaseError> {
    let rows: Vec<_> = jobs
        .iter()
        .map(|DeadJob { queue, name, version, payload, .. }| {
            json!({"queue": queue, "name": name, "version": version, "payload": payload})
        })
        .collect();
    let columns = [("queue", "text"), ("name", "text"), ("version", "bigint"), ("payload", "text")];
    let sql = format!(
        "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until)
         SELECT queue, name, version, payload, $2, $2 FROM {} RETURNING id",
        engine.rows("$1", &columns)
    );
    let statement = engine.statement(sql, [serde_json::Value::Array(rows).to_string().into(), now.into()]);
    let rows = tx.query_all_raw(statement).await?;
    let mut ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<i64>, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}
