//! Presence: tells the core who has a socket here, and through it those whom it concerns.
//!
//! Sockets that open and close name their accounts here, and one step looks at all that wait: whether the
//! account has a socket then is what counts, so one who is back at once has never gone.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use shared::Core;
use shared::ports::presence::PresenceStoreError;
use shared::presence::Turn;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::registry::Registry;

/// Accounts looked at in one step, and told of in one.
const BATCH: usize = 500;

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

    /// Looks at accounts as they are named, and at all that are connected before their leases lapse, until
    /// `stop`.
    pub(super) async fn run(&self, core: &Core, registry: &Registry, stop: CancellationToken) {
        let mut receiver = self.receiver.lock().await;
        let every = core.config.gateway.presence_refresh.unsigned_abs();
        let mut ticks = tokio::time::interval(Duration::from_secs(every));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut named = Vec::new();
        let mut untold = Untold::default();
        loop {
            let due = tokio::select! {
                () = stop.cancelled() => return,
                _ = receiver.recv_many(&mut named, BATCH) => false,
                _ = ticks.tick() => true,
            };
            let step = async {
                if due {
                    self.refresh(core, registry, &mut untold).await;
                } else {
                    self.look(core, registry, &named, &mut untold).await;
                }
                untold.tell(core).await;
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = step => named.clear(),
            }
        }
    }

    /// Enters those who have a socket here, and takes away the others.
    async fn look(&self, core: &Core, registry: &Registry, named: &[i64], untold: &mut Untold) {
        let (here, gone): (Vec<i64>, Vec<i64>) = named.iter().partition(|account| registry.has(**account));
        if !here.is_empty() {
            untold.add_known(core.presence.enter(&self.node, &here).await);
        }
        if !gone.is_empty() {
            untold.add_known(core.presence.leave(&self.node, &gone).await);
        }
    }

    /// Enters everybody who has a socket here, which makes good what the store has lost, and sweeps what
    /// nodes that are no more have left behind.
    async fn refresh(&self, core: &Core, registry: &Registry, untold: &mut Untold) {
        let (accounts, _) = registry.connected();
        untold.add_known(core.presence.enter(&self.node, &accounts).await);
        loop {
            match core.presence.sweep().await {
                Ok((turns, more)) => {
                    untold.add(turns);
                    if !more {
                        return;
                    }
                }
                Err(error) => return tracing::warn!(%error, "presence was not swept"),
            }
        }
    }

    /// The process stops: its accounts have no socket here any more.
    pub(super) async fn depart(&self, core: &Core, accounts: &[i64]) {
        let mut untold = Untold::default();
        untold.add_known(core.presence.leave(&self.node, accounts).await);
        untold.tell(core).await;
    }
}

/// Who came and went and was not told of yet: the last turn of each.
#[derive(Debug, Default)]
struct Untold(HashMap<i64, Turn>);

impl Untold {
    fn add(&mut self, turns: Vec<Turn>) {
        self.0.extend(turns.into_iter().map(|turn| (turn.account_id, turn)));
    }

    fn add_known(&mut self, turns: Result<Vec<Turn>, PresenceStoreError>) {
        match turns {
            Ok(turns) => self.add(turns),
            // The next refresh makes it good, or the lease lapses.
            Err(error) => tracing::warn!(%error, "who came and went is not known"),
        }
    }

    /// Tells; what could not be told waits for the next step.
    async fn tell(&mut self, core: &Core) {
        while !self.0.is_empty() {
            let turns: Vec<Turn> = self.0.values().copied().take(BATCH).collect();
            if let Err(error) = core.presence.tell(&turns).await {
                tracing::warn!(%error, waiting = self.0.len(), "who came and went was not told");
                return;
            }
            for turn in turns {
                self.0.remove(&turn.account_id);
            }
        }
    }
}
