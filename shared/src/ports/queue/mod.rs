//! The job queue: a bounded window of what waits in the outbox, which is the queue of record.
//!
//! A queue may lose everything at any moment; the outbox gives it back.

mod embedded;
pub mod redis;

use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

pub use embedded::EmbeddedQueue;

use crate::jobs::Queue;

/// A job on its way: the id under which the queue knows this push of it, and its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedJob {
    /// `{database epoch}-{outbox id}-{pushes}`; pushing a known id again does nothing.
    pub task_id: String,
    /// An envelope as JSON ([`crate::jobs::Envelope`]).
    pub body: String,
}

/// The queue can't be used.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// It could not be asked, or did not answer.
    #[error("the job queue is away: {0}")]
    Away(String),
    /// It answers, but is not set up as Kith needs it.
    #[error("the job queue is not safe to use: {0}")]
    Misconfigured(String),
}

/// What a worker does with a job. Everything that can fail is recorded in the outbox by the
/// handler itself, so it has nothing to answer.
#[async_trait]
pub trait JobHandler: Send + Sync + 'static {
    /// Works on one job until it is done, or recorded as failed.
    async fn handle(&self, job: QueuedJob);
}

/// A queue of jobs.
#[async_trait]
pub trait JobQueue: std::fmt::Debug + Send + Sync {
    /// Adds jobs and answers how many wait now.
    ///
    /// # Errors
    /// None or some of them may have been added.
    async fn push(&self, queue: Queue, jobs: &[QueuedJob]) -> Result<u64, QueueError>;

    /// How many jobs wait.
    ///
    /// # Errors
    /// The queue is away.
    async fn depth(&self, queue: Queue) -> Result<u64, QueueError>;

    /// Hands jobs to `handler`, at most `concurrency` at once, until `stop`; then returns what it
    /// has not begun and waits for what it has.
    async fn consume(&self, queue: Queue, concurrency: usize, handler: Arc<dyn JobHandler>, stop: CancellationToken);

    /// Takes out what this process alone holds, which would go with it: at a stop. A queue that
    /// outlives the process holds on to its jobs.
    fn leftovers(&self) -> Vec<QueuedJob> {
        Vec::new()
    }

    /// Whether the queue answers and is set up as Kith needs it; checked at start.
    ///
    /// # Errors
    /// What is wrong.
    async fn check(&self) -> Result<(), QueueError>;
}
