//! Jobs that failed for good, for an operator to see, retry or drop.

use sea_orm::ConnectionTrait;

use super::Queue;
use crate::database::{Database, DatabaseError};
use crate::ports::clock::Timestamp;

/// A job that failed for good.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeadJob {
    /// Its number among the dead.
    pub id: i64,
    /// The queue that it waited in.
    pub queue: String,
    /// What it asked for.
    pub name: String,
    /// Its payload.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong at last.
    pub error: String,
    /// When it was given up.
    pub died_at: Timestamp,
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
        let statement = self.database.engine().statement(
            "SELECT id, queue, name, payload, attempts, error, died_at FROM dead_jobs ORDER BY id DESC LIMIT $1",
            [i64::from(limit).into()],
        );
        let rows = self.database.reader().query_all_raw(statement).await?;
        rows.iter()
            .map(|row| {
                Ok(DeadJob {
                    id: row.try_get("", "id")?,
                    queue: row.try_get("", "queue")?,
                    name: row.try_get("", "name")?,
                    payload: row.try_get("", "payload")?,
                    attempts: row.try_get("", "attempts")?,
                    error: row.try_get("", "error")?,
                    died_at: row.try_get("", "died_at")?,
                })
            })
            .collect()
    }

    /// Puts a dead job back into the outbox as if it were asked for `now`, to be tried anew; answers
    /// whether there was one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn retry(&self, id: i64, now: Timestamp) -> Result<bool, DatabaseError> {
        let engine = self.database.engine();
        let tx = self.database.begin().await?;
        let put = engine.statement(
            "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until)
             SELECT queue, name, version, payload, $1, $1 FROM dead_jobs WHERE id = $2",
            [now.into(), id.into()],
        );
        let found = tx.execute_raw(put).await?.rows_affected() == 1;
        tx.execute_raw(engine.statement("DELETE FROM dead_jobs WHERE id = $1", [id.into()])).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Forgets a dead job; answers whether there was one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn drop_job(&self, id: i64) -> Result<bool, DatabaseError> {
        let statement = self.database.engine().statement("DELETE FROM dead_jobs WHERE id = $1", [id.into()]);
        Ok(self.database.writer().execute_raw(statement).await?.rows_affected() == 1)
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
