//! Queues and jobs as they stand.

use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::{Asker, Job, JobBoard, JobBoardError, JobFilter, JobState, QueueState};
use crate::database::DatabaseError;
use crate::jobs::{DeadJob, Queue, dead};
use crate::page::{Page, Span};
use crate::ports::clock::Timestamp;

/// How long a queue's window is waited for.
const WINDOW_PATIENCE: Duration = Duration::from_secs(1);

/// That a row of the outbox is handed to a worker at `$1`.
const RUNNING: &str = "(lease_until > $1 AND (due_at IS NULL OR due_at <= $1))";

/// What is read of a row of the outbox at `$1`.
pub(super) fn columns() -> String {
    format!(
        "id, queue, name, payload, attempts, created_at, lease_until, holder, last_error,
         CASE WHEN {RUNNING} THEN 'running' WHEN last_error IS NULL THEN 'waiting' ELSE 'failed' END AS state"
    )
}

pub(super) fn read(row: &QueryResult) -> Result<Job, DbErr> {
    let state: String = row.try_get("", "state")?;
    let state = match state.as_str() {
        "running" => JobState::Running,
        "failed" => JobState::Failed,
        _ => JobState::Waiting,
    };
    Ok(Job {
        id: row.try_get("", "id")?,
        state,
        queue: row.try_get("", "queue")?,
        name: row.try_get("", "name")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
        asked_at: row.try_get("", "created_at")?,
        until: row.try_get("", "lease_until")?,
        // Whoever held it before it was put back or its lease passed holds it no longer.
        holder: row.try_get::<Option<String>>("", "holder")?.filter(|_| state == JobState::Running),
        error: row.try_get("", "last_error")?,
    })
}

impl JobBoard {
    /// Every queue, counted.
    ///
    /// # Errors
    /// The caller is not staff; the database refuses.
    pub async fn queues(&self, asker: Asker<'_>) -> Result<Vec<QueueState>, JobBoardError> {
        asker.check()?;
        let mut states = Queue::ALL.map(QueueState::empty);
        self.count_outbox(&mut states).await?;
        self.count_dead(&mut states).await?;
        let depths = join_all(Queue::ALL.map(|queue| tokio::time::timeout(WINDOW_PATIENCE, self.queue.depth(queue))));
        for (state, depth) in states.iter_mut().zip(depths.await) {
            state.window = depth.ok().and_then(Result::ok);
        }
        Ok(states.to_vec())
    }

    async fn count_outbox(&self, states: &mut [QueueState]) -> Result<(), DatabaseError> {
        let sql = format!(
            "SELECT queue, count(*) FILTER (WHERE {RUNNING}) AS running,
                 count(*) FILTER (WHERE NOT {RUNNING} AND last_error IS NULL) AS waiting,
                 count(*) FILTER (WHERE NOT {RUNNING} AND last_error IS NOT NULL) AS failed,
                 count(*) FILTER (WHERE lease_until <= $1) AS due,
                 MIN(COALESCE(due_at, created_at)) FILTER (WHERE lease_until <= $1) AS oldest_at
             FROM outbox GROUP BY queue"
        );
        for row in self.rows(&sql, [self.writer.now().into()]).await? {
            let Some(state) = find(states, &row)? else { continue };
            state.running = row.try_get("", "running")?;
            state.waiting = row.try_get("", "waiting")?;
            state.failed = row.try_get("", "failed")?;
            state.due = row.try_get("", "due")?;
            state.oldest_at = row.try_get::<Option<Timestamp>>("", "oldest_at")?;
        }
        Ok(())
    }

    async fn count_dead(&self, states: &mut [QueueState]) -> Result<(), DatabaseError> {
        for row in self.rows("SELECT queue, count(*) AS dead FROM dead_jobs GROUP BY queue", []).await? {
            let Some(state) = find(states, &row)? else { continue };
            state.dead = row.try_get("", "dead")?;
        }
        Ok(())
    }

    /// The jobs of a filter that stand where `state` says, newest first.
    ///
    /// # Errors
    /// The caller is not staff; the database refuses.
    pub async fn list(
        &self,
        asker: Asker<'_>,
        state: JobState,
        filter: &JobFilter,
        span: Span,
    ) -> Result<Page<Job>, JobBoardError> {
        asker.check()?;
        let mut values = vec![self.writer.now().into()];
        values.extend(span.values());
        let narrowed = filter.narrow(&mut values);
        let stands = match state {
            JobState::Running => RUNNING.to_owned(),
            JobState::Waiting => format!("NOT {RUNNING} AND last_error IS NULL"),
            JobState::Failed => format!("NOT {RUNNING} AND last_error IS NOT NULL"),
        };
        let sql = format!(
            "SELECT {} FROM outbox WHERE id < $2 AND {stands}{narrowed} ORDER BY id DESC LIMIT $3 OFFSET $4",
            columns()
        );
        let rows = self.rows(&sql, values).await?;
        let jobs = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page::of(jobs, span, |job: &Job| job.id))
    }

    /// The jobs of a filter that failed for good, newest first.
    ///
    /// # Errors
    /// The caller is not staff; the database refuses.
    pub async fn dead(&self, asker: Asker<'_>, filter: &JobFilter, span: Span) -> Result<Page<DeadJob>, JobBoardError> {
        asker.check()?;
        Ok(dead::page(self.writer.database(), filter, span).await?)
    }

    pub(super) async fn rows(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = sea_orm::Value>,
    ) -> Result<Vec<QueryResult>, DatabaseError> {
        let statement = self.writer.engine().statement(sql, values);
        Ok(self.writer.database().reader().query_all_raw(statement).await?)
    }
}

/// The state of the queue that a row is of; `None` for one that only another version knows.
fn find<'a>(states: &'a mut [QueueState], row: &QueryResult) -> Result<Option<&'a mut QueueState>, DbErr> {
    let queue: String = row.try_get("", "queue")?;
    Ok(states.iter_mut().find(|state| state.queue.as_str() == queue))
}
