//! How far the surfaces have delivered messages: noted by sockets, written down together.

use std::collections::HashMap;
use std::sync::Arc;

use shared::Core;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio_util::sync::CancellationToken;

/// Notes written down at once.
const BATCH: usize = 1_000;

/// That a surface has delivered up to a version of an inbox.
#[derive(Debug)]
struct Note {
    surface: &'static str,
    account_id: i64,
    version: i64,
}

/// The notes of this process's sockets. What is not written down when the process dies is delivered again.
#[derive(Debug, Clone)]
pub(super) struct DeliveryMarks {
    sender: UnboundedSender<Note>,
    receiver: Arc<Mutex<UnboundedReceiver<Note>>>,
}

impl Default for DeliveryMarks {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self { sender, receiver: Arc::new(Mutex::new(receiver)) }
    }
}

impl DeliveryMarks {
    /// Notes a delivery.
    pub(super) fn note(&self, surface: &'static str, account_id: i64, version: i64) {
        // Never refused: the receiver lives here too.
        let _ = self.sender.send(Note { surface, account_id, version });
    }

    /// Writes notes down until `stop`. The sockets close after it: [`Self::write_rest`] writes what they note
    /// last.
    pub(super) async fn run(&self, core: &Core, stop: CancellationToken) {
        let mut receiver = self.receiver.lock().await;
        let mut notes = Vec::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = receiver.recv_many(&mut notes, BATCH) => write(core, notes.drain(..)).await,
            }
        }
    }

    /// Writes down what is noted by now.
    pub(super) async fn write_rest(&self, core: &Core) {
        let mut receiver = self.receiver.lock().await;
        write(core, std::iter::from_fn(|| receiver.try_recv().ok())).await;
    }
}

async fn write(core: &Core, notes: impl Iterator<Item = Note>) {
    let mut surfaces: HashMap<&str, HashMap<i64, i64>> = HashMap::new();
    for Note { surface, account_id, version } in notes {
        let mark = surfaces.entry(surface).or_default().entry(account_id).or_default();
        *mark = version.max(*mark);
    }
    for (surface, marks) in surfaces {
        if let Err(error) = core.chats.mark_delivered(surface, &marks).await {
            tracing::warn!(%error, surface, "deliveries were not written down; their messages come again");
        }
    }
}
