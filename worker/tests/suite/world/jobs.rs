//! Jobs, as an API process writes them and as rows.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use shared::database::Engine;
use shared::jobs::Queue;
use shared::jobs::payloads::RequestDecided;
use shared::ports::clock::Timestamp;
use shared::ports::queue::QueuedJob;

use super::{ACTOR, World};

/// A job to be written by hand, unleased.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) queue: Queue,
    pub(crate) name: &'static str,
    pub(crate) version: i32,
    pub(crate) payload: String,
}

impl Job {
    /// Tells `recipient` that the request was accepted.
    pub(crate) fn decided(request: i64, recipient: i64) -> Self {
        let payload =
            format!(r#"{{"request_id":{request},"actor_id":{ACTOR},"recipient_id":{recipient},"accepted":true}}"#);
        Self { queue: Queue::Notifications, name: "request_decided", version: 2, payload }
    }
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) lease_until: Timestamp,
    pub(crate) attempts: i64,
    pub(crate) pushes: i64,
    pub(crate) holder: Option<String>,
    pub(crate) last_error: Option<String>,
}

impl World {
    /// Asks for notifications about the requests `first..first + count` in transactions, as an API
    /// process does: the rows are leased to it, and go to its relay.
    pub(crate) async fn ask(&self, first: i64, count: i64) {
        let people = self.number("SELECT count(*) FROM accounts", []).await;
        let requests: Vec<i64> = (first..first + count).collect();
        for requests in requests.chunks(10) {
            let mut work = self.core.writer.begin().await.expect("a transaction");
            for request_id in requests.iter().copied() {
                // Everybody but the actor in turn.
                let recipient_id = 2 + request_id % (people - 1);
                let job = RequestDecided { request_id, actor_id: ACTOR, recipient_id, accepted: true };
                work.ask(&job).await.expect("the job is written");
            }
            work.commit().await.expect("the commit");
        }
    }

    /// Writes a job as a row that nobody has; answers its id.
    pub(crate) async fn write(&self, job: &Job) -> i64 {
        let now = self.core.writer.now();
        let statement = self.core.database.engine().statement(
            "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until)
             VALUES ($1, $2, $3, $4, $5, $5) RETURNING id",
            [job.queue.as_str().into(), job.name.into(), job.version.into(), job.payload.clone().into(), now.into()],
        );
        let row = self.core.database.writer().query_one_raw(statement).await.expect("the database obeys");
        row.expect("a row").try_get("", "id").expect("an id")
    }

    /// Writes jobs about the requests `1..=count` as rows that nobody has, spread over everybody but
    /// the actor, in one statement.
    pub(crate) async fn write_many(&self, count: i64) {
        self.write_about(0, count).await;
    }

    /// The same about the requests `after + 1..=after + count`.
    pub(crate) async fn write_about(&self, after: i64, count: i64) {
        let people = self.number("SELECT count(*) FROM accounts", []).await;
        let numbers = match self.core.database.engine() {
            Engine::Postgres => "SELECT n FROM generate_series(1, CAST($1 AS bigint)) AS n",
            Engine::Sqlite => {
                "SELECT n FROM (WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < $1)
                 SELECT n FROM s)"
            }
        };
        let sql = format!(
            "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until)
             SELECT 'notifications', 'request_decided', 2,
                    '{{\"request_id\":' || (n + {after}) || ',\"actor_id\":{ACTOR},\"recipient_id\":' || (2 + n % {others}) ||
                    ',\"accepted\":true}}', $2, $2
             FROM ({numbers}) AS numbers",
            others = people - 1,
        );
        self.run(&sql, [count.into(), self.core.writer.now().into()]).await;
    }

    /// Claims every job that is due, as a sweeper does, and answers it as the queue takes it.
    pub(crate) async fn claim(&self, queue: Queue) -> Vec<QueuedJob> {
        let lease = TimeDelta::seconds(30);
        let jobs = self.core.outbox.claim(queue, self.core.writer.now(), lease, 1_000).await.expect("a claim");
        jobs.iter().map(|job| job.queued(&self.core.epoch)).collect()
    }

    /// The row of a job, if it is still there.
    pub(crate) async fn row(&self, id: i64) -> Option<Row> {
        self.rows(&format!("id = {id}")).await.pop()
    }

    /// The rows of the outbox for which `condition` holds.
    pub(crate) async fn rows(&self, condition: &str) -> Vec<Row> {
        let sql = format!(
            "SELECT lease_until, attempts, pushes, holder, last_error FROM outbox WHERE {condition} ORDER BY id"
        );
        let statement = self.core.database.engine().statement(sql, []);
        let rows = self.core.database.writer().query_all_raw(statement).await.expect("the database answers");
        let column = "a column";
        rows.iter()
            .map(|row| Row {
                lease_until: row.try_get("", "lease_until").expect(column),
                attempts: row.try_get("", "attempts").expect(column),
                pushes: row.try_get("", "pushes").expect(column),
                holder: row.try_get("", "holder").expect(column),
                last_error: row.try_get("", "last_error").expect(column),
            })
            .collect()
    }
}
