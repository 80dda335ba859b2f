//! Socket tickets: single use, short-lived, so that a browser can open a socket without a token in
//! its address.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::TimeDelta;
use fred::interfaces::KeysInterface;
use fred::types::Expiration;

use super::RedisClients;
use super::clock::{Clock, Timestamp};

/// Tickets can be neither given nor taken now.
#[derive(Debug, thiserror::Error)]
#[error("tickets are not available: {0}")]
pub struct TicketError(pub String);

/// Keeps what a ticket stands for until it is taken. Keys are hashes of tickets.
#[async_trait]
pub trait Tickets: std::fmt::Debug + Send + Sync {
    /// Keeps `value` under `key` for `seconds`.
    ///
    /// # Errors
    /// The store is away.
    async fn put(&self, key: &str, value: &str, seconds: i64) -> Result<(), TicketError>;

    /// Takes what is under `key`: a second call finds nothing.
    ///
    /// # Errors
    /// The store is away.
    async fn take(&self, key: &str) -> Result<Option<String>, TicketError>;
}

/// In memory.
#[derive(Debug)]
pub struct EmbeddedTickets {
    clock: Arc<dyn Clock>,
    kept: Mutex<HashMap<String, (Timestamp, String)>>,
}

impl EmbeddedTickets {
    /// With times from `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, kept: Mutex::default() }
    }
}

#[async_trait]
impl Tickets for EmbeddedTickets {
    async fn put(&self, key: &str, value: &str, seconds: i64) -> Result<(), TicketError> {
        let now = self.clock.now();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (until, _)| *until > now);
        kept.insert(key.to_owned(), (now + TimeDelta::seconds(seconds), value.to_owned()));
        Ok(())
    }

    async fn take(&self, key: &str) -> Result<Option<String>, TicketError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.remove(key).filter(|(until, _)| *until > self.clock.now()).map(|(_, value)| value))
    }
}

/// In Redis, which expires them by its own clock.
#[derive(Debug)]
pub struct RedisTickets(RedisClients);

impl RedisTickets {
    /// Over `clients`.
    #[must_use]
    pub fn new(clients: RedisClients) -> Self {
        Self(clients)
    }

    fn key(&self, key: &str) -> String {
        format!("{}:ticket:{key}", self.0.prefix)
    }
}

#[async_trait]
impl Tickets for RedisTickets {
    async fn put(&self, key: &str, value: &str, seconds: i64) -> Result<(), TicketError> {
        self.0.connected().map_err(|error| TicketError(error.to_string()))?;
        let expiration = Some(Expiration::EX(seconds));
        let put: Result<(), _> = self.0.commands.set(self.key(key), value, expiration, None, false).await;
        put.map_err(|error| TicketError(error.to_string()))
    }

    async fn take(&self, key: &str) -> Result<Option<String>, TicketError> {
        self.0.connected().map_err(|error| TicketError(error.to_string()))?;
        self.0.commands.getdel(self.key(key)).await.map_err(|error| TicketError(error.to_string()))
    }
}
