//! The queue of production: Redis through apalis-redis 1.0.0.
//!
//! What that crate's source does, and the answer to each. Read it again before relying on a row.
//!
//! | it does | the answer | where |
//! |---|---|---|
//! | a push lands in the scheduled set under the producer's clock, and one fetch unpacks all that is due: from 8,000 ids the queue is wedged | each push is pipelined with a script that moves every scheduled id to the active list in chunks, whatever its time, and returns the depth; the relay stops at a watermark far below | [`scripts::ACTIVATE`], `jobs::relay` |
//! | polls only when something wakes it, about every 30 s | a poll strategy of our own: a wake signal by Redis, and an interval as a floor | [`wake`] |
//! | its `StreamStrategy` can swallow a signal that arrives while a fetch is under way | ours polls once more after every signal | [`wake`] |
//! | any Redis error, an undecodable payload, or an id without data ends the worker | a supervising loop with backoff; ids without data are dropped before the worker starts; payloads are bytes here and decoded by Kith | [`consumer`], [`scripts::DROP_HOLLOW`] |
//! | its connection gives up on an answer after 500 ms | 5 s | [`connect`] |
//! | an evicted key would lose jobs silently | start refuses a `maxmemory-policy` other than `noeviction` | [`RedisQueue::check`](super::JobQueue::check) |
//! | a worker name must be unique for each start; a dead worker's tasks come back after heartbeat × missed (300 s) | host, pid and a random part; 5 s × 3 | [`consumer`], [`config`] |
//! | a stopping worker no longer drains its acknowledgements, whose channel holds four batches: with more tasks in hand it waits for ever | a batch is at least a quarter of the concurrency | [`batch`] |
//! | a worker that stops keeps what it had fetched and not begun, until its heartbeats are missed | a script gives it back and forgets the worker | [`scripts::RELEASE`] |
//! | retries ignore the policy; a crash's re-enqueue counts no attempt | the handler always answers Ok: the outbox schedules and counts | [`consumer`] |
//! | the data of done tasks stays for ever; its own vacuum reads everything | a janitor script pops done and dead ids and deletes their data and meta | [`scripts::SWEEP`] |
//! | concurrency is unbounded unless set; no heartbeat while tasks are buffered | both are set, and a batch is small | [`consumer`] |
//! | `persist_results(false)` turns acknowledgement off; `lock_tasks` and `emit_events` cost a round trip a batch and a publish a task | the first stays on; the others are off, since the outbox deduplicates; `task-tracking` is not compiled in | [`config`] |
//! | a listener for done tasks needs their results | nobody listens: a result is `null` | [`consumer`] |
//! | keys are not in one cluster slot, and there is no Sentinel address form | `REDIS_URL` is one server | DESIGN, section 6 |

mod consumer;
mod scripts;
mod wake;

use std::sync::Arc;
use std::time::Duration;

use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::task_id::TaskId;
use apalis_redis::{Config as ApalisConfig, ConnectionManager, RedisTask};
use async_trait::async_trait;
use redis::AsyncCommands;
use redis::aio::ConnectionManagerConfig;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use super::{JobHandler, JobQueue, QueueError, QueuedJob};
use crate::jobs::Queue;
use crate::ports::RedisClients;

/// How long an answer of Redis is waited for.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one attempt to connect may take.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(2);
/// Tasks fetched at once at least; no heartbeat is sent while they wait for a free place.
const SMALLEST_BATCH: usize = 64;

/// Tasks fetched at once by a worker with `concurrency` in hand: four batches are what its channel of
/// acknowledgements holds, and all of them may wait there when it stops.
fn batch(concurrency: usize) -> usize {
    concurrency.div_ceil(4).max(SMALLEST_BATCH)
}

impl From<redis::RedisError> for QueueError {
    fn from(error: redis::RedisError) -> Self {
        Self::Away(error.to_string())
    }
}

impl From<apalis_redis::Error> for QueueError {
    fn from(error: apalis_redis::Error) -> Self {
        Self::Away(error.to_string())
    }
}

/// The queues in one Redis server.
pub struct RedisQueue {
    client: redis::Client,
    connection: OnceCell<ConnectionManager>,
    /// Wake signals travel by fred's subscription, beside the events.
    wakes: RedisClients,
    prefix: String,
    /// What this machine is called, in the names of its workers.
    host: String,
}

impl std::fmt::Debug for RedisQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisQueue").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl RedisQueue {
    /// Names a server; nothing is connected before it is used.
    ///
    /// # Errors
    /// The address is not one.
    pub fn new(url: &str, clients: RedisClients, host: String) -> Result<Self, QueueError> {
        let client = redis::Client::open(url)?;
        Ok(Self { client, connection: OnceCell::new(), prefix: clients.prefix.clone(), wakes: clients, host })
    }

    async fn connection(&self) -> Result<ConnectionManager, QueueError> {
        let connection = self.connection.get_or_try_init(|| connect(&self.client)).await?;
        Ok(connection.clone())
    }

    fn config(&self, queue: Queue) -> ApalisConfig {
        config(&self.prefix, queue)
    }
}

async fn connect(client: &redis::Client) -> Result<ConnectionManager, redis::RedisError> {
    let config = ConnectionManagerConfig::new()
        .set_response_timeout(Some(RESPONSE_TIMEOUT))
        .set_connection_timeout(Some(CONNECTION_TIMEOUT))
        .set_number_of_retries(2);
    client.get_connection_manager_with_config(config).await
}

fn config(prefix: &str, queue: Queue) -> ApalisConfig {
    ApalisConfig::default()
        .queue(format!("{prefix}:queue:{queue}"))
        .batch_size(SMALLEST_BATCH)
        .heartbeat_interval(Duration::from_secs(5))
        .missed_heartbeats(3)
        .persist_results(true)
        .lock_tasks(false)
        .emit_events(false)
}

fn task(job: &QueuedJob) -> RedisTask {
    TaskBuilder::new(job.body.clone().into_bytes()).task_id(TaskId::from_string(job.task_id.clone())).build()
}

#[async_trait]
impl JobQueue for RedisQueue {
    async fn push(&self, queue: Queue, jobs: &[QueuedJob]) -> Result<u64, QueueError> {
        let config = self.config(queue);
        let mut pusher = self.connection().await?;
        let mut activator = pusher.clone();
        let tasks: Vec<RedisTask> = jobs.iter().map(task).collect();
        // One connection sends in the order in which it is asked, so these travel together and the
        // script mostly runs on what the push left.
        let push = apalis_redis::queries::push_tasks(&mut pusher, &config, &tasks);
        let wake = wake::channel(&self.prefix, queue);
        let activate = scripts::activate(&mut activator, &config, &wake);
        let (pushed, activated) = tokio::join!(biased; push, activate);
        pushed?;
        let (moved, depth) = activated?;
        if moved > 0 {
            return Ok(depth);
        }
        // It came first, or another push's script moved these too: look once more.
        let (_, depth) = scripts::activate(&mut activator, &config, &wake).await?;
        Ok(depth)
    }

    async fn depth(&self, queue: Queue) -> Result<u64, QueueError> {
        let mut connection = self.connection().await?;
        Ok(connection.llen(self.config(queue).active_jobs_list()).await?)
    }

    async fn consume(&self, queue: Queue, concurrency: usize, handler: Arc<dyn JobHandler>, stop: CancellationToken) {
        consumer::Consumer {
            queue,
            concurrency,
            handler,
            host: &self.host,
            client: &self.client,
            config: self.config(queue).batch_size(batch(concurrency)),
            wake: wake::listen(&self.wakes, &self.prefix, queue, stop.clone()),
            channel: wake::channel(&self.prefix, queue),
        }
        .supervise(stop)
        .await;
    }

    async fn check(&self) -> Result<(), QueueError> {
        let mut connection = self.connection().await?;
        let policy: Result<Vec<String>, _> =
            redis::cmd("CONFIG").arg("GET").arg("maxmemory-policy").query_async(&mut connection).await;
        match policy.as_deref() {
            Ok([_, policy]) if policy != "noeviction" => Err(QueueError::Misconfigured(format!(
                "Redis evicts keys (maxmemory-policy is {policy}); Kith needs noeviction, or jobs vanish"
            ))),
            Ok(_) => Ok(()),
            Err(error) => {
                // Hosted servers often forbid CONFIG; their policy can't be known.
                tracing::warn!(%error, "could not read maxmemory-policy; make sure that it is noeviction");
                Ok(())
            }
        }
    }
}
