//! How far the surfaces have delivered messages: noted by sockets, written down together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use shared::Core;
use shared::chats::ChatError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How long notes wait for others, to be written with them.
const GATHER: Duration = Duration::from_millis(200);

/// A surface, and somebody to whom it delivers.
type Reader = (&'static str, i64);

/// The notes of this process's sockets. What is not written down when the process dies is delivered again.
#[derive(Debug, Clone, Default)]
pub(super) struct DeliveryMarks(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The versions that were noted and are not written yet.
    noted: Mutex<HashMap<Reader, i64>>,
    wake: Notify,
}

impl DeliveryMarks {
    /// Notes that a surface has delivered up to a version of an inbox.
    pub(super) fn note(&self, surface: &'static str, account_id: i64, version: i64) {
        let mut noted = self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = noted.entry((surface, account_id)).or_default();
        *mark = version.max(*mark);
        self.0.wake.notify_one();
    }

    /// Up to which version a surface has delivered, as far as this process knows.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn of(&self, core: &Core, surface: &'static str, account_id: i64) -> Result<i64, ChatError> {
        let noted = self.noted().get(&(surface, account_id)).copied();
        let written = core.chats.delivered(account_id, surface).await?;
        Ok(noted.map_or(written, |noted| noted.max(written)))
    }

    /// Writes notes down until `stop`. The sockets close after it: [`Self::write`] writes what they note last.
    pub(super) async fn run(&self, core: &Core, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.0.wake.notified() => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(GATHER) => {}
            }
            self.write(core).await;
        }
    }

    /// Writes down what is noted by now.
    pub(super) async fn write(&self, core: &Core) {
        let noted = self.noted();
        let mut surfaces: HashMap<&str, HashMap<i64, i64>> = HashMap::new();
        for ((surface, account_id), version) in &noted {
            surfaces.entry(surface).or_default().insert(*account_id, *version);
        }
        for (surface, marks) in surfaces {
            if let Err(error) = core.chats.mark_delivered(surface, &marks).await {
                tracing::warn!(%error, surface, "deliveries were not written down; their messages may come again");
            }
        }
        // Kept until now, for whoever opens a socket meanwhile.
        let mut now = self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
        now.retain(|reader, version| noted.get(reader).is_none_or(|written| written < version));
    }

    fn noted(&self) -> HashMap<Reader, i64> {
        self.0.noted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
