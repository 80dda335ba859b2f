//! One publisher a process: events leave in the order in which their changes were committed, and
//! those that wait together leave in one message.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

use super::{Envelope, Event};
use crate::metrics::Metrics;
use crate::ports::events::EventBus;

/// Events in one message at most.
const BATCH: usize = 256;

/// A handle to the publisher of this process.
#[derive(Clone)]
pub struct Publisher {
    sender: UnboundedSender<Event>,
    receiver: Arc<Mutex<UnboundedReceiver<Event>>>,
    bus: Arc<dyn EventBus>,
    metrics: Metrics,
}

impl std::fmt::Debug for Publisher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Publisher").field("bus", &self.bus).finish_non_exhaustive()
    }
}

impl Publisher {
    /// Publishes to `bus`; [`Self::run`] sets it to work.
    pub fn new(bus: Arc<dyn EventBus>, metrics: Metrics) -> Self {
        let (sender, receiver) = unbounded_channel();
        Self { sender, receiver: Arc::new(Mutex::new(receiver)), bus, metrics }
    }

    /// Takes over the events of a committed change. Call it right after the commit.
    pub fn publish(&self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            // Never refused: the receiver lives here too. After the last run it lies unread, and
            // sockets catch up from the database.
            let _ = self.sender.send(event);
        }
    }

    /// Publishes until `stop`, then what is still here.
    pub async fn run(&self, stop: CancellationToken) {
        let mut receiver = self.receiver.lock().await;
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                _ = receiver.recv_many(&mut batch, BATCH) => {
                    if !self.send(std::mem::take(&mut batch)).await {
                        // The bus is away: what waits is as lost as what was refused.
                        let mut lost = 0;
                        while receiver.try_recv().is_ok() {
                            lost += 1;
                        }
                        self.metrics.traffic().failed(lost);
                    }
                }
            }
        }
        while let Ok(event) = receiver.try_recv() {
            batch.push(event);
        }
        if !batch.is_empty() {
            self.send(batch).await;
        }
    }

    /// Answers whether the events left. They are not kept: each API process compares the versions of
    /// its connected accounts with the database, and sends what is missing.
    async fn send(&self, events: Vec<Event>) -> bool {
        let count = events.len();
        let published = self.bus.publish(&Envelope::new(events)).await;
        match &published {
            Ok(()) => self.metrics.traffic().published(count),
            Err(_) => self.metrics.traffic().failed(count),
        }
        if let Err(error) = &published {
            tracing::warn!(%error, count, "events were not published; sockets will catch up");
        }
        published.is_ok()
    }
}
