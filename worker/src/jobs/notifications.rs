//! The runner of the `notifications` queue: coalesces the jobs in hand into one transaction. A
//! single job is a batch of one; there is no other path.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use shared::Core;
use shared::database::DatabaseError;
use shared::jobs::payloads::{AccountDeleted, Notice, PairBlocked, RequestDecided, RequestSent, RequestWithdrawn};
use shared::jobs::{DecodeError, Envelope, Failure, InHand, Payload, Queue};
use shared::notifications::{AskedJob, InboxJob};
use shared::ports::queue::{JobHandler, QueuedJob};
use tokio::sync::{mpsc, oneshot};

use super::{backoff, done, envelope, record, undecodable};

/// Jobs in one transaction at most.
const BATCH: usize = 256;
/// How often a busy database is asked again before jobs are put back.
const BUSY_TRIES: u32 = 5;
/// How long it is left alone in between.
const BUSY_PAUSE: Duration = Duration::from_millis(200);
/// When jobs that met a busy database may be claimed again.
const AFTER_BUSY: TimeDelta = TimeDelta::seconds(1);
/// The first and the longest wait before another try, in seconds.
const BACKOFF: (i64, i64) = (2, 300);

/// A job, and who waits for it.
struct Handed {
    job: QueuedJob,
    done: oneshot::Sender<()>,
}

/// Takes jobs one by one and does them together.
#[derive(Debug)]
pub struct NotificationRunner(mpsc::Sender<Handed>);

impl NotificationRunner {
    /// Starts the task that works; it ends when the runner is dropped and everything is done.
    #[must_use]
    pub fn start(core: Core) -> Self {
        let (sender, mut receiver) = mpsc::channel::<Handed>(BATCH);
        let core = Arc::new(core);
        tokio::spawn(async move {
            let mut hand = Vec::with_capacity(BATCH);
            while receiver.recv_many(&mut hand, BATCH).await > 0 {
                let (jobs, waiting): (Vec<_>, Vec<_>) = hand.drain(..).map(|one| (one.job, one.done)).unzip();
                // A task of its own: a panic costs this batch another try and not the worker.
                let batch = tokio::spawn(work(Arc::clone(&core), jobs));
                if let Err(error) = batch.await {
                    tracing::error!(%error, "a batch ended early; the leases of its jobs pass by themselves");
                }
                for done in waiting {
                    // The queue may have stopped waiting; the outbox knows what was done.
                    let _ = done.send(());
                }
                core.sweeper.progress(Queue::Notifications);
            }
        });
        Self(sender)
    }
}

#[async_trait]
impl JobHandler for NotificationRunner {
    async fn handle(&self, job: QueuedJob) {
        let (done, finished) = oneshot::channel();
        if self.0.send(Handed { job, done }).await.is_ok() {
            // Dropped only when the task has ended: the job's lease then passes by itself.
            let _ = finished.await;
        }
    }
}

async fn work(core: Arc<Core>, jobs: Vec<QueuedJob>) {
    let (mut batch, mut hands) = (Vec::with_capacity(jobs.len()), Vec::with_capacity(jobs.len()));
    let mut deleted = Vec::new();
    for job in &jobs {
        let Some((envelope, hand)) = envelope(&core, Queue::Notifications, job).await else { continue };
        if envelope.name == AccountDeleted::NAME {
            deleted.push((envelope, hand));
            continue;
        }
        match decode(&envelope) {
            Ok(job) => {
                batch.push(AskedJob { id: envelope.id, job, origin: hand.origin(envelope.origin) });
                hands.push(hand);
            }
            Err(error) => unreadable(&core, &hand, &error).await,
        }
    }
    if !batch.is_empty() {
        work_together(&core, &batch, &hands).await;
    }
    for (envelope, hand) in &deleted {
        take_out(&core, envelope, hand).await;
    }
}

async fn work_together(core: &Core, batch: &[AskedJob], hands: &[InHand]) {
    match deliver(core, batch).await {
        Err(DatabaseError::Failed(error)) if batch.len() > 1 => {
            tracing::warn!(%error, jobs = batch.len(), "a batch failed; its jobs are tried one by one");
            for (one, hand) in batch.chunks(1).zip(hands.chunks(1)) {
                conclude(core, hand, deliver(core, one).await).await;
            }
        }
        outcome => conclude(core, hands, outcome).await,
    }
}

/// Takes a part of a deleted account out, since that may touch any number of inboxes; what is left waits
/// behind the other jobs.
async fn take_out(core: &Core, envelope: &Envelope, hand: &InHand) {
    match envelope.decode::<AccountDeleted>() {
        Ok(AccountDeleted { account_id }) => match core.deletions.finish(envelope.id, account_id).await {
            Ok(true) => done(core, hand, true),
            Ok(false) => record(core, hand, None, Failure::PutBack { at: core.writer.now() }).await,
            Err(error) => conclude(core, std::slice::from_ref(hand), Err(error)).await,
        },
        Err(error) => unreadable(core, hand, &error).await,
    }
}

async fn unreadable(core: &Core, hand: &InHand, error: &DecodeError) {
    tracing::warn!(parent: &hand.span, %error, "a job can't be read here");
    record(core, hand, None, undecodable(core, error)).await;
}

/// Writes down what became of jobs: `outcome` has the rows of those that were not done before.
async fn conclude(core: &Core, jobs: &[InHand], outcome: Result<HashSet<i64>, DatabaseError>) {
    match outcome {
        Ok(mut taken) => {
            for hand in jobs {
                // A job that came twice into one batch is done once.
                done(core, hand, taken.remove(&hand.id));
            }
        }
        // No fault of the jobs'.
        Err(DatabaseError::Busy(error)) => {
            tracing::warn!(%error, jobs = jobs.len(), "the database is busy; jobs are put back");
            for hand in jobs {
                record(core, hand, None, Failure::PutBack { at: core.writer.now() + AFTER_BUSY }).await;
            }
        }
        Err(error) => {
            for hand in jobs {
                fail(core, hand, &error).await;
            }
        }
    }
}

/// Delivers, and asks a busy database again a few times.
async fn deliver(core: &Core, batch: &[AskedJob]) -> Result<HashSet<i64>, DatabaseError> {
    let mut tries = 0;
    loop {
        match core.delivery.deliver(batch).await {
            Err(DatabaseError::Busy(error)) if tries < BUSY_TRIES => {
                tracing::debug!(%error, "the database is busy; once more");
                tries += 1;
                tokio::time::sleep(BUSY_PAUSE).await;
            }
            result => return result,
        }
    }
}

async fn fail(core: &Core, hand: &InHand, error: &DatabaseError) {
    let attempts = match core.outbox.attempts(hand.id).await {
        Ok(Some(attempts)) => attempts + 1,
        Ok(None) => return done(core, hand, false),
        Err(_) => 1,
    };
    let error = error.to_string();
    let failure = if attempts >= core.config.worker.attempts {
        Failure::Dead { error }
    } else {
        Failure::Retry { at: core.writer.now() + backoff(attempts, BACKOFF.0, BACKOFF.1), error }
    };
    record(core, hand, None, failure).await;
}

fn decode(envelope: &Envelope) -> Result<InboxJob, DecodeError> {
    match envelope.name.as_str() {
        RequestSent::NAME => envelope.decode().map(InboxJob::Sent),
        RequestDecided::NAME => envelope.decode().map(InboxJob::Decided),
        RequestWithdrawn::NAME => envelope.decode().map(InboxJob::Withdrawn),
        Notice::NAME => envelope.decode().map(InboxJob::Told),
        PairBlocked::NAME => envelope.decode().map(InboxJob::Blocked),
        other => Err(DecodeError::Unknown(other.to_owned())),
    }
}
