//! Who came and went, and who is told of it.

use std::collections::{HashMap, HashSet};

use super::{LISTING_PATIENCE, Presence, in_time, queries};
use crate::database::DatabaseError;
use crate::events::Event;
use crate::ports::clock::Timestamp;
use crate::ports::presence::PresenceStoreError;

/// Somebody came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub account_id: i64,
    /// Whether they came.
    pub online: bool,
    /// When they came, or were last seen.
    pub at: Timestamp,
}

/// Presence could not be told.
#[derive(Debug, thiserror::Error)]
pub enum PresenceError {
    /// The store is away.
    #[error(transparent)]
    Store(#[from] PresenceStoreError),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Presence {
    /// Accounts have a socket at `node`; say so again before the lease lapses. Answers who came by it, to be
    /// told (see [`Self::tell`]).
    ///
    /// # Errors
    /// The store is away. Enter them all again later.
    pub async fn enter(&self, node: &str, accounts: &[i64]) -> Result<Vec<Turn>, PresenceStoreError> {
        let horizon = self.horizon();
        let came = self.store.enter(node, accounts, horizon).await?;
        Ok(came.into_iter().map(|account_id| Turn { account_id, online: true, at: horizon.now }).collect())
    }

    /// Accounts have no socket at `node` any more. Answers who went by it, to be told.
    ///
    /// # Errors
    /// The store is away. Their leases lapse.
    pub async fn leave(&self, node: &str, accounts: &[i64]) -> Result<Vec<Turn>, PresenceStoreError> {
        let horizon = self.horizon();
        let gone = self.store.leave(node, accounts, horizon).await?;
        Ok(gone.into_iter().map(|account_id| Turn { account_id, online: false, at: horizon.now }).collect())
    }

    /// Takes away what nodes have left behind that are no more. Answers who went by it, to be told, and
    /// whether there is more.
    ///
    /// # Errors
    /// The store is away.
    pub async fn sweep(&self) -> Result<(Vec<Turn>, bool), PresenceStoreError> {
        let swept = self.store.sweep(self.horizon()).await?;
        let turn = |(account_id, at)| Turn { account_id, online: false, at };
        Ok((swept.gone.into_iter().map(turn).collect(), swept.more))
    }

    /// Lists those who came, and tells those of their connections who have a socket who came and went. Whoever
    /// hides is neither listed nor told of, nor is what was true for so short that it no longer is.
    ///
    /// # Errors
    /// The store is away, or the database refuses: nothing was told, or all of it may be told again.
    pub async fn tell(&self, turns: &[Turn]) -> Result<(), PresenceError> {
        let accounts: Vec<i64> = turns.iter().map(|turn| turn.account_id).collect();
        let ties = queries::shown_ties(self.writer.database(), &accounts).await?;
        let came: Vec<i64> = turns.iter().filter(|turn| turn.online).map(|turn| turn.account_id).collect();
        let shown: Vec<i64> = came.into_iter().filter(|account| ties.contains_key(account)).collect();
        if !shown.is_empty() {
            self.store.show(&shown, self.horizon()).await?;
        }
        self.publish(turns, &ties).await?;
        Ok(())
    }

    /// The account hides from now on: it is off every list, and those of its connections who have a socket are
    /// told that it went. What the store could not be told is made good when somebody asks.
    pub async fn hide(&self, account_id: i64) {
        if let Err(error) = in_time(LISTING_PATIENCE, self.hidden(account_id)).await {
            tracing::warn!(%error, account_id, "connections were not told of somebody who hides");
        }
    }

    async fn hidden(&self, account_id: i64) -> Result<(), PresenceError> {
        self.store.hide(&[account_id]).await?;
        if !self.is_connected(account_id).await? {
            return Ok(());
        }
        let others = queries::ties(self.writer.database(), account_id, i64::MAX).await?;
        let turn = Turn { account_id, online: false, at: self.writer.now() };
        let connected = self.connected_of(&others).await?;
        self.writer.publish(event(turn, &others, &connected));
        Ok(())
    }

    /// The account hides no longer: if it has a socket, it is listed, and its connections are told that it
    /// came. What the store could not be told comes with its next socket or request.
    pub async fn show(&self, account_id: i64) {
        if let Err(error) = in_time(LISTING_PATIENCE, self.no_longer_hidden(account_id)).await {
            tracing::warn!(%error, account_id, "connections were not told of somebody who no longer hides");
        }
    }

    async fn no_longer_hidden(&self, account_id: i64) -> Result<(), PresenceError> {
        if self.is_connected(account_id).await? {
            self.tell(&[Turn { account_id, online: true, at: self.writer.now() }]).await?;
        }
        Ok(())
    }

    async fn is_connected(&self, account_id: i64) -> Result<bool, PresenceStoreError> {
        Ok(!self.connected_of(&[account_id]).await?.is_empty())
    }

    /// Those of `accounts` who have a live socket.
    async fn connected_of(&self, accounts: &[i64]) -> Result<HashSet<i64>, PresenceStoreError> {
        let seen = self.store.seen(accounts, self.horizon()).await?;
        Ok(seen.into_iter().filter(|seen| seen.connected).map(|seen| seen.account_id).collect())
    }

    async fn publish(&self, turns: &[Turn], ties: &HashMap<i64, Vec<i64>>) -> Result<(), PresenceStoreError> {
        let everybody: HashSet<i64> =
            ties.iter().flat_map(|(account, others)| others.iter().chain([account])).copied().collect();
        let connected = self.connected_of(&everybody.into_iter().collect::<Vec<_>>()).await?;
        // Whoever went from one node and came to another meanwhile did not go.
        let true_still = turns.iter().filter(|turn| connected.contains(&turn.account_id) == turn.online);
        let told = true_still.filter_map(|turn| event(*turn, ties.get(&turn.account_id)?, &connected));
        self.writer.publish(told);
        Ok(())
    }
}

/// What those are told who are tied to an account and have a socket, if there are any.
fn event(turn: Turn, others: &[i64], connected: &HashSet<i64>) -> Option<Event> {
    let Turn { account_id, online, at } = turn;
    let to: Vec<i64> = others.iter().copied().filter(|other| connected.contains(other)).collect();
    (!to.is_empty()).then_some(Event::Presence { account_id, online, at, to })
}
