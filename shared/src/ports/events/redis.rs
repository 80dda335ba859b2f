//! The bus of production: one Redis channel.

use std::sync::Arc;

use async_trait::async_trait;
use fred::interfaces::{ClientLike, EventInterface, PubsubInterface};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::{CAPACITY, EventBus, EventBusError, Heard};
use crate::events::Envelope;
use crate::ports::{RedisClients, RedisError};

impl From<RedisError> for EventBusError {
    fn from(error: RedisError) -> Self {
        Self(error.to_string())
    }
}

/// Publishes to `{prefix}:events`, and hears it once [`Self::listen`] runs.
#[derive(Debug)]
pub struct RedisEvents {
    clients: RedisClients,
    channel: String,
    heard: broadcast::Sender<Heard>,
}

impl RedisEvents {
    /// Over `clients`.
    #[must_use]
    pub fn new(clients: RedisClients) -> Self {
        let channel = format!("{}:events", clients.prefix);
        Self { clients, channel, heard: broadcast::Sender::new(CAPACITY) }
    }

    /// Subscribes and passes on what is heard until `stop`. Every reconnection, lag or unreadable
    /// message is a [`Heard::Gap`].
    pub async fn listen(&self, stop: CancellationToken) {
        let mut messages = self.clients.subscriber.message_rx();
        let mut reconnections = self.clients.reconnections();
        let subscribe = self.clients.subscriber.subscribe(self.channel.clone());
        tokio::pin!(subscribe);
        let mut subscribed = false;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                result = &mut subscribe, if !subscribed => {
                    subscribed = true;
                    match result {
                        Ok(()) => self.pass(Heard::Gap),
                        Err(error) => tracing::warn!(%error, "events: not subscribed yet"),
                    }
                }
                reconnected = reconnections.recv() => {
                    if matches!(reconnected, Err(RecvError::Closed)) {
                        return;
                    }
                    self.resubscribe().await;
                }
                message = messages.recv() => match message {
                    Ok(message) if *message.channel == *self.channel => self.pass(read(&message.value)),
                    Ok(_) => {}
                    Err(RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "events: lagged");
                        self.pass(Heard::Gap);
                    }
                    Err(RecvError::Closed) => return,
                },
            }
        }
    }

    /// After a reconnection: subscribes anew, and only then tells of the gap, so that the catch-up
    /// that follows reads no earlier than the subscription begins.
    async fn resubscribe(&self) {
        match self.clients.subscriber.subscribe(self.channel.clone()).await {
            Ok(()) => self.pass(Heard::Gap),
            // The connection broke again; its next life comes here again.
            Err(error) => tracing::warn!(%error, "events: not subscribed yet"),
        }
    }

    fn pass(&self, heard: Heard) {
        // Nobody listening is nobody to tell.
        let _ = self.heard.send(heard);
    }
}

fn read(value: &fred::types::Value) -> Heard {
    let envelope = value.as_str().map(|text| Envelope::decode(&text));
    match envelope {
        Some(Ok(envelope)) => Heard::Events(Arc::new(envelope)),
        Some(Err(error)) => {
            tracing::warn!(%error, "an event could not be read");
            Heard::Gap
        }
        None => Heard::Gap,
    }
}

#[async_trait]
impl EventBus for RedisEvents {
    async fn publish(&self, envelope: &Envelope) -> Result<(), EventBusError> {
        self.clients.connected()?;
        let () = self.clients.commands.publish(self.channel.clone(), envelope.encode()).await?;
        Ok(())
    }

    fn subscribe(&self) -> broadcast::Receiver<Heard> {
        self.heard.subscribe()
    }

    async fn settle(&self) -> Result<(), EventBusError> {
        self.clients.connected()?;
        // `subscribe` resolves when it is written; an answer on the same connection comes after
        // whatever the server sent before.
        let () = self.clients.subscriber.ping(None).await?;
        Ok(())
    }
}
