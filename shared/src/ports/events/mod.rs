//! The event bus: from whoever commits a change to every API process.

mod embedded;
mod redis;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;

pub use embedded::EmbeddedEvents;
pub use redis::RedisEvents;

use crate::events::Envelope;

/// Events could not be published.
#[derive(Debug, thiserror::Error)]
#[error("the event bus is away: {0}")]
pub struct EventBusError(pub String);

/// What a subscriber hears.
#[derive(Debug, Clone)]
pub enum Heard {
    /// Events.
    Events(Arc<Envelope>),
    /// Something may have been missed: catch up from the database.
    Gap,
}

/// How many messages may wait for a subscriber before it has lagged (which is a gap).
pub(crate) const CAPACITY: usize = 8_192;

/// Carries events to every API process. It may lose them; nothing but time is lost with them.
#[async_trait]
pub trait EventBus: std::fmt::Debug + Send + Sync {
    /// Publishes, in the order of the calls.
    ///
    /// # Errors
    /// The bus is away; the events are lost.
    async fn publish(&self, envelope: &Envelope) -> Result<(), EventBusError>;

    /// Hears everything from now on. A receiver that lags has a gap.
    fn subscribe(&self) -> broadcast::Receiver<Heard>;

    /// Returns once everything published before the call has been received here, as far as the bus
    /// can tell: what a catch-up waits for before it reads the database.
    ///
    /// # Errors
    /// The bus is away.
    async fn settle(&self) -> Result<(), EventBusError>;
}
