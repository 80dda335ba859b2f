//! What waits in the outbox.

use sea_orm::ConnectionTrait;

use super::Outbox;
use crate::database::DatabaseError;
use crate::jobs::Queue;
use crate::ports::clock::Timestamp;

/// What waits in one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// The queue.
    pub queue: Queue,
    /// Jobs in the outbox: waiting, scheduled for later, or in hand.
    pub jobs: i64,
    /// Since when the oldest of those that are due is; one that is in hand counts, until it is done.
    pub oldest: Option<Timestamp>,
    /// Jobs that failed for good.
    pub dead: i64,
}

/// Jobs first in line among which the oldest is looked for: more than are leased or tried anew at once, mostly.
const FIRST_IN_LINE: i64 = 1_000;

impl Outbox {
    /// What waits in each queue at `now`. The oldest is that of those first in line, so that an index finds them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn backlog(&self, now: Timestamp) -> Result<Vec<Backlog>, DatabaseError> {
        let queues = Queue::ALL.map(|queue| format!("SELECT '{queue}' AS queue")).join(" UNION ALL ");
        let sql = format!(
            "SELECT q.queue,
                 (SELECT count(*) FROM outbox WHERE outbox.queue = q.queue) AS jobs,
                 (SELECT min(due) FROM
                     (SELECT COALESCE(due_at, created_at) AS due FROM outbox WHERE outbox.queue = q.queue
                      ORDER BY lease_until LIMIT $2) AS line
                  WHERE due <= $1) AS oldest,
                 (SELECT count(*) FROM dead_jobs WHERE dead_jobs.queue = q.queue) AS dead
             FROM ({queues}) AS q"
        );
        let statement = self.engine().statement(sql, [now.into(), FIRST_IN_LINE.into()]);
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
}
