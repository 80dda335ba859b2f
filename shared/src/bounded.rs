//! Work that would hold up the async threads (hashes, pictures): on threads of its own, a bounded number
//! at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// How long work may wait for its turn before the answer is "try again".
const PATIENCE: Duration = Duration::from_secs(2);

/// Work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// Too much of it is running.
    #[error("too much of this at once; try again in a moment")]
    Busy,
    /// It panicked.
    #[error("the work ended early")]
    Ended,
}

/// Runs work of one kind. Clones share the bound.
#[derive(Debug, Clone)]
pub struct BoundedWork {
    permits: Arc<Semaphore>,
}

impl BoundedWork {
    /// At most `at_once` run at once.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_once)) }
    }

    /// Runs `work` on a thread that may block, and answers what it answers.
    ///
    /// # Errors
    /// Others ran all the while that this may wait, 2 s; `work` panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotDone> {
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| NotDone::Busy)?
            .map_err(|_| NotDone::Busy)?;
        let (sender, receiver) = oneshot::channel();
        // The permit goes with the work: a caller that leaves does not let another begin.
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            let _ = sender.send(result);
        });
        receiver.await.map_err(|_| NotDone::Ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_caller_that_leaves_does_not_let_another_begin() {
        let work = BoundedWork::new(1);
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (begin, begun) = oneshot::channel();
        let first = tokio::spawn({
            let work = work.clone();
            async move { work.run(move || (begin.send(()), held.recv())).await }
        });
        begun.await.expect("it begins");
        first.abort();
        assert!(first.await.is_err_and(|error| error.is_cancelled()));
        assert_eq!(work.permits.available_permits(), 0);
        release.send(()).expect("the work still runs");
        assert_eq!(work.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_gives_its_turn_back() {
        let work = BoundedWork::new(1);
        assert_eq!(work.run(|| panic!("as a decoder may")).await, Err::<(), _>(NotDone::Ended));
        assert_eq!(work.run(|| 7).await, Ok(7));
    }
}
