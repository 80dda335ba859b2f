//! What the database and Redis say, looked up when somebody asks.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use tokio::sync::Mutex;

use super::{QueueLabel, since};
use crate::core::Ports;
use crate::database::Database;
use crate::jobs::{Backlog, Outbox, Queue};
use crate::ports::clock::Timestamp;

/// Between two looks at least: whoever asks sooner is told what was seen.
const EVERY: Duration = Duration::from_secs(5);
/// And at least this many times as long as the last look took: a million jobs are counted in 0.2 s.
const REST: u32 = 100;
/// But no longer than this.
const LONGEST_REST: Duration = Duration::from_mins(1);
/// How long the database may take to count, and how long anybody may take to say that they are there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks at the database and at Redis.
#[derive(Debug, Clone)]
pub struct Lookout {
    database: Database,
    outbox: Outbox,
    ports: Ports,
    last: Arc<Mutex<Option<Look>>>,
}

/// A look, and when the next may be.
#[derive(Debug)]
struct Look {
    next: Instant,
    seen: Seen,
}

/// What was seen; nothing of what did not answer.
#[derive(Debug)]
struct Seen {
    database: bool,
    backlog: Option<Vec<Backlog>>,
    windows: Vec<(Queue, u64)>,
    redis: Option<bool>,
    now: Timestamp,
}

impl Lookout {
    /// Over the given parts.
    #[must_use]
    pub fn new(database: Database, ports: Ports) -> Self {
        Self { outbox: Outbox::new(database.clone()), database, ports, last: Arc::default() }
    }

    /// What is seen now, or was a moment ago. Answers in a bounded time, whoever is away.
    pub(super) async fn look(&self) -> Registry {
        // One looks, the others wait for it.
        let mut last = self.last.lock().await;
        if let Some(look) = last.as_ref()
            && Instant::now() < look.next
        {
            return look.seen.registry();
        }
        let (database, redis) = tokio::join!(self.ask_database(), self.ask_redis());
        let (now, (answers, backlog, took), (redis, windows)) = (self.ports.clock.now(), database, redis);
        let seen = Seen { database: answers, backlog, redis, windows, now };
        let registry = seen.registry();
        let next = Instant::now() + EVERY.max(took * REST).min(LONGEST_REST);
        *last = Some(Look { next, seen });
        registry
    }

    /// Whether the database answers, what it says, and how long it was busy with that.
    async fn ask_database(&self) -> (bool, Option<Vec<Backlog>>, Duration) {
        let begun = Instant::now();
        match tokio::time::timeout(PATIENCE, self.outbox.backlog(self.ports.clock.now())).await {
            Ok(Ok(backlog)) => return (true, Some(backlog), begun.elapsed()),
            Ok(Err(error)) => tracing::warn!(%error, "the outbox was not looked at for metrics"),
            Err(_) => tracing::warn!("the outbox was not counted in time for metrics"),
        }
        let took = begun.elapsed();
        // It may be there all the same, with too much to do. One that is away is not spared: its return is to be seen.
        let answers = matches!(tokio::time::timeout(PATIENCE, self.database.ping()).await, Ok(Ok(())));
        (answers, None, if answers { took } else { Duration::ZERO })
    }

    /// Whether Redis answers, if there is one, and how many jobs wait in the queue.
    async fn ask_redis(&self) -> (Option<bool>, Vec<(Queue, u64)>) {
        let (answers, windows) = tokio::join!(
            tokio::time::timeout(PATIENCE, self.ports.redis_answers()),
            tokio::time::timeout(PATIENCE, self.windows()),
        );
        // Who does not answer in time is away; where there is nobody to ask, the answer is there at once.
        (answers.unwrap_or(Some(false)), windows.unwrap_or_default())
    }

    async fn windows(&self) -> Vec<(Queue, u64)> {
        let queue = &self.ports.queue;
        let depths = Queue::ALL.map(async |lane| queue.depth(lane).await.ok().map(|depth| (lane, depth)));
        futures::future::join_all(depths).await.into_iter().flatten().collect()
    }
}

impl Seen {
    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("kith");
        let mut up = |name, help, up: bool| {
            let gauge: Gauge = Gauge::default();
            gauge.set(i64::from(up));
            registry.register(name, help, gauge);
        };
        up("database_up", "Whether the database answered at the last look", self.database);
        if let Some(redis) = self.redis {
            up("redis_up", "Whether Redis answered at the last look", redis);
        }
        let windows = Family::<QueueLabel, Gauge>::default();
        for (queue, depth) in &self.windows {
            let depth = i64::try_from(*depth).unwrap_or(i64::MAX);
            windows.get_or_create(&QueueLabel::of(*queue)).set(depth);
        }
        registry.register("queue_window", "Jobs that were pushed and that no worker has yet", windows);
        if let Some(backlog) = &self.backlog {
            let (jobs, dead) = (Family::<QueueLabel, Gauge>::default(), Family::<QueueLabel, Gauge>::default());
            let oldest = Family::<QueueLabel, Gauge<f64, AtomicU64>>::default();
            for one in backlog {
                let labels = QueueLabel::of(one.queue);
                jobs.get_or_create(&labels).set(one.jobs);
                dead.get_or_create(&labels).set(one.dead);
                oldest.get_or_create(&labels).set(one.oldest.map_or(0.0, |due_at| since(due_at, self.now)));
            }
            registry.register("outbox_jobs", "Jobs in the outbox: waiting, scheduled or in hand", jobs);
            registry.register(
                "outbox_oldest_seconds",
                "How long ago the oldest job that is not done was due; 0 when none is",
                oldest,
            );
            registry.register("dead_jobs", "Jobs that failed for good and are still listed", dead);
        }
        registry
    }
}
