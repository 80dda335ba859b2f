//! The outbox: jobs written in the transaction of the change that asks for them. It is the queue
//! of record; what is in Redis is a copy of a part of it.

mod backlog;
mod failure;
mod job;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;

pub use self::backlog::Backlog;
pub use self::failure::Failure;
pub use self::job::{BornJob, NewJob};
use super::{Origin, Queue};
use crate::database::{Database, DatabaseError, Engine};
use crate::ports::clock::Timestamp;

/// A row that its holder alone works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How often it has been tried, this time counted.
    pub attempts: i64,
    /// When the job was asked for.
    pub created_at: Timestamp,
}

/// How far the clocks of two processes are apart, mostly: a job that one hands out as due is not early for the other.
const APART: TimeDelta = TimeDelta::seconds(1);

/// Statements over the outbox.
#[derive(Debug, Clone)]
pub struct Outbox {
    database: Database,
}

impl Outbox {
    /// Over `database`.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    fn engine(&self) -> Engine {
        self.database.engine()
    }

    /// Writes a job within the caller's transaction; nobody else claims it before `lease_until`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn write(
        &self,
        tx: &impl ConnectionTrait,
        job: &NewJob,
        origin: &Origin,
        lease_until: Timestamp,
    ) -> Result<i64, DatabaseError> {
        self.insert(tx, job, origin, lease_until, None).await
    }

    /// Writes a job within the caller's transaction that nobody claims before `at`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn write_for(
        &self,
        tx: &impl ConnectionTrait,
        job: &NewJob,
        origin: &Origin,
        at: Timestamp,
    ) -> Result<i64, DatabaseError> {
        self.insert(tx, job, origin, at, Some(at)).await
    }

    async fn insert(
        &self,
        tx: &impl ConnectionTrait,
        job: &NewJob,
        origin: &Origin,
        lease_until: Timestamp,
        due_at: Option<Timestamp>,
    ) -> Result<i64, DatabaseError> {
        let statement = self.engine().statement(
            "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until, traceparent, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            [
                job.queue.as_str().into(),
                job.name.into(),
                job.version.into(),
                job.payload.clone().into(),
                origin.asked_at.into(),
                lease_until.into(),
                origin.traceparent.clone().into(),
                due_at.into(),
            ],
        );
        let row = tx.query_one_raw(statement).await?;
        let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotInserted)?;
        Ok(row.try_get("", "id")?)
    }

    /// Claims up to `limit` jobs whose lease has passed, oldest first, for a push; each counts one
    /// push more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn claim(
        &self,
        queue: Queue,
        now: Timestamp,
        lease: TimeDelta,
        limit: u64,
    ) -> Result<Vec<BornJob>, DatabaseError> {
        // A row's backoff may lie before an older row's; the oldest lease goes first.
        let due = format!(
            "SELECT id FROM outbox WHERE queue = $2 AND lease_until <= $3 ORDER BY lease_until, id LIMIT $4 {}",
            self.engine().postgres_only("FOR UPDATE SKIP LOCKED")
        );
        let sql = format!(
            // Whoever held a row whose lease has passed holds it no longer.
            "UPDATE outbox SET lease_until = $1, pushes = pushes + 1, holder = NULL WHERE id {}
             RETURNING id, queue, name, version, payload, pushes, created_at, traceparent",
            self.engine().any_of(&due)
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let statement =
            self.engine().statement(sql, [(now + lease).into(), queue.as_str().into(), now.into(), limit.into()]);
        let rows = self.database.writer().query_all_raw(statement).await?;
        let mut jobs = rows.iter().map(BornJob::from_row).collect::<Result<Vec<_>, _>>()?;
        jobs.sort_unstable_by_key(|job| job.id); // RETURNING has no order
        Ok(jobs)
    }

    /// Gives leases up: anybody may claim the rows from `now` on. One that has failed meanwhile keeps its backoff.
    ///
    /// # Errors
    /// The database refuses; the leases then pass by themselves.
    pub async fn unlease(&self, ids: &[i64], now: Timestamp) -> Result<(), DatabaseError> {
        if ids.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE outbox SET lease_until = $1
             WHERE id {} AND holder IS NULL AND (due_at IS NULL OR due_at <= $1)",
            self.engine().any("$2")
        );
        let statement = self.engine().statement(sql, [now.into(), self.engine().ids(ids)]);
        self.database.writer().execute_raw(statement).await?;
        Ok(())
    }

    /// Gives up every lease and hold: for the one process that owns the database, when it starts, since no other
    /// lives that could have them. What is not due keeps its time.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn release_all(&self, now: Timestamp) -> Result<(), DatabaseError> {
        let statement = self.engine().statement(
            "UPDATE outbox SET lease_until = $1, holder = NULL
             WHERE lease_until > $1 AND (due_at IS NULL OR due_at <= $1)",
            [now.into()],
        );
        self.database.writer().execute_raw(statement).await?;
        Ok(())
    }

    /// Takes the rows of `ids` out of the outbox within the caller's transaction, and answers which
    /// were there: the others are done already, or in another worker's hands.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn take(&self, tx: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<i64>, DatabaseError> {
        let engine = self.engine();
        let free = format!(
            "SELECT id FROM outbox WHERE id {} ORDER BY id {}",
            engine.any("$1"),
            engine.postgres_only("FOR UPDATE SKIP LOCKED"),
        );
        let sql = format!("DELETE FROM outbox WHERE id {} RETURNING id", engine.any_of(&free));
        let rows = tx.query_all_raw(engine.statement(sql, [engine.ids(ids)])).await?;
        Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
    }

    /// Takes the row for work that must not run twice at once: `holder` has it until `until`.
    /// `None` when it is done, held, or, for a copy that the queue brings late, not due again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn hold(
        &self,
        id: i64,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Held>, DatabaseError> {
        let statement = self.engine().statement(
            "UPDATE outbox SET holder = $1, lease_until = $2, attempts = attempts + 1
             WHERE id = $3 AND (holder IS NULL OR lease_until <= $4) AND (due_at IS NULL OR due_at <= $5)
             RETURNING attempts, created_at",
            [holder.into(), until.into(), id.into(), now.into(), (now + APART).into()],
        );
        let Some(row) = self.database.writer().query_one_raw(statement).await? else { return Ok(None) };
        Ok(Some(Held { attempts: row.try_get("", "attempts")?, created_at: row.try_get("", "created_at")? }))
    }

    /// Takes a held row out, within the caller's transaction; answers whether `holder` still had it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn finish_held(&self, tx: &impl ConnectionTrait, id: i64, holder: &str) -> Result<bool, DatabaseError> {
        let statement =
            self.engine().statement("DELETE FROM outbox WHERE id = $1 AND holder = $2", [id.into(), holder.into()]);
        Ok(tx.execute_raw(statement).await?.rows_affected() == 1)
    }

    /// How often a job has been tried, or `None` when it is done.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn attempts(&self, id: i64) -> Result<Option<i64>, DatabaseError> {
        let statement = self.engine().statement("SELECT attempts FROM outbox WHERE id = $1", [id.into()]);
        let row = self.database.reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "attempts")).transpose()?)
    }

    /// How many jobs wait or are in hand.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn depth(&self) -> Result<i64, DatabaseError> {
        let statement = self.engine().statement("SELECT count(*) AS jobs FROM outbox", []);
        let row = self.database.reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "jobs")).transpose()?.unwrap_or(0))
    }
}
