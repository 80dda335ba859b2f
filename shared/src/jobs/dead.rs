//! Jobs that failed for good, for an operator to see, retry or drop.

use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde_json::json;

use super::Queue;
use super::board::{JobFilter, Which};
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

/// Statements over the dead jobs.
#[derive(Debug, Clone)]
pub struct DeadJobs {
    database: Database,
}

impl DeadJobs {
    /// Over `database`.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// The newest first, at most `limit`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, limit: u32) -> Result<Vec<DeadJob>, DatabaseError> {
        Ok(self.page(&JobFilter::default(), Span::newest(limit)).await?.items)
    }

    /// Those that a filter names, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn page(&self, filter: &JobFilter, span: Span) -> Result<Page<DeadJob>, DatabaseError> {
        let mut values = span.values().to_vec();
        let narrowed = filter.narrow(&mut values);
        let sql =
            format!("SELECT {COLUMNS} FROM dead_jobs WHERE id < $1{narrowed} ORDER BY id DESC LIMIT $2 OFFSET $3");
        let rows = self.database.reader().query_all_raw(self.database.engine().statement(sql, values)).await?;
        let jobs = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page::of(jobs, span, |job: &DeadJob| job.id))
    }

    /// Puts a dead job back into the outbox as if it were asked for `now`, to be tried anew; answers
    /// whether there was one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn retry(&self, id: i64, now: Timestamp) -> Result<bool, DatabaseError> {
        let tx = self.database.begin().await?;
        let taken = take(&tx, self.database.engine(), &Which::One(id)).await?;
        bring_back(&tx, self.database.engine(), &taken, now).await?;
        tx.commit().await?;
        Ok(!taken.is_empty())
    }

    /// Forgets a dead job; answers whether there was one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn drop_job(&self, id: i64) -> Result<bool, DatabaseError> {
        Ok(!take(self.database.writer(), self.database.engine(), &Which::One(id)).await?.is_empty())
    }

    /// How many there are in `queue`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count(&self, queue: Queue) -> Result<i64, DatabaseError> {
        let statement = self
            .database
            .engine()
            .statement("SELECT count(*) AS jobs FROM dead_jobs WHERE queue = $1", [queue.as_str().into()]);
        let row = self.database.reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "jobs")).transpose()?.unwrap_or(0))
    }
}

/// Takes dead jobs out, oldest first, and answers them. The deletion decides whose each is: of two who take one at
/// once, one has it.
pub(super) async fn take(
    tx: &impl ConnectionTrait,
    engine: Engine,
    which: &Which,
) -> Result<Vec<DeadJob>, DatabaseError> {
    let statement = match which {
        Which::One(id) => {
            engine.statement(format!("DELETE FROM dead_jobs WHERE id = $1 RETURNING {COLUMNS}"), [(*id).into()])
        }
        Which::All(filter) => {
            let mut values = vec![Which::MOST.into()];
            let narrowed = filter.narrow(&mut values);
            let lock = engine.postgres_only("FOR UPDATE SKIP LOCKED");
            let some = format!("SELECT id FROM dead_jobs WHERE TRUE{narrowed} ORDER BY id LIMIT $1 {lock}");
            let sql = format!("DELETE FROM dead_jobs WHERE id {} RETURNING {COLUMNS}", engine.any_of(&some));
            engine.statement(sql, values)
        }
    };
    let rows = tx.query_all_raw(statement).await?;
    let mut jobs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    jobs.sort_unstable_by_key(|job| job.id); // RETURNING has no order
    Ok(jobs)
}

/// Writes jobs that were [taken](take) into the outbox as if they were asked for `now`; answers their ids there.
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
