//! Presence: who is there, who may know it, and who is told.
//!
//! One's connections are told when one comes and goes, and may ask; the list of everybody (see
//! [`Presence::online_users`]) is the one exception. Nobody in a block with somebody knows anything of them, and
//! whoever hides is not there for anybody. While the store is away nobody is known to be there, and nothing
//! fails for it.

mod lists;
mod patience;
mod queries;
mod telling;
mod untold;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use moka::future::Cache;

pub use lists::Online;
pub use telling::{Kind, PresenceError, Turn};

use crate::config::GatewayConfig;
use crate::jobs::Writer;
use crate::ports::clock::Timestamp;
use crate::ports::presence::{Horizon, PresenceStore, PresenceStoreError};
use patience::Patience;
use untold::Untold;

/// For how long a request counts as being there.
const LATELY: TimeDelta = TimeDelta::seconds(60);
/// An account's requests are noted no more often than this.
const NOTED_EVERY: TimeDelta = TimeDelta::seconds(5);
/// How long what was noted takes up room.
const NOTED_FOR: Duration = Duration::from_mins(1);
/// Accounts whose last note is remembered at most.
const NOTED: u64 = 200_000;
/// How long whoever asks who is there waits for the store.
const LISTING_PATIENCE: Duration = Duration::from_secs(1);

/// Who is there.
#[derive(Debug, Clone)]
pub struct Presence {
    writer: Writer,
    store: Arc<dyn PresenceStore>,
    lease: TimeDelta,
    /// When this process last noted a request, by account.
    noted: Cache<i64, Timestamp>,
    /// How long requests wait to be noted.
    patience: Arc<Patience>,
    untold: Arc<Untold>,
}

impl Presence {
    /// Over the given parts.
    pub fn new(writer: Writer, store: Arc<dyn PresenceStore>, config: &GatewayConfig) -> Self {
        let noted = Cache::builder().max_capacity(NOTED).time_to_live(NOTED_FOR).build();
        let (lease, patience, untold) = (TimeDelta::seconds(config.presence_lease), Arc::default(), Arc::default());
        Self { writer, store, lease, noted, patience, untold }
    }

    /// Notes that an account asked for something, or signed in; not of whoever hides. Whoever asks who is there
    /// after it finds it, while the store answers; one that hangs holds up few requests.
    pub async fn saw(&self, id: i64, hidden: bool) {
        if hidden {
            return;
        }
        let now = self.writer.now();
        if self.noted.get(&id).await.is_some_and(|noted| now - noted < NOTED_EVERY) {
            return;
        }
        // Before it is noted: of many requests at once, one waits.
        self.noted.insert(id, now).await;
        if let Err(error) = self.patience.wait(self.store.saw(id, now)).await {
            tracing::debug!(%error, "a request was not noted");
        }
    }

    fn horizon(&self) -> Horizon {
        let now = self.writer.now();
        Horizon { now, sockets_since: now - self.lease, requests_since: now - LATELY }
    }
}

/// Waits for the store, but not for ever.
async fn in_time<T, E: From<PresenceStoreError>>(
    patience: Duration,
    asking: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let asked = tokio::time::timeout(patience, asking).await;
    asked.unwrap_or_else(|_| Err(PresenceStoreError("no answer in time".to_owned()).into()))
}
