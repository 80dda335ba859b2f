//! What is there for whoever looks after jobs: queues, jobs and what became of them; and what they may change.

mod change;
mod history;
mod model;
mod read;

use std::sync::Arc;

pub(in crate::jobs) use model::MOST;
pub use model::{Asker, Changed, History, Job, JobBoardError, JobFilter, JobState, Minute, QueueState, Rest};

use super::Writer;
use crate::ports::queue::JobQueue;

/// Looks after jobs.
#[derive(Debug, Clone)]
pub struct JobBoard {
    writer: Writer,
    queue: Arc<dyn JobQueue>,
}

impl JobBoard {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, queue: Arc<dyn JobQueue>) -> Self {
        Self { writer, queue }
    }
}
