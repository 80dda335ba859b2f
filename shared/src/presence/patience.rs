//! How long whoever asks for something waits for a store that may hang.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::ports::presence::PresenceStoreError;

/// How long one request waits.
const PATIENCE: Duration = Duration::from_millis(250);
/// For how long no other waits after one that waited in vain.
const QUIET: Duration = Duration::from_secs(5);

/// Lets requests wait while the store answers, and one at a time while it does not.
#[derive(Debug, Default)]
pub(super) struct Patience {
    quiet_until: Mutex<Option<Instant>>,
}

impl Patience {
    /// Waits for the store.
    ///
    /// # Errors
    /// What the store says; no answer in time; or it was not asked, since another waited in vain.
    pub(super) async fn wait<T>(
        &self,
        asking: impl Future<Output = Result<T, PresenceStoreError>>,
    ) -> Result<T, PresenceStoreError> {
        if !self.may_ask() {
            return Err(PresenceStoreError("it has not answered in time lately".to_owned()));
        }
        let answer = tokio::time::timeout(PATIENCE, asking).await;
        *self.quiet_until() = answer.is_err().then(|| Instant::now() + QUIET);
        answer.unwrap_or_else(|_| Err(PresenceStoreError("no answer in time".to_owned())))
    }

    /// Whether to ask; whoever may after a quiet time is the only one.
    fn may_ask(&self) -> bool {
        let mut quiet_until = self.quiet_until();
        let Some(until) = *quiet_until else { return true };
        let now = Instant::now();
        if now < until {
            return false;
        }
        *quiet_until = Some(now + QUIET);
        true
    }

    fn quiet_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn after_one_that_waited_in_vain_one_at_a_time_asks() {
        let patience = Patience::default();
        let began = Instant::now();
        assert!(patience.wait(pending::<Result<(), _>>()).await.is_err());
        assert!(began.elapsed() < 2 * PATIENCE);
        // Nobody asks for a while, not even what would be answered.
        assert!(patience.wait(ready(Ok(()))).await.is_err());
        tokio::time::advance(QUIET).await;
        let (one, other) = tokio::join!(patience.wait(pending::<Result<(), _>>()), patience.wait(ready(Ok(()))));
        assert!(one.is_err() && other.is_err(), "one asks, and the other does not meanwhile");
        assert!(began.elapsed() < QUIET + 3 * PATIENCE);
        tokio::time::advance(QUIET).await;
        for _ in 0..2 {
            assert!(patience.wait(ready(Ok(()))).await.is_ok(), "it answers again");
        }
    }
}
