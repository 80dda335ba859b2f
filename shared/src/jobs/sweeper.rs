//! The workers' relay: claims outbox rows whose lease has passed and pushes them, whenever the
//! queue's window is under half. Whoever lives picks up what the dead left and what Redis lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::relay::watermark;
use super::{BornJob, Outbox, Queue};
use crate::config::OutboxConfig;
use crate::database::DatabaseError;
use crate::metrics::Metrics;
use crate::ports::clock::{Clock, Timestamp};
use crate::ports::queue::{JobQueue, QueueError, QueuedJob};

/// Jobs claimed in one go.
const BATCH: u64 = 500;
/// How often an idle sweeper looks.
const IDLE: Duration = Duration::from_millis(250);
/// How long it waits after an error.
const AFTER_ERROR: Duration = Duration::from_secs(1);

/// Sweeps one process's share of the outbox.
#[derive(Debug, Clone)]
pub struct Sweeper {
    queue: Arc<dyn JobQueue>,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    epoch: String,
    config: OutboxConfig,
    metrics: Metrics,
    /// A lane each, so that one's progress does not wake another's sweep.
    notifications: Arc<Lane>,
    email: Arc<Lane>,
    media: Arc<Lane>,
}

#[derive(Debug, Default)]
struct Lane {
    progress: Notify,
    /// Nothing is claimed before this, in microseconds since 1970.
    closed_until: AtomicI64,
}

#[derive(Debug, thiserror::Error)]
enum SweepError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Queue(#[from] QueueError),
}

impl Sweeper {
    /// Between `outbox` and `queue`. `epoch` is the database's.
    pub fn new(
        queue: Arc<dyn JobQueue>,
        outbox: Outbox,
        clock: Arc<dyn Clock>,
        epoch: String,
        config: OutboxConfig,
        metrics: Metrics,
    ) -> Self {
        let (notifications, email, media) = (Arc::default(), Arc::default(), Arc::default());
        Self { queue, outbox, clock, epoch, config, metrics, notifications, email, media }
    }

    fn lane(&self, queue: Queue) -> &Lane {
        match queue {
            Queue::Notifications => &self.notifications,
            Queue::Email => &self.email,
            Queue::Media => &self.media,
        }
    }

    /// Says that jobs of `queue` were done, so that a window that had been full may have room.
    pub fn progress(&self, queue: Queue) {
        self.lane(queue).progress.notify_one();
    }

    /// Leaves the jobs of `queue` where they are until `at`, since they could not be done before.
    pub fn hold_back(&self, queue: Queue, at: Timestamp) {
        self.lane(queue).closed_until.store(at.timestamp_micros(), Ordering::Relaxed);
    }

    /// Sweeps `queue` until `stop`.
    pub async fn run(&self, queue: Queue, stop: CancellationToken) {
        loop {
            let pause = match self.sweep(queue).await {
                Ok(true) => continue,
                Ok(false) => IDLE,
                Err(error) => {
                    tracing::warn!(%queue, %error, "could not sweep the outbox");
                    AFTER_ERROR
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
                () = self.lane(queue).progress.notified() => {}
            }
            if stop.is_cancelled() {
                return;
            }
        }
    }

    /// One look; answers whether more may be waiting that the window has room for.
    async fn sweep(&self, queue: Queue) -> Result<bool, SweepError> {
        if self.clock.now().timestamp_micros() < self.lane(queue).closed_until.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let watermark = watermark(&self.config, queue);
        let depth = self.queue.depth(queue).await?;
        if depth >= watermark / 2 {
            return Ok(false);
        }
        let limit = (watermark - depth).min(BATCH);
        let lease = TimeDelta::seconds(self.config.lease);
        let mut jobs = self.outbox.claim(queue, self.clock.now(), lease, limit).await?;
        if jobs.is_empty() {
            return Ok(false);
        }
        let _pushing: Vec<_> = jobs.iter_mut().filter_map(BornJob::begin_push).collect();
        let queued: Vec<QueuedJob> = jobs.iter().map(|job| job.queued(&self.epoch)).collect();
        if let Err(error) = self.queue.push(queue, &queued).await {
            let ids: Vec<i64> = jobs.iter().map(|job| job.id).collect();
            self.outbox.unlease(&ids, self.clock.now()).await?;
            return Err(error.into());
        }
        self.metrics.traffic().pushed(queue, queued.len());
        Ok(jobs.len() as u64 == limit)
    }
}
