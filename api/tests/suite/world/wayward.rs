//! A presence store that fails as it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use shared::ports::clock::Timestamp;
use shared::ports::presence::{Horizon, PresenceStore, PresenceStoreError, Seen, Swept};
use tokio::sync::Notify;

/// How a step of the store fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is done, and that it was is not said.
    LosesAnswer,
    /// It is not done.
    Refuses,
    /// It is done when the fault is mended.
    Hangs,
}

/// A store whose steps fail by name.
#[derive(Debug)]
pub(crate) struct Wayward {
    inner: Arc<dyn PresenceStore>,
    faults: Mutex<HashMap<&'static str, Fault>>,
    asked: Mutex<HashMap<&'static str, usize>>,
    mended: Notify,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wayward {
    pub(crate) fn over(inner: Arc<dyn PresenceStore>) -> Self {
        Self { inner, faults: Mutex::default(), asked: Mutex::default(), mended: Notify::new() }
    }

    /// A step fails from now on.
    pub(crate) fn fail(&self, step: &'static str, fault: Fault) {
        locked(&self.faults).insert(step, fault);
    }

    /// No step fails any more.
    pub(crate) fn mend(&self) {
        locked(&self.faults).clear();
        self.mended.notify_waiters();
    }

    /// How often a step was asked for.
    pub(crate) fn asked(&self, step: &'static str) -> usize {
        locked(&self.asked).get(step).copied().unwrap_or_default()
    }

    async fn step<T>(
        &self,
        step: &'static str,
        doing: impl Future<Output = Result<T, PresenceStoreError>> + Send,
    ) -> Result<T, PresenceStoreError> {
        *locked(&self.asked).entry(step).or_default() += 1;
        loop {
            let mended = self.mended.notified();
            let fault = locked(&self.faults).get(step).copied();
            match fault {
                None => return doing.await,
                Some(Fault::Hangs) => mended.await,
                Some(Fault::Refuses) => return Err(PresenceStoreError("refused".to_owned())),
                Some(Fault::LosesAnswer) => {
                    doing.await?;
                    return Err(PresenceStoreError("lost".to_owned()));
                }
            }
        }
    }
}

#[async_trait]
impl PresenceStore for Wayward {
    async fn enter(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        self.step("enter", self.inner.enter(node, accounts, horizon)).await
    }

    async fn leave(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        self.step("leave", self.inner.leave(node, accounts, horizon)).await
    }

    async fn sweep(&self, horizon: Horizon) -> Result<Swept, PresenceStoreError> {
        self.step("sweep", self.inner.sweep(horizon)).await
    }

    async fn saw(&self, account_id: i64, now: Timestamp) -> Result<(), PresenceStoreError> {
        self.step("saw", self.inner.saw(account_id, now)).await
    }

    async fn seen(&self, accounts: &[i64], horizon: Horizon) -> Result<Vec<Seen>, PresenceStoreError> {
        self.step("seen", self.inner.seen(accounts, horizon)).await
    }

    async fn show(&self, accounts: &[i64], horizon: Horizon) -> Result<(), PresenceStoreError> {
        self.step("show", self.inner.show(accounts, horizon)).await
    }

    async fn hide(&self, accounts: &[i64]) -> Result<(), PresenceStoreError> {
        self.step("hide", self.inner.hide(accounts)).await
    }

    async fn page(
        &self,
        excluded: &[i64],
        offset: u32,
        limit: u32,
        horizon: Horizon,
    ) -> Result<Vec<Seen>, PresenceStoreError> {
        self.step("page", self.inner.page(excluded, offset, limit, horizon)).await
    }
}
