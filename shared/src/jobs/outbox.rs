//! The outbox: jobs written in the transaction of the change that asks for them. It is the queue
//! of record; what is in Redis is a copy of a part of it.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde_json::value::RawValue;
use tracing::Span;

use super::{Envelope, Origin, Payload, Queue};
use crate::database::{Database, DatabaseError, Engine};
use crate::ports::clock::Timestamp;
use crate::ports::queue::QueuedJob;
use crate::telemetry;

/// A job that is asked for and not written yet.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// The queue it waits in.
    pub queue: Queue,
    /// What it asks for.
    pub name: &'static str,
    /// Version of the payload.
    pub version: i32,
    /// The payload as JSON.
    pub payload: String,
}

impl NewJob {
    /// Asks for what `payload` says.
    pub fn new<P: Payload>(payload: &P) -> Self {
        // A payload is a struct of numbers, flags and strings: JSON always holds it.
        let text = serde_json::to_string(payload).unwrap_or_else(|_| "null".to_owned());
        Self { queue: P::QUEUE, name: P::NAME, version: P::VERSION, payload: text }
    }
}

/// A job that is written, leased to the process that wrote it.
#[derive(Debug, Clone)]
pub struct BornJob {
    /// The outbox row.
    pub id: i64,
    /// The queue it waits in.
    pub queue: Queue,
    /// What it asks for.
    pub name: String,
    /// Version of the payload.
    pub version: i32,
    /// The payload as JSON.
    pub payload: String,
    /// How often it was claimed for a push; 0 for the process that wrote it.
    pub pushes: i64,
    /// What it comes from.
    pub origin: Origin,
}

impl BornJob {
    /// The span of its way into the queue, which ends when it is dropped; what becomes of the job then follows it.
    /// `None` where nothing is traced.
    pub(super) fn begin_push(&mut self) -> Option<Span> {
        let asked = self.origin.traceparent.as_deref().filter(|_| telemetry::traced())?;
        let span = tracing::info_span!(
            "push",
            otel.name = format!("push {}", self.queue),
            otel.kind = "producer",
            job = self.id,
            pushes = self.pushes,
        );
        telemetry::follow(&span, asked);
        self.origin.traceparent = telemetry::traceparent_of(&span).or_else(|| self.origin.traceparent.take());
        Some(span)
    }

    /// The job as the queue takes it.
    #[must_use]
    pub fn queued(&self, epoch: &str) -> QueuedJob {
        // A payload that is not JSON (a row edited by hand) travels as a string, and is found
        // malformed where it is decoded.
        let payload =
            RawValue::from_string(self.payload.clone()).or_else(|_| serde_json::value::to_raw_value(&self.payload));
        let body = payload.and_then(|payload| {
            serde_json::to_string(&Envelope {
                id: self.id,
                name: self.name.clone(),
                version: self.version,
                payload,
                origin: Some(self.origin.clone()),
            })
        });
        QueuedJob { task_id: format!("{epoch}-{}-{}", self.id, self.pushes), body: body.unwrap_or_default() }
    }

    /// The outbox row that a task id of [`Self::queued`] names.
    #[must_use]
    pub fn id_of(task_id: &str) -> Option<i64> {
        task_id.rsplit('-').nth(1)?.parse().ok()
    }
}

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
    /// Not this process's to do: put back without counting an attempt.
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

/// A row that its holder alone works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How often it has been tried, this time counted.
    pub attempts: i64,
    /// When the job was asked for.
    pub created_at: Timestamp,
}

/// What waits in one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// The queue.
    pub queue: Queue,
    /// Jobs in the outbox: waiting, scheduled for later, or in hand.
    pub jobs: i64,
    /// When the oldest of those that wait was asked for.
    pub oldest: Option<Timestamp>,
    /// Jobs that failed for good.
    pub dead: i64,
}

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
        self.insert(tx, job, origin, lease_until, false).await
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
        self.insert(tx, job, origin, at, true).await
    }

    async fn insert(
        &self,
        tx: &impl ConnectionTrait,
        job: &NewJob,
        origin: &Origin,
        lease_until: Timestamp,
        waits: bool,
    ) -> Result<i64, DatabaseError> {
        let statement = self.engine().statement(
            "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until, traceparent, waits)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            [
                job.queue.as_str().into(),
                job.name.into(),
                job.version.into(),
                job.payload.clone().into(),
                origin.asked_at.into(),
                lease_until.into(),
                origin.traceparent.clone().into(),
                waits.into(),
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
            "UPDATE outbox SET lease_until = $1, waits = FALSE, pushes = pushes + 1, holder = NULL WHERE id {}
             RETURNING id, queue, name, version, payload, pushes, created_at, traceparent",
            self.engine().any_of(&due)
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let statement =
            self.engine().statement(sql, [(now + lease).into(), queue.as_str().into(), now.into(), limit.into()]);
        let rows = self.database.writer().query_all_raw(statement).await?;
        let mut jobs = rows.iter().map(born).collect::<Result<Vec<_>, _>>()?;
        jobs.sort_unstable_by_key(|job| job.id); // RETURNING has no order
        Ok(jobs)
    }

    /// Gives leases up: anybody may claim the rows from `now` on.
    ///
    /// # Errors
    /// The database refuses; the leases then pass by themselves.
    pub async fn unlease(&self, ids: &[i64], now: Timestamp) -> Result<(), DatabaseError> {
        if ids.is_empty() {
            return Ok(());
        }
        let sql = format!("UPDATE outbox SET lease_until = $1 WHERE id {} AND holder IS NULL", self.engine().any("$2"));
        let statement = self.engine().statement(sql, [now.into(), self.engine().ids(ids)]);
        self.database.writer().execute_raw(statement).await?;
        Ok(())
    }

    /// Gives up every lease and hold, but for the backoffs of what has failed: for the one process that
    /// owns the database, when it starts, since no other lives that could have them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn release_all(&self, now: Timestamp) -> Result<(), DatabaseError> {
        let statement = self.engine().statement(
            "UPDATE outbox SET lease_until = $1, holder = NULL
             WHERE lease_until > $1 AND (attempts = 0 OR holder IS NOT NULL)",
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
    /// `None` when it is done or held.
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
            "UPDATE outbox SET holder = $1, lease_until = $2, waits = FALSE, attempts = attempts + 1
             WHERE id = $3 AND (holder IS NULL OR lease_until <= $4) RETURNING attempts, created_at",
            [holder.into(), until.into(), id.into(), now.into()],
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
        let counted = i32::from(holder.is_none()); // a held row counted when it was taken
        let mine = || -> [Value; 3] { [id.into(), holder.map(str::to_owned).into(), now.into()] };
        match failure {
            Failure::Retry { at, error } => {
                let sql = format!(
                    "UPDATE outbox SET lease_until = $4, waits = TRUE, last_error = $5, holder = NULL,
                         attempts = attempts + $6
                     WHERE {MINE}"
                );
                let change: [Value; 3] = [(*at).into(), clipped(error).into(), counted.into()];
                let statement = engine.statement(sql, mine().into_iter().chain(change));
                Ok(self.database.writer().execute_raw(statement).await?.rows_affected() == 1)
            }
            Failure::PutBack { at } => {
                let sql = format!("UPDATE outbox SET lease_until = $4, waits = TRUE, holder = NULL WHERE {MINE}");
                let statement = engine.statement(sql, mine().into_iter().chain([(*at).into()]));
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
        let counted = i32::from(holder.is_none()); // a held row counted when it was taken
        let mine: [Value; 3] = [id.into(), holder.map(str::to_owned).into(), now.into()];
        // The deletion decides whose it is: what it does not answer is not copied.
        let sql = format!(
            "DELETE FROM outbox WHERE {MINE} RETURNING queue, name, version, payload, attempts + $4 AS tries, created_at"
        );
        let statement = engine.statement(sql, mine.into_iter().chain([counted.into()]));
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

    /// How often a job has been tried, or `None` when it is done.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn attempts(&self, id: i64) -> Result<Option<i64>, DatabaseError> {
        let statement = self.engine().statement("SELECT attempts FROM outbox WHERE id = $1", [id.into()]);
        let row = self.database.reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "attempts")).transpose()?)
    }

    /// What waits in each queue. A job waits when it is due by `due_by`; what is later is scheduled, or held.
    /// The oldest is that of those first in line, so that an index finds them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn backlog(&self, due_by: Timestamp) -> Result<Vec<Backlog>, DatabaseError> {
        let queues = Queue::ALL.map(|queue| format!("SELECT '{queue}' AS queue")).join(" UNION ALL ");
        let sql = format!(
            "SELECT q.queue,
                 (SELECT count(*) FROM outbox WHERE outbox.queue = q.queue) AS jobs,
                 (SELECT min(created_at) FROM
                     (SELECT created_at FROM outbox WHERE outbox.queue = q.queue AND lease_until <= $1
                      ORDER BY lease_until LIMIT $2) AS line) AS oldest,
                 (SELECT count(*) FROM dead_jobs WHERE dead_jobs.queue = q.queue) AS dead
             FROM ({queues}) AS q"
        );
        let statement = self.engine().statement(sql, [due_by.into(), FIRST_IN_LINE.into()]);
        let rows = self.database.reader().query_all_raw(statement).await?;
        let backlog = rows.iter().map(|row| {
            let queue: String = row.try_get("", "queue")?;
            Ok(Backlog {
                queue: queue.parse().map_err(sea_orm::DbErr::Type)?,
                jobs: row.try_get("", "jobs")?,
                oldest: row.try_get("", "oldest")?,
                dead: row.try_get("", "dead")?,
            })
        });
        backlog.collect()
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

/// Jobs first in line among which the oldest is looked for: more than are leased or tried anew at once, mostly.
const FIRST_IN_LINE: i64 = 1_000;

/// That the row `$1` is the caller's to change at `$3`: held by them (`$2`), or, for a caller who holds
/// nothing, by nobody whose hold still stands.
const MINE: &str = "id = $1 AND (holder = $2 OR ($2 IS NULL AND (holder IS NULL OR lease_until <= $3)))";

/// The longest error text that is kept, in characters.
const LONGEST_ERROR: usize = 2_000;

fn clipped(error: &str) -> String {
    // PostgreSQL takes no NUL.
    error.chars().filter(|c| *c != '\0').take(LONGEST_ERROR).collect()
}

fn born(row: &QueryResult) -> Result<BornJob, DatabaseError> {
    let queue: String = row.try_get("", "queue")?;
    Ok(BornJob {
        id: row.try_get("", "id")?,
        queue: queue.parse().map_err(sea_orm::DbErr::Type)?,
        name: row.try_get("", "name")?,
        version: row.try_get("", "version")?,
        payload: row.try_get("", "payload")?,
        pushes: row.try_get("", "pushes")?,
        origin: Origin { asked_at: row.try_get("", "created_at")?, traceparent: row.try_get("", "traceparent")? },
    })
}
