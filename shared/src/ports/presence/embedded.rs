//! Presence of the embedded mode: in memory.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{CHUNK, Horizon, PresenceStore, PresenceStoreError, Seen, Swept};
use crate::ports::clock::Timestamp;

/// In memory.
#[derive(Debug, Default)]
pub struct EmbeddedPresence(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// When the accounts with a socket were last entered, by node.
    nodes: HashMap<String, HashMap<i64, Timestamp>>,
    /// When accounts last asked for something.
    requests: HashMap<i64, Timestamp>,
    /// The same by time, for what has become old.
    by_time: BTreeSet<(Timestamp, i64)>,
    /// Who is listed.
    present: BTreeSet<i64>,
}

impl Known {
    /// When the account was last entered by any node.
    fn entered(&self, account: i64) -> Option<Timestamp> {
        self.nodes.values().filter_map(|accounts| accounts.get(&account).copied()).max()
    }

    fn connected(&self, account: i64, horizon: Horizon) -> Option<Timestamp> {
        self.entered(account).filter(|at| *at > horizon.sockets_since)
    }

    fn asked(&self, account: i64, horizon: Horizon) -> Option<Timestamp> {
        self.requests.get(&account).copied().filter(|at| *at > horizon.requests_since)
    }

    fn seen(&self, account_id: i64, horizon: Horizon) -> Option<Seen> {
        let (socket, request) = (self.connected(account_id, horizon), self.asked(account_id, horizon));
        let at = socket.max(request)?;
        Some(Seen { account_id, at, connected: socket.is_some() })
    }

    fn prune_requests(&mut self, horizon: Horizon) {
        while let Some((at, account)) = self.by_time.first().copied().filter(|(at, _)| *at <= horizon.requests_since) {
            self.by_time.remove(&(at, account));
            self.requests.remove(&account);
            if self.entered(account).is_none() {
                self.present.remove(&account);
            }
        }
    }

    /// Takes an account off the list that has no socket any more, unless it asked for something lately.
    fn unlist(&mut self, account: i64, horizon: Horizon) {
        if self.asked(account, horizon).is_none() {
            self.present.remove(&account);
        }
    }
}

impl EmbeddedPresence {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl PresenceStore for EmbeddedPresence {
    async fn enter(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        let mut known = self.known();
        let came = accounts.iter().copied().filter(|account| known.entered(*account).is_none()).collect();
        let entries = known.nodes.entry(node.to_owned()).or_default();
        entries.extend(accounts.iter().map(|account| (*account, horizon.now)));
        Ok(came)
    }

    async fn leave(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        let mut known = self.known();
        let mut gone = Vec::new();
        for account in accounts {
            let had = known.nodes.get_mut(node).and_then(|entries| entries.remove(account)).is_some();
            if had && known.connected(*account, horizon).is_none() {
                // What lapsed elsewhere is told now, so no sweep tells it again.
                for entries in known.nodes.values_mut() {
                    entries.remove(account);
                }
                known.unlist(*account, horizon);
                gone.push(*account);
            }
        }
        known.nodes.retain(|_, entries| !entries.is_empty());
        Ok(gone)
    }

    async fn sweep(&self, horizon: Horizon) -> Result<Swept, PresenceStoreError> {
        let mut known = self.known();
        known.prune_requests(horizon);
        let mut lapsed = Vec::new();
        for entries in known.nodes.values_mut() {
            let room = CHUNK - lapsed.len();
            lapsed.extend(entries.extract_if(|_, at| *at <= horizon.sockets_since).take(room));
        }
        known.nodes.retain(|_, entries| !entries.is_empty());
        let more = lapsed.len() == CHUNK;
        // Of an account that lapsed at more than one node, the last time counts.
        lapsed.sort_unstable_by_key(|(account, at)| (*account, std::cmp::Reverse(*at)));
        lapsed.dedup_by_key(|(account, _)| *account);
        lapsed.retain(|(account, _)| known.entered(*account).is_none());
        for (account, _) in &lapsed {
            known.unlist(*account, horizon);
        }
        Ok(Swept { gone: lapsed, more })
    }

    async fn saw(&self, account_id: i64, now: Timestamp) -> Result<(), PresenceStoreError> {
        let mut known = self.known();
        if let Some(before) = known.requests.insert(account_id, now) {
            known.by_time.remove(&(before, account_id));
        }
        known.by_time.insert((now, account_id));
        known.present.insert(account_id);
        Ok(())
    }

    async fn seen(&self, accounts: &[i64], horizon: Horizon) -> Result<Vec<Seen>, PresenceStoreError> {
        let known = self.known();
        Ok(accounts.iter().filter_map(|account| known.seen(*account, horizon)).collect())
    }

    async fn show(&self, accounts: &[i64], horizon: Horizon) -> Result<(), PresenceStoreError> {
        let mut known = self.known();
        let shown: Vec<i64> =
            accounts.iter().copied().filter(|account| known.seen(*account, horizon).is_some()).collect();
        known.present.extend(shown);
        Ok(())
    }

    async fn hide(&self, accounts: &[i64]) -> Result<(), PresenceStoreError> {
        let mut known = self.known();
        for account in accounts {
            known.present.remove(account);
        }
        Ok(())
    }

    async fn page(
        &self,
        excluded: &[i64],
        offset: u32,
        limit: u32,
        horizon: Horizon,
    ) -> Result<Vec<Seen>, PresenceStoreError> {
        let mut known = self.known();
        known.prune_requests(horizon);
        let excluded: HashSet<i64> = excluded.iter().copied().collect();
        let listed = known.present.iter().rev().filter(|account| !excluded.contains(account));
        let page = listed.skip(offset as usize).take(limit as usize);
        Ok(page.filter_map(|account| known.seen(*account, horizon)).collect())
    }
}
