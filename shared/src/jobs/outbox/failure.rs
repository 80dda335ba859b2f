//! What becomes of a job that was not done.

use sea_orm::{ConnectionTrait, Value};

use super::Outbox;
use crate::database::DatabaseError;
use crate::ports::clock::Timestamp;

/// Why a job was not done.
#[derive(Debug, Clone)]
pub enum Failure {
    /// Worth another try at the given time.
    Retry {
        /// When.
        at: Timestamp,
        /// What went wrong.
        error: String,
    },
    /// Not due before a given time after all. It is late from then on.
    Early {
        /// When.
        at: Timestamp,
    },
    /// Not this process's to do, or not now: put back without counting an attempt. It goes on being late.
    PutBack {
        /// When it may be claimed again.
        at: Timestamp,
    },
    /// For good: to `dead_jobs`.
    Dead {
        /// What went wrong.
        error: String,
    },
}

/// That the row `$1` is the caller's to change at `$3`: held by them (`$2`), or, for a caller who holds
/// nothing, by nobody whose hold still stands.
const MINE: &str = "id = $1 AND (holder = $2 OR ($2 IS NULL AND (holder IS NULL OR lease_until <= $3)))";

/// What [`MINE`] is asked with.
fn mine(id: i64, holder: Option<&str>, now: Timestamp) -> [Value; 3] {
    [id.into(), holder.map(str::to_owned).into(), now.into()]
}

/// The tries that a failure adds: a held row counted its own when it was taken.
fn uncounted(holder: Option<&str>) -> Value {
    i32::from(holder.is_none()).into()
}

/// The longest error text that is kept, in characters.
const LONGEST_ERROR: usize = 2_000;

fn clipped(error: &str) -> String {
    // PostgreSQL takes no NUL.
    error.chars().filter(|c| *c != '\0').take(LONGEST_ERROR).collect()
}

impl Outbox {
    /// Moves a held row to `dead_jobs` because of `error`, within the caller's transaction; answers
    /// whether `holder` still had it. If not, nothing was moved.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn bury_held(
        &self,
        tx: &impl ConnectionTrait,
        id: i64,
        holder: &str,
        error: &str,
        now: Timestamp,
    ) -> Result<bool, DatabaseError> {
        self.bury(tx, id, Some(holder), error, now).await
    }

    /// Records that a job failed; answers whether it was there, and the caller's. A held row is touched only by its
    /// holder.
    ///
    /// # Errors
    /// The database refuses; the lease then passes by itself and the job is tried again.
    pub async fn fail(
        &self,
        id: i64,
        holder: Option<&str>,
        failure: &Failure,
        now: Timestamp,
    ) -> Result<bool, DatabaseError> {
        let engine = self.engine();
        let mine = mine(id, holder, now);
        match failure {
            Failure::Retry { at, error } => {
                let sql = format!(
                    "UPDATE outbox SET lease_until = $4, due_at = $4, last_error = $5, holder = NULL,
                         attempts = attempts + $6
                     WHERE {MINE}"
                );
                let change = [(*at).into(), clipped(error).into(), uncounted(holder)];
                let statement = engine.statement(sql, mine.into_iter().chain(change));
                Ok(self.database.writer().execute_raw(statement).await?.rows_affected() == 1)
            }
            Failure::Early { at } | Failure::PutBack { at } => {
                let due = if matches!(failure, Failure::Early { .. }) { ", due_at = $4" } else { "" };
                let sql = format!("UPDATE outbox SET lease_until = $4{due}, holder = NULL WHERE {MINE}");
                let statement = engine.statement(sql, mine.into_iter().chain([(*at).into()]));
                Ok(self.database.writer().execute_raw(statement).await?.rows_affected() == 1)
            }
            Failure::Dead { error } => {
                let tx = self.database.begin().await?;
                let buried = self.bury(&tx, id, holder, error, now).await?;
                tx.commit().await?;
                Ok(buried)
            }
        }
    }

    async fn bury(
        &self,
        tx: &impl ConnectionTrait,
        id: i64,
        holder: Option<&str>,
        error: &str,
        now: Timestamp,
    ) -> Result<bool, DatabaseError> {
        let engine = self.engine();
        // The deletion decides whose it is: what it does not answer is not copied.
        let sql = format!(
            "DELETE FROM outbox WHERE {MINE} RETURNING queue, name, version, payload, attempts + $4 AS tries, created_at"
        );
        let statement = engine.statement(sql, mine(id, holder, now).into_iter().chain([uncounted(holder)]));
        let Some(row) = tx.query_one_raw(statement).await? else { return Ok(false) };
        let statement = engine.statement(
            "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [
                id.into(),
                row.try_get::<String>("", "queue")?.into(),
                row.try_get::<String>("", "name")?.into(),
                row.try_get::<i32>("", "version")?.into(),
                row.try_get::<String>("", "payload")?.into(),
                row.try_get::<i64>("", "tries")?.into(),
                clipped(error).into(),
                row.try_get::<Timestamp>("", "created_at")?.into(),
                now.into(),
            ],
        );
        tx.execute_raw(statement).await?;
        Ok(true)
    }
}
