//! One apalis worker, kept alive: whatever ends it, a new one starts under a new name.

use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::WorkerBuilderExt;
use apalis_core::backend::codec::Codec;
use apalis_core::backend::ext::BackendExt;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use apalis_redis::{Config, ConnectionManager, RedisStorage};
use rand::RngExt as _;
use tokio_util::sync::CancellationToken;

use super::wake::{Wake, WakeStrategy};
use super::{QueueError, connect, scripts};
use crate::jobs::Queue;
use crate::ports::queue::{JobHandler, QueuedJob};

/// Between two lives of a worker that keeps failing.
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);
/// Between two runs of the janitor.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// Task payloads stay bytes: Kith decodes them itself, so that a bad one ends in `dead_jobs` and
/// not the worker.
#[derive(Debug, Clone, Copy)]
struct Bytes;

impl Codec<Vec<u8>> for Bytes {
    type Error = std::convert::Infallible;
    type Compact = Vec<u8>;

    fn encode(&self, value: &Vec<u8>) -> Result<Vec<u8>, Self::Error> {
        Ok(value.clone())
    }

    fn decode(&self, value: &Vec<u8>) -> Result<Vec<u8>, Self::Error> {
        Ok(value.clone())
    }
}

pub(super) struct Consumer<'a> {
    pub(super) queue: Queue,
    pub(super) concurrency: usize,
    pub(super) handler: Arc<dyn JobHandler>,
    pub(super) host: &'a str,
    pub(super) client: &'a redis::Client,
    pub(super) config: Config,
    pub(super) wake: Arc<Wake>,
    /// Where wake signals are sent.
    pub(super) channel: String,
}

impl Consumer<'_> {
    /// Runs workers one after another until `stop`.
    pub(super) async fn supervise(self, stop: CancellationToken) {
        let mut backoff = Duration::from_millis(50);
        while !stop.is_cancelled() {
            let begun = tokio::time::Instant::now();
            match self.live(&stop).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(queue = %self.queue, %error, "the queue's worker ended; another starts"),
            }
            if begun.elapsed() > LONGEST_BACKOFF {
                backoff = Duration::from_millis(50);
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(backoff) => {}
            }
            backoff = (backoff * 2).min(LONGEST_BACKOFF);
        }
    }

    /// One worker's life: until it fails, or `stop` and everything in hand is done.
    async fn live(&self, stop: &CancellationToken) -> Result<(), QueueError> {
        let mut connection = connect(self.client).await?;
        let dropped = scripts::drop_hollow(&mut connection, &self.config).await?;
        if dropped > 0 {
            tracing::warn!(queue = %self.queue, dropped, "tasks without data were dropped; the outbox still has their jobs");
        }
        let name = worker_name(self.queue, self.host);
        let backend = RedisStorage::<Vec<u8>>::new(connection.clone())
            .with_config(self.config.clone())
            .with_codec(Bytes)
            .poll_with_strategy(WakeStrategy(Arc::clone(&self.wake)));
        let handler = Arc::clone(&self.handler);
        let worker = WorkerBuilder::new(name.as_str()).backend(backend).concurrency(self.concurrency).build(
            move |body: Vec<u8>, id: TaskId| {
                let handler = Arc::clone(&handler);
                async move {
                    let body = String::from_utf8_lossy(&body).into_owned();
                    handler.handle(QueuedJob { task_id: id.to_string(), body }).await;
                }
            },
        );
        let stopping = stop.clone();
        let run = worker.run_with_ctx(move |context: WorkerContext| {
            let stopping = stopping.clone();
            async move {
                stopping.cancelled().await;
                context.stop()
            }
        });
        let ended = tokio::select! {
            result = run => result.map_err(|error| QueueError::Away(error.to_string())),
            error = self.keep_clean(connection.clone()) => Err(error),
        };
        if let Err(error) = scripts::release(&mut connection, &self.config, &name, &self.channel).await {
            tracing::debug!(queue = %self.queue, %error, "tasks in hand come back when heartbeats are missed");
        }
        ended
    }

    /// The janitor: deletes what done tasks leave behind. Ends only by an error.
    async fn keep_clean(&self, mut connection: ConnectionManager) -> QueueError {
        loop {
            tokio::time::sleep(SWEEP_EVERY).await;
            loop {
                match scripts::sweep(&mut connection, &self.config).await {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) => return error.into(),
                }
            }
        }
    }
}

/// A name that no other start of a worker has.
fn worker_name(queue: Queue, host: &str) -> String {
    format!("{queue}-{host}-{}-{:08x}", std::process::id(), rand::rng().random::<u32>())
}
