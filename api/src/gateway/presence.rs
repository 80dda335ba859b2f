//! Presence: tells the core who has a socket here, and through it those whom it concerns.
//!
//! Sockets that open and close name their accounts here, and one step looks at all that wait: whether the
//! account has a socket then is what counts, so one who is back at once has never gone.

use std::sync::Arc;
use std::time::Duration;

use shared::Core;
use shared::ports::presence::PresenceStoreError;
use shared::presence::{Kind, Turn};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::registry::Registry;

/// Accounts looked at in one step.
const BATCH: usize = 500;
/// How long it takes until what could not be told is told again.
const AGAIN: Duration = Duration::from_secs(1);

/// The accounts whose sockets have opened or closed here.
#[derive(Debug, Clone)]
pub(super) struct Sightings {
    /// What this process is called: new with every start, so that what one has left behind is no other's.
    node: Arc<str>,
    sender: UnboundedSender<i64>,
    receiver: Arc<Mutex<UnboundedReceiver<i64>>>,
}

impl Default for Sightings {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let node = format!("{:016x}", rand::random::<u64>());
        Self { node: node.into(), sender, receiver: Arc::new(Mutex::new(receiver)) }
    }
}

impl Sightings {
    /// A socket of the account has opened or closed.
    pub(super) fn look_at(&self, account_id: i64) {
        // Never refused: the receiver lives here too. After the last run it lies unread, and all leave.
        let _ = self.sender.send(account_id);
    }

    /// Looks at accounts as they are named, and at all that are connected before their leases lapse, and tells
    /// whom it concerns, until `stop`.
    pub(super) async fn run(&self, core: &Core, registry: &Registry, stop: CancellationToken) {
        // Beside each other: however long telling takes, leases are renewed.
        let both = async { tokio::join!(self.follow(core, registry), tell_on(core)) };
        stop.run_until_cancelled(both).await;
    }

    async fn follow(&self, core: &Core, registry: &Registry) {
        let mut receiver = self.receiver.lock().await;
        let every = core.config.gateway.presence_refresh.unsigned_abs();
        let mut ticks = tokio::time::interval(Duration::from_secs(every));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut named = Vec::new();
        let mut sweeping = false;
        loop {
            tokio::select! {
                // Leases before all else.
                biased;
                _ = ticks.tick() => {
                    self.renew(core, registry).await;
                    // Not before: of a process that has paused, the own leases may have lapsed.
                    sweeping = true;
                }
                _ = receiver.recv_many(&mut named, BATCH) => {
                    self.look(core, registry, &named).await;
                    named.clear();
                }
                () = std::future::ready(()), if sweeping && core.presence.has_room() => {}
            }
            if sweeping && core.presence.has_room() {
                sweeping = sweep(core).await;
            }
        }
    }

    /// Enters those who have a socket here, and takes away the others.
    async fn look(&self, core: &Core, registry: &Registry, named: &[i64]) {
        let (here, gone): (Vec<i64>, Vec<i64>) = named.iter().partition(|account| registry.has(**account));
        if !here.is_empty() {
            self.enter(core, &here).await;
        }
        if !gone.is_empty() {
            self.leave(core, &gone).await;
        }
    }

    /// Enters everybody who has a socket here, which makes good what the store has lost.
    async fn renew(&self, core: &Core, registry: &Registry) {
        let (accounts, _) = registry.connected();
        for accounts in accounts.chunks(BATCH) {
            if !self.enter(core, accounts).await {
                return; // the next time: each part may wait for its time-out
            }
        }
    }

    /// The process stops: its accounts have no socket here any more. Part by part they are taken away and told
    /// of; those that are not reached in time keep their leases, and other nodes tell when these have lapsed.
    pub(super) async fn depart(&self, core: &Core, accounts: &[i64]) {
        for accounts in accounts.chunks(BATCH) {
            if !self.leave(core, accounts).await || !tell_all(core).await {
                return;
            }
        }
        tell_all(core).await;
    }

    /// Enters accounts, and keeps who came by it to be told; answers whether the store did.
    async fn enter(&self, core: &Core, accounts: &[i64]) -> bool {
        keep(core, accounts, Kind::Came, core.presence.enter(&self.node, accounts).await)
    }

    /// Takes accounts away, and keeps who went by it to be told; answers whether the store did.
    async fn leave(&self, core: &Core, accounts: &[i64]) -> bool {
        keep(core, accounts, Kind::Went, core.presence.leave(&self.node, accounts).await)
    }
}

fn keep(core: &Core, accounts: &[i64], kind: Kind, turns: Result<Vec<Turn>, PresenceStoreError>) -> bool {
    match turns {
        Ok(turns) => {
            core.presence.keep(turns);
            true
        }
        Err(error) => {
            tracing::warn!(%error, accounts = accounts.len(), "who came or went is not known");
            core.presence.doubt(accounts, kind);
            false
        }
    }
}

/// Takes away a part of what nodes that are no more have left behind; answers whether there is more.
async fn sweep(core: &Core) -> bool {
    match core.presence.sweep().await {
        Ok((turns, more)) => {
            core.presence.keep(turns);
            more
        }
        Err(error) => {
            tracing::warn!(%error, "presence was not swept");
            false
        }
    }
}

/// Tells who came and went, as it becomes known.
async fn tell_on(core: &Core) {
    loop {
        core.presence.untold().await;
        if !tell_all(core).await {
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// Tells all that is kept to be told; answers whether it could.
async fn tell_all(core: &Core) -> bool {
    loop {
        match core.presence.tell_some().await {
            Ok(true) => {}
            Ok(false) => return true,
            Err(error) => {
                tracing::warn!(%error, "who came and went was not told yet");
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::testing::TestBed;

    use super::*;

    #[tokio::test]
    async fn a_stop_that_can_t_tell_leaves_the_rest_to_others() {
        let bed = TestBed::new(|_| {}).await;
        let (core, sightings) = (bed.core().await, Sightings::default());
        let accounts: Vec<i64> = (1..=1_200).collect();
        for accounts in accounts.chunks(BATCH) {
            assert!(sightings.enter(&core, accounts).await);
        }
        TestBed::execute(&core, "ALTER TABLE connections RENAME TO away").await;
        sightings.depart(&core, &accounts).await;
        let left = core.presence.enter("another", &accounts).await.expect("entered");
        let left: Vec<i64> = left.iter().map(|turn| turn.account_id).collect();
        assert_eq!(left, accounts[..BATCH], "the others are still entered");
        TestBed::execute(&core, "ALTER TABLE away RENAME TO connections").await;
    }
}
