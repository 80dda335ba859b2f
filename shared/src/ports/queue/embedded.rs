//! The queue of the embedded mode: in memory, fed by the relay from the outbox.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{JobHandler, JobQueue, QueueError, QueuedJob};
use crate::jobs::Queue;

#[derive(Debug, Default)]
struct Lane {
    waiting: Mutex<VecDeque<QueuedJob>>,
    pushed: Notify,
}

impl Lane {
    fn with<T>(&self, f: impl FnOnce(&mut VecDeque<QueuedJob>) -> T) -> T {
        f(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One list a queue, in this process.
#[derive(Debug, Default)]
pub struct EmbeddedQueue {
    notifications: Lane,
    email: Lane,
    media: Lane,
}

impl EmbeddedQueue {
    fn lane(&self, queue: Queue) -> &Lane {
        match queue {
            Queue::Notifications => &self.notifications,
            Queue::Email => &self.email,
            Queue::Media => &self.media,
        }
    }

    /// Loses everything that waits, as a Redis that restarts empty does.
    pub fn lose_everything(&self) {
        for queue in Queue::ALL {
            self.lane(queue).with(VecDeque::clear);
        }
    }
}

#[async_trait]
impl JobQueue for EmbeddedQueue {
    async fn push(&self, queue: Queue, jobs: &[QueuedJob]) -> Result<u64, QueueError> {
        let lane = self.lane(queue);
        let depth = lane.with(|waiting| {
            waiting.extend(jobs.iter().cloned());
            waiting.len()
        });
        lane.pushed.notify_one();
        Ok(depth as u64)
    }

    async fn depth(&self, queue: Queue) -> Result<u64, QueueError> {
        Ok(self.lane(queue).with(|waiting| waiting.len()) as u64)
    }

    async fn consume(&self, queue: Queue, concurrency: usize, handler: Arc<dyn JobHandler>, stop: CancellationToken) {
        let lane = self.lane(queue);
        let permits = Arc::new(Semaphore::new(concurrency));
        let mut running = JoinSet::new();
        loop {
            let permit = tokio::select! {
                () = stop.cancelled() => break,
                permit = Arc::clone(&permits).acquire_owned() => permit,
            };
            let Ok(permit) = permit else { break };
            let Some(job) = lane.with(VecDeque::pop_front) else {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = lane.pushed.notified() => continue,
                }
            };
            let handler = Arc::clone(&handler);
            running.spawn(async move {
                handler.handle(job).await;
                drop(permit);
            });
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
    }

    fn leftovers(&self) -> Vec<QueuedJob> {
        Queue::ALL.into_iter().flat_map(|queue| self.lane(queue).with(std::mem::take)).collect()
    }

    async fn check(&self) -> Result<(), QueueError> {
        Ok(())
    }
}
