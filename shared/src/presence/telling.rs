//! Who came and went, and who is told of it.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;

use super::queries::Tied;
use super::{LISTING_PATIENCE, Presence, in_time, queries};
use crate::database::DatabaseError;
use crate::events::Event;
use crate::ports::clock::Timestamp;
use crate::ports::presence::PresenceStoreError;

/// Turns that are told in one go.
const BATCH: usize = 500;

/// What turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They came.
    Came,
    /// They went.
    Went,
    /// They chose to hide or to be shown. What is true of them when it is told, is told.
    Chose,
}

/// Somebody came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub account_id: i64,
    /// What it was.
    pub kind: Kind,
    /// When they came, were last seen, or chose.
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
    /// The store is away, or its answer was lost: who came is not known (see [`Self::doubt`]). Enter them again.
    pub async fn enter(&self, node: &str, accounts: &[i64]) -> Result<Vec<Turn>, PresenceStoreError> {
        let horizon = self.horizon();
        let came = self.store.enter(node, accounts, horizon).await?;
        Ok(came.into_iter().map(|account_id| Turn { account_id, kind: Kind::Came, at: horizon.now }).collect())
    }

    /// Accounts have no socket at `node` any more. Answers who went by it, to be told.
    ///
    /// # Errors
    /// The store is away, or its answer was lost: who went is not known (see [`Self::doubt`]). If they are still
    /// entered, their leases lapse.
    pub async fn leave(&self, node: &str, accounts: &[i64]) -> Result<Vec<Turn>, PresenceStoreError> {
        let horizon = self.horizon();
        let gone = self.store.leave(node, accounts, horizon).await?;
        Ok(gone.into_iter().map(|account_id| Turn { account_id, kind: Kind::Went, at: horizon.now }).collect())
    }

    /// Takes away what nodes have left behind that are no more. Answers who went by it, to be told, and
    /// whether there is more.
    ///
    /// # Errors
    /// The store is away. What was taken away by a sweep whose answer was lost, nobody is told.
    pub async fn sweep(&self) -> Result<(Vec<Turn>, bool), PresenceStoreError> {
        let swept = self.store.sweep(self.horizon()).await?;
        // A process may have died as soon as it had told that they came: that they went is later.
        let turn = |(account_id, at)| Turn { account_id, kind: Kind::Went, at: at + TimeDelta::microseconds(1) };
        Ok((swept.gone.into_iter().map(turn).collect(), swept.more))
    }

    /// Keeps turns to be told (see [`Self::tell_some`]).
    pub fn keep(&self, turns: Vec<Turn>) {
        self.untold.add(turns);
    }

    /// Accounts may have come or gone, and the store did not say who of them did. All are kept to be told, as
    /// far as there is room: of whom it is not true then, nothing is told; of some it is told again.
    pub fn doubt(&self, accounts: &[i64], kind: Kind) {
        if self.untold.has_room() {
            let at = self.writer.now();
            self.untold.add(accounts.iter().map(|account_id| Turn { account_id: *account_id, kind, at }));
        }
    }

    /// Whether there is room for the turns of a sweep.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.untold.has_room()
    }

    /// Waits until turns are kept to be told. One task may wait.
    pub async fn untold(&self) {
        self.untold.some().await;
    }

    /// Tells some of the turns that are kept, and keeps those that can't be told. Answers whether there are more.
    ///
    /// # Errors
    /// The store is away, or the database refuses.
    pub async fn tell_some(&self) -> Result<bool, PresenceError> {
        let turns = self.untold.part(BATCH);
        if !turns.is_empty() {
            self.tell(&turns).await?;
            self.untold.told(&turns);
        }
        Ok(!self.untold.is_empty())
    }

    /// Lists those who came, and tells those of their connections who have a socket who came and went. Whoever
    /// hides is neither listed nor told of, nor is what was true for so short that it no longer is.
    ///
    /// # Errors
    /// The store is away, or the database refuses: nothing was told, or all of it may be told again.
    pub async fn tell(&self, turns: &[Turn]) -> Result<(), PresenceError> {
        let accounts: Vec<i64> = turns.iter().map(|turn| turn.account_id).collect();
        let tied = queries::tied(self.writer.database(), &accounts).await?;
        let hides = |turn: &&Turn| tied.get(&turn.account_id).is_some_and(|tied| tied.hidden);
        let shown = |turn: &&Turn| tied.get(&turn.account_id).is_some_and(|tied| !tied.hidden);
        let id = |turn: &Turn| turn.account_id;
        let list: Vec<i64> = turns.iter().filter(|turn| turn.kind != Kind::Went).filter(shown).map(id).collect();
        if !list.is_empty() {
            self.store.show(&list, self.horizon()).await?;
        }
        let unlist: Vec<i64> = turns.iter().filter(|turn| turn.kind == Kind::Chose).filter(hides).map(id).collect();
        if !unlist.is_empty() {
            self.store.hide(&unlist).await?;
        }
        self.publish(turns, &tied).await?;
        Ok(())
    }

    /// The account hides from now on: it is off every list, and those of its connections who have a socket are
    /// told that it went. What can't be told is kept (see [`Self::tell_some`]).
    pub async fn hide(&self, account_id: i64) {
        self.choose(account_id, true).await;
    }

    /// The account hides no longer: if it has a socket, it is listed, and its connections are told that it
    /// came. What can't be told is kept (see [`Self::tell_some`]).
    pub async fn show(&self, account_id: i64) {
        self.choose(account_id, false).await;
    }

    async fn choose(&self, account_id: i64, hides: bool) {
        let turn = Turn { account_id, kind: Kind::Chose, at: self.writer.now() };
        if let Err(error) = in_time(LISTING_PATIENCE, self.tell_choice(turn, hides)).await {
            tracing::warn!(%error, account_id, "that somebody hides, or no longer does, was not told yet");
            self.untold.add([turn]);
        }
    }

    async fn tell_choice(&self, turn: Turn, hides: bool) -> Result<(), PresenceError> {
        if self.is_connected(turn.account_id).await? {
            return self.tell(&[turn]).await;
        }
        if hides {
            self.store.hide(&[turn.account_id]).await?;
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

    async fn publish(&self, turns: &[Turn], tied: &HashMap<i64, Tied>) -> Result<(), PresenceError> {
        let everybody: HashSet<i64> =
            tied.iter().flat_map(|(account, tied)| tied.others.iter().chain([account])).copied().collect();
        let connected = self.connected_of(&everybody.into_iter().collect::<Vec<_>>()).await?;
        // Read once more, and last: who has chosen to hide meanwhile was told to have gone, and does not come after
        // it. Whoever chooses later tells later.
        let accounts: Vec<i64> = tied.keys().copied().collect();
        let hidden = queries::hidden(self.writer.database(), &accounts).await?;
        let now = self.writer.now();
        let told = turns.iter().filter_map(|turn| {
            let Turn { account_id, kind, at } = *turn;
            let (others, hides) = (&tied.get(&account_id)?.others, hidden.contains(&account_id));
            let has_socket = connected.contains(&account_id);
            let online = has_socket && !hides;
            // Whoever went from one node and came to another meanwhile did not go.
            let (true_still, at) = match kind {
                Kind::Came => (online, at),
                Kind::Went => (!has_socket && !hides, at),
                Kind::Chose => (true, now),
            };
            let to: Vec<i64> = others.iter().copied().filter(|other| connected.contains(other)).collect();
            (true_still && !to.is_empty()).then_some(Event::Presence { account_id, online, at, to })
        });
        self.writer.publish(told);
        Ok(())
    }
}
