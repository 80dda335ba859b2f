//! The bus of the embedded mode: one process tells itself.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{CAPACITY, EventBus, EventBusError, Heard};
use crate::events::Envelope;

/// In memory.
#[derive(Debug)]
pub struct EmbeddedEvents(broadcast::Sender<Heard>);

impl Default for EmbeddedEvents {
    fn default() -> Self {
        Self(broadcast::Sender::new(CAPACITY))
    }
}

#[async_trait]
impl EventBus for EmbeddedEvents {
    async fn publish(&self, envelope: &Envelope) -> Result<(), EventBusError> {
        // Nobody listening is nobody to tell.
        let _ = self.0.send(Heard::Events(Arc::new(envelope.clone())));
        Ok(())
    }

    fn subscribe(&self) -> broadcast::Receiver<Heard> {
        self.0.subscribe()
    }

    async fn settle(&self) -> Result<(), EventBusError> {
        Ok(())
    }
}
