//! What whoever looks after jobs changes. What staff change is written into the audit log in the same transaction.

use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use super::model::MOST;
use super::read::{columns, read};
use super::{Asker, Changed, Job, JobBoard, JobBoardError, JobFilter, JobState, Rest};
use crate::audit::{self, Action};
use crate::jobs::dead::{bring_back, take_one, take_part};
use crate::jobs::{DeadJob, Queue, UnitOfWork};

/// The kinds of things in the audit log.
const DEAD_JOB: &str = "dead_job";
const JOB: &str = "job";

impl JobBoard {
    /// Puts a dead job back into its queue, as if it were asked for now; answers it as it waits there.
    ///
    /// # Errors
    /// The caller is not staff; there is no such dead job, perhaps no longer.
    pub async fn retry(&self, asker: Asker<'_>, id: i64) -> Result<Job, JobBoardError> {
        asker.check()?;
        let work = self.writer.begin().await?;
        let dead = one(take_one(work.tx(), work.engine(), id).await?)?;
        let job_id = one(bring_back(work.tx(), work.engine(), std::slice::from_ref(&dead), work.now()).await?)?;
        let mut detail = about(&dead);
        detail["job_id"] = job_id.into();
        let now = work.now();
        conclude(work, asker, Action { name: "dead_job.retry", subject: DEAD_JOB, subject_id: id, detail }).await?;
        let DeadJob { queue, name, payload, .. } = dead;
        let state = JobState::Waiting;
        Ok(Job {
            id: job_id,
            state,
            queue,
            name,
            payload,
            attempts: 0,
            asked_at: now,
            until: now,
            holder: None,
            error: None,
        })
    }

    /// Does the same with all dead jobs of a filter, up to 1,000 of them, the oldest first; with `rest`, with those
    /// that an earlier part has left.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn retry_all(
        &self,
        asker: Asker<'_>,
        filter: &JobFilter,
        rest: Option<Rest>,
    ) -> Result<Changed, JobBoardError> {
        self.take_all(asker, filter, rest, Fate::Retried).await
    }

    /// Forgets a dead job.
    ///
    /// # Errors
    /// The caller is not staff; there is no such dead job, perhaps no longer.
    pub async fn drop_one(&self, asker: Asker<'_>, id: i64) -> Result<(), JobBoardError> {
        asker.check()?;
        let work = self.writer.begin().await?;
        let dead = one(take_one(work.tx(), work.engine(), id).await?)?;
        let action = Action { name: "dead_job.drop", subject: DEAD_JOB, subject_id: id, detail: about(&dead) };
        conclude(work, asker, action).await
    }

    /// Forgets all dead jobs of a filter, up to 1,000 of them, the oldest first; with `rest`, those that an earlier
    /// part has left.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn drop_all(
        &self,
        asker: Asker<'_>,
        filter: &JobFilter,
        rest: Option<Rest>,
    ) -> Result<Changed, JobBoardError> {
        self.take_all(asker, filter, rest, Fate::Dropped).await
    }

    /// Takes a part of the dead jobs of a filter.
    async fn take_all(
        &self,
        asker: Asker<'_>,
        filter: &JobFilter,
        rest: Option<Rest>,
        fate: Fate,
    ) -> Result<Changed, JobBoardError> {
        asker.check()?;
        let work = self.writer.begin().await?;
        let part = part(&work, "dead_jobs", rest).await?;
        let dead = take_part(work.tx(), work.engine(), filter, part).await?;
        let action = match fate {
            Fate::Retried => {
                bring_back(work.tx(), work.engine(), &dead, work.now()).await?;
                "dead_job.retry_all"
            }
            Fate::Dropped => "dead_job.drop_all",
        };
        let ids: Vec<i64> = dead.iter().map(|job| job.id).collect();
        conclude_all(work, asker, (action, DEAD_JOB), filter, &ids).await?;
        Ok(Changed::of(&ids, part))
    }

    /// Lets a job that waits be tried now; answers it. One that is due or runs stays as it is.
    ///
    /// # Errors
    /// The caller is not staff; there is no such job, perhaps no longer.
    pub async fn try_now(&self, asker: Asker<'_>, id: i64) -> Result<Job, JobBoardError> {
        asker.check()?;
        let work = self.writer.begin().await?;
        let now = work.now();
        let sql = format!(
            "UPDATE outbox SET lease_until = $1, due_at = $1 WHERE id = $2 AND {PUT_OFF} RETURNING {}",
            columns()
        );
        let changed = work.tx().query_one_raw(work.engine().statement(sql, [now.into(), id.into()])).await?;
        let Some(row) = changed else {
            let sql = format!("SELECT {} FROM outbox WHERE id = $2", columns());
            let row = work.tx().query_one_raw(work.engine().statement(sql, [now.into(), id.into()])).await?;
            return Ok(read(&row.ok_or(JobBoardError::NotFound)?)?);
        };
        let job = read(&row)?;
        let detail = json!({"queue": job.queue, "name": job.name, "attempts": job.attempts});
        conclude(work, asker, Action { name: "job.try", subject: JOB, subject_id: id, detail }).await?;
        Ok(job)
    }

    /// Lets all failed jobs of a filter be tried now, up to 1,000 of them, the oldest first; with `rest`, those that an
    /// earlier part has left.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn try_all_now(
        &self,
        asker: Asker<'_>,
        filter: &JobFilter,
        rest: Option<Rest>,
    ) -> Result<Changed, JobBoardError> {
        asker.check()?;
        let work = self.writer.begin().await?;
        let engine = work.engine();
        let part = part(&work, "outbox", rest).await?;
        let mut values: Vec<Value> = vec![work.now().into(), part.after.into(), part.until.into(), MOST.into()];
        let narrowed = filter.narrow(&mut values);
        let lock = engine.postgres_only("FOR UPDATE SKIP LOCKED");
        let some = format!(
            "SELECT id FROM outbox WHERE id > $2 AND id <= $3 AND last_error IS NOT NULL AND {PUT_OFF}{narrowed}
             ORDER BY id LIMIT $4 {lock}"
        );
        let sql =
            format!("UPDATE outbox SET lease_until = $1, due_at = $1 WHERE id {} RETURNING id", engine.any_of(&some));
        let rows = work.tx().query_all_raw(engine.statement(sql, values)).await?;
        let mut ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<i64>, _>>()?;
        ids.sort_unstable();
        conclude_all(work, asker, ("job.try_all", JOB), filter, &ids).await?;
        Ok(Changed::of(&ids, part))
    }
}

/// What becomes of dead jobs that are taken.
enum Fate {
    /// They wait in their queues again.
    Retried,
    /// They are forgotten.
    Dropped,
}

/// That a row of the outbox waits for a time after `$1`, and nobody has it.
const PUT_OFF: &str = "due_at > $1 AND holder IS NULL";

/// What `rest` says, else everything that `table` holds now.
async fn part(work: &UnitOfWork, table: &'static str, rest: Option<Rest>) -> Result<Rest, JobBoardError> {
    if let Some(rest) = rest {
        return Ok(rest);
    }
    let statement = work.engine().statement(format!("SELECT max(id) AS last FROM {table}"), []);
    let row = work.tx().query_one_raw(statement).await?;
    let last: Option<i64> = row.map(|row| row.try_get("", "last")).transpose()?.flatten();
    Ok(Rest { after: 0, until: last.unwrap_or(0) })
}

fn one<T>(items: Vec<T>) -> Result<T, JobBoardError> {
    items.into_iter().next().ok_or(JobBoardError::NotFound)
}

/// What is written down of a dead job: not its error, in which a server's words about an address may stand, and what is
/// written down stays.
fn about(job: &DeadJob) -> serde_json::Value {
    json!({"queue": job.queue, "name": job.name, "payload": job.payload, "attempts": job.attempts})
}

/// Writes down what staff did, and commits. What an operator did is in the log alone, once it is done.
async fn conclude(work: UnitOfWork, asker: Asker<'_>, action: Action) -> Result<(), JobBoardError> {
    match asker {
        Asker::Operator => {
            work.commit().await?;
            let Action { name, subject, subject_id, detail } = action;
            tracing::info!(action = name, subject, subject_id, %detail, "an operator changed jobs");
        }
        Asker::Staff(caller) => {
            audit::record::<JobBoardError>(&work, caller, action).await?;
            work.commit().await?;
        }
    }
    Ok(())
}

/// The same of all of `ids`, under the first of them; nothing is written down when there are none.
async fn conclude_all(
    work: UnitOfWork,
    asker: Asker<'_>,
    (name, subject): (&'static str, &'static str),
    filter: &JobFilter,
    ids: &[i64],
) -> Result<(), JobBoardError> {
    match ids.first().copied() {
        None => Ok(work.commit().await?),
        Some(subject_id) => {
            let queue = filter.queue().map(Queue::as_str);
            let detail = json!({"queue": queue, "name": filter.name(), "count": ids.len(), "ids": ids});
            conclude(work, asker, Action { name, subject, subject_id, detail }).await
        }
    }
}
