//! The relay: pushes the jobs that this process wrote to the queue, after their commit, batched and
//! with no further query.
//!
//! What it can't push it gives back in one update, so that a worker's [`super::Sweeper`] claims it.
//! A process that dies with leased rows loses nothing: the leases pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::{BornJob, Outbox, Queue};
use crate::config::OutboxConfig;
use crate::metrics::Metrics;
use crate::ports::clock::{Clock, Timestamp};
use crate::ports::queue::{JobQueue, QueuedJob};

/// Jobs pushed in one go.
const BATCH: usize = 500;
/// How often a closed lane looks whether it may open.
const PROBE_EVERY: Duration = Duration::from_millis(100);

/// One queue's way.
struct Lane {
    sender: UnboundedSender<BornJob>,
    receiver: Mutex<UnboundedReceiver<BornJob>>,
    /// Closed at the watermark and while the queue is away: rows are then born unleased.
    open: AtomicBool,
}

impl Default for Lane {
    fn default() -> Self {
        let (sender, receiver) = unbounded_channel();
        Self { sender, receiver: Mutex::new(receiver), open: AtomicBool::new(true) }
    }
}

struct Inner {
    queue: Arc<dyn JobQueue>,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    epoch: String,
    config: OutboxConfig,
    metrics: Metrics,
    notifications: Lane,
    email: Lane,
    media: Lane,
}

/// A handle to the relay of this process.
#[derive(Clone)]
pub struct Relay(Arc<Inner>);

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relay").field("queue", &self.0.queue).finish_non_exhaustive()
    }
}

impl Relay {
    /// A relay to `queue`; [`Self::run`] sets it to work. `epoch` is the database's.
    pub fn new(
        queue: Arc<dyn JobQueue>,
        outbox: Outbox,
        clock: Arc<dyn Clock>,
        epoch: String,
        config: OutboxConfig,
        metrics: Metrics,
    ) -> Self {
        let (notifications, email, media) = (Lane::default(), Lane::default(), Lane::default());
        Self(Arc::new(Inner { queue, outbox, clock, epoch, config, metrics, notifications, email, media }))
    }

    fn lane(&self, queue: Queue) -> &Lane {
        match queue {
            Queue::Notifications => &self.0.notifications,
            Queue::Email => &self.0.email,
            Queue::Media => &self.0.media,
        }
    }

    /// Until when a row that is written now is leased to this process: `now` itself, which is not at
    /// all, while its queue is full or away.
    #[must_use]
    pub fn lease_until(&self, queue: Queue, now: Timestamp) -> Timestamp {
        if self.lane(queue).open.load(Ordering::Relaxed) { now + TimeDelta::seconds(self.0.config.lease) } else { now }
    }

    /// Takes over committed jobs that were born leased. Call it right after the commit.
    pub fn hand_over(&self, jobs: impl IntoIterator<Item = BornJob>) {
        for job in jobs {
            let lane = self.lane(job.queue);
            // Never refused: the receiver lives here too. After the last run it lies unread, and its
            // lease passes by itself.
            let _ = lane.sender.send(job);
        }
    }

    /// Pushes until `stop`, then pushes or gives back what is still here.
    pub async fn run(&self, stop: CancellationToken) {
        futures::future::join_all(Queue::ALL.map(|queue| self.run_lane(queue, &stop))).await;
        let leftovers = self.0.queue.leftovers();
        let ids: Vec<i64> = leftovers.iter().filter_map(|job| BornJob::id_of(&job.task_id)).collect();
        self.unlease(&ids).await;
    }

    async fn run_lane(&self, queue: Queue, stop: &CancellationToken) {
        let lane = self.lane(queue);
        let mut receiver = lane.receiver.lock().await;
        let mut probe = tokio::time::interval(PROBE_EVERY);
        probe.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let open = lane.open.load(Ordering::Relaxed);
            tokio::select! {
                () = stop.cancelled() => break,
                _ = receiver.recv_many(&mut batch, BATCH) => {
                    self.carry(queue, &mut batch, open).await;
                }
                _ = probe.tick(), if !open => self.probe(queue).await,
            }
        }
        // What was committed before the stop is still handed over; nothing new comes after it.
        while let Ok(job) = receiver.try_recv() {
            batch.push(job);
        }
        let open = lane.open.load(Ordering::Relaxed);
        for part in batch.chunks(BATCH) {
            self.carry(queue, &mut part.to_vec(), open).await;
        }
    }

    async fn carry(&self, queue: Queue, batch: &mut Vec<BornJob>, open: bool) {
        let lane = self.lane(queue);
        if !open {
            self.give_back(batch).await;
            return;
        }
        let _pushing: Vec<_> = batch.iter_mut().filter_map(BornJob::begin_push).collect();
        let jobs: Vec<QueuedJob> = batch.iter().map(|job| job.queued(&self.0.epoch)).collect();
        match self.0.queue.push(queue, &jobs).await {
            Ok(depth) => {
                self.0.metrics.traffic().pushed(queue, jobs.len());
                if depth >= watermark(&self.0.config, queue) {
                    lane.open.store(false, Ordering::Relaxed);
                    tracing::debug!(%queue, depth, "the queue is full; jobs wait in the outbox");
                }
                batch.clear();
            }
            Err(error) => {
                lane.open.store(false, Ordering::Relaxed);
                tracing::warn!(%queue, %error, jobs = batch.len(), "jobs stay in the outbox");
                self.give_back(batch).await;
            }
        }
    }

    /// Unleases a batch that can't be pushed. Some of it may have been pushed all the same; the
    /// outbox deduplicates.
    async fn give_back(&self, batch: &mut Vec<BornJob>) {
        let ids: Vec<i64> = batch.drain(..).map(|job| job.id).collect();
        self.unlease(&ids).await;
    }

    async fn unlease(&self, ids: &[i64]) {
        if let Err(error) = self.0.outbox.unlease(ids, self.0.clock.now()).await {
            tracing::warn!(%error, jobs = ids.len(), "leases were not given up; they pass by themselves");
        }
    }

    async fn probe(&self, queue: Queue) {
        if let Ok(depth) = self.0.queue.depth(queue).await
            // Well below where the sweepers refill the window: older rows go first.
            && depth < watermark(&self.0.config, queue) / 4
        {
            self.lane(queue).open.store(true, Ordering::Relaxed);
        }
    }
}

/// How many jobs the queue may hold.
pub(super) fn watermark(config: &OutboxConfig, queue: Queue) -> u64 {
    match queue {
        Queue::Notifications => config.watermark,
        Queue::Email => config.mail_watermark,
        Queue::Media => config.media_watermark,
    }
}
