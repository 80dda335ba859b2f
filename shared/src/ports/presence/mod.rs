//! Presence: who has a live socket on any node, who asked for something lately, and who of them is to be
//! listed.
//!
//! A node is an API process. It enters the accounts that have a socket there, and enters them again before
//! its lease on them lapses; what it did not enter for so long has lapsed, and is found by the next sweep of
//! whoever lives. Entries are what was told: an account came when it had none anywhere, and is gone when the
//! last one is taken away, by whichever node that happens to be.

mod embedded;
mod redis;
mod script;
#[cfg(all(test, feature = "testing"))]
mod tests;

use async_trait::async_trait;

pub use embedded::EmbeddedPresence;
pub use redis::RedisPresence;

use super::clock::Timestamp;

/// Accounts that one step in Redis is about, and that one sweep takes away, at most: none holds up the others
/// for long.
pub(crate) const CHUNK: usize = 500;

/// Presence can't be known now.
#[derive(Debug, thiserror::Error)]
#[error("presence is not known: {0}")]
pub struct PresenceStoreError(pub String);

/// The moment of a question, and since when what was seen still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Now.
    pub now: Timestamp,
    /// A socket that was entered after this is live.
    pub sockets_since: Timestamp,
    /// A request after this was lately.
    pub requests_since: Timestamp,
}

/// Somebody who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Who.
    pub account_id: i64,
    /// When they were last seen, with a socket or by a request.
    pub at: Timestamp,
    /// Whether they have a live socket.
    pub connected: bool,
}

/// What a sweep has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Who is gone, and when they were last seen with a socket.
    pub gone: Vec<(i64, Timestamp)>,
    /// Whether there is more to sweep.
    pub more: bool,
}

/// Keeps who is present. It may lose everything; the nodes enter it again.
#[async_trait]
pub trait PresenceStore: std::fmt::Debug + Send + Sync {
    /// Accounts have a socket at `node`, now; answers those who had no entry anywhere. Nobody is listed by
    /// it (see [`Self::show`]).
    ///
    /// # Errors
    /// The store is away. Some may have been entered.
    async fn enter(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError>;

    /// Accounts have no socket at `node` any more; answers those who had one there, and have no live one
    /// anywhere now.
    ///
    /// # Errors
    /// The store is away. Some may have been taken away.
    async fn leave(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError>;

    /// Takes away what has lapsed, a bounded part of it. Whoever is gone by it is answered once, to one of
    /// those who sweep at the same time.
    ///
    /// # Errors
    /// The store is away.
    async fn sweep(&self, horizon: Horizon) -> Result<Swept, PresenceStoreError>;

    /// An account asked for something at `now`, and is listed.
    ///
    /// # Errors
    /// The store is away.
    async fn saw(&self, account_id: i64, now: Timestamp) -> Result<(), PresenceStoreError>;

    /// Who of `accounts` has a live socket or asked for something lately.
    ///
    /// # Errors
    /// The store is away.
    async fn seen(&self, accounts: &[i64], horizon: Horizon) -> Result<Vec<Seen>, PresenceStoreError>;

    /// Lists those of `accounts` who are there.
    ///
    /// # Errors
    /// The store is away.
    async fn show(&self, accounts: &[i64], horizon: Horizon) -> Result<(), PresenceStoreError>;

    /// Takes accounts off the list, until they are shown or ask for something.
    ///
    /// # Errors
    /// The store is away.
    async fn hide(&self, accounts: &[i64]) -> Result<(), PresenceStoreError>;

    /// At most `limit` (up to 1,000) of those who are listed, from the highest id down, after the first
    /// `offset`; as if the `excluded` were not there. In Redis it costs no more the further down it is, but each of
    /// the excluded costs; in memory what lies before it is passed over.
    ///
    /// # Errors
    /// The store is away.
    async fn page(
        &self,
        excluded: &[i64],
        offset: u32,
        limit: u32,
        horizon: Horizon,
    ) -> Result<Vec<Seen>, PresenceStoreError>;
}
