//! The WebSocket gateway: relays what the event bus tells to the sockets of this process, and makes
//! good from the database what the bus has lost.
//!
//! [`wire`] tells the languages apart, v1's [`protocol`] and the dialects'; [`session`] decides, without
//! a socket, what a socket sends when, and [`render`] how v1 says it; [`registry`] knows whose sockets are
//! here; [`socket`] moves frames, [`conversation`] answers the client's, those of [`chat`] among them;
//! [`catch_up`] reads what was missed, for all sockets that wait, with one query; [`presence`] tells who came
//! and went; [`marks`] keeps how far dialects have delivered messages, and [`backlog`] tells what lies beyond.
//! [`talk`] are sockets that hear of nothing and answer what is said. [`pulse`] keeps every socket in time.

mod backlog;
mod catch_up;
mod chat;
mod conversation;
mod marks;
mod presence;
pub mod protocol;
mod pulse;
mod registry;
mod render;
pub mod session;
mod socket;
mod talk;
mod traces;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::response::Response;
use shared::Core;
use shared::accounts::Caller;
use shared::events::{Change, Event, InboxEvent};
use shared::notifications::NotificationError;
use shared::ports::events::Heard;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use catch_up::CatchUpQueue;
use marks::DeliveryMarks;
use presence::Sightings;
use registry::{Delivery, Registry};

pub use protocol::{ClientFrame, CloseReason, ServerFrame};
pub use talk::Talk;
pub use wire::{DialectWire, Wire};

/// The largest frame that a client may send, in bytes.
const LARGEST_FRAME: usize = 64 * 1024;
/// What each socket reserves for reading: axum's default would be 128 KiB. What clients say is short; a
/// longer frame is read in parts.
const READ_BUFFER: usize = 1024;
/// How much may wait to be written to a socket whose peer does not read.
const LARGEST_BACKLOG: usize = 512 * 1024;
/// Accounts compared with the database in one query.
const SWEEP_BATCH: usize = 5_000;
/// How long sockets have to say good-bye when the process stops.
const GOODBYE: Duration = Duration::from_secs(5);

/// The gateway of this process.
#[derive(Debug, Clone)]
pub struct Gateway {
    core: Arc<Core>,
    registry: Arc<Registry>,
    catch_ups: CatchUpQueue,
    marks: DeliveryMarks,
    presence: Sightings,
    sockets: TaskTracker,
    /// Cancelled when the process stops, for sockets that the registry does not know.
    stopping: CancellationToken,
}

impl Gateway {
    /// Over the core; [`Self::run`] sets it to work.
    #[must_use]
    pub fn new(core: Arc<Core>) -> Self {
        let (catch_ups, presence, marks) = (CatchUpQueue::default(), Sightings::default(), DeliveryMarks::default());
        let (sockets, stopping) = (TaskTracker::new(), CancellationToken::new());
        core.metrics.sockets().expect(Wire::V1.name());
        Self { core, registry: Arc::default(), catch_ups, marks, presence, sockets, stopping }
    }

    /// How many sockets are open here.
    #[must_use]
    pub fn sockets(&self) -> usize {
        self.sockets.len()
    }

    /// Upgrades a request to a socket of `caller`.
    pub fn open(&self, upgrade: WebSocketUpgrade, caller: Caller, wire: Wire) -> Response {
        let gateway = self.clone();
        self.upgrade(upgrade, move |socket| async move { socket::serve(&gateway, socket, caller, wire).await })
    }

    /// Upgrades a request to a socket of `caller` that speaks a dialect. Whatever comes after the
    /// handshake is told on it.
    ///
    /// # Errors
    /// The inbox can't be read.
    pub async fn open_dialect(
        &self,
        upgrade: WebSocketUpgrade,
        caller: Caller,
        dialect: &'static dyn DialectWire,
    ) -> Result<Response, NotificationError> {
        let (_, since) = self.core.notifications.unread(caller.account_id).await?;
        Ok(self.open(upgrade, caller, Wire::Dialect { dialect, since }))
    }

    /// Upgrades a request to a socket that answers what is said on it: of `caller`, with whose session it
    /// ends, or of somebody who is not signed in.
    pub fn open_talk<T: Talk>(&self, upgrade: WebSocketUpgrade, caller: Option<Caller>, talk: T) -> Response {
        let gateway = self.clone();
        self.upgrade(upgrade, move |socket| async move { talk::serve(&gateway, socket, caller, talk).await })
    }

    /// Upgrades a request of a `wire` only to close the socket: where a browser, which is not shown the status of
    /// a refused handshake, is to learn why.
    pub fn refuse(&self, upgrade: WebSocketUpgrade, wire: &'static str, reason: CloseReason) -> Response {
        let metrics = self.core.metrics.clone();
        self.upgrade(upgrade, move |mut socket| async move {
            let mut open = metrics.sockets().open(wire);
            open.close(reason.code().0);
            socket::close(&mut socket, reason).await;
        })
    }

    fn upgrade<F: Future<Output = ()> + Send + 'static>(
        &self,
        upgrade: WebSocketUpgrade,
        serve: impl FnOnce(WebSocket) -> F + Send + 'static,
    ) -> Response {
        let sockets = self.sockets.clone();
        upgrade
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_write_buffer_size(LARGEST_BACKLOG)
            .max_frame_size(LARGEST_FRAME)
            .max_message_size(LARGEST_FRAME)
            .on_upgrade(move |socket| sockets.track_future(serve(socket)))
    }

    /// Listens and sweeps until `stop`; then closes every socket with 1012.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(
            self.core.hear(stop.clone()),
            self.listen(stop.clone()),
            self.sweep(stop.clone()),
            self.catch_ups.run(&self.core, stop.clone()),
            self.marks.run(&self.core, stop.clone()),
            self.presence.run(&self.core, &self.registry, stop.clone())
        );
        let (accounts, _) = self.registry.connected();
        self.registry.close_all(CloseReason::Restart);
        self.stopping.cancel();
        self.sockets.close();
        let goodbye = async { tokio::join!(self.sockets.wait(), self.presence.depart(&self.core, &accounts)) };
        if tokio::time::timeout(GOODBYE, goodbye).await.is_err() {
            tracing::warn!(sockets = self.sockets.len(), "some sockets did not close in time");
        }
        self.marks.write(&self.core).await;
    }

    async fn listen(&self, stop: CancellationToken) {
        let mut heard = self.core.ports.bus.subscribe();
        loop {
            let heard = tokio::select! {
                () = stop.cancelled() => return,
                heard = heard.recv() => heard,
            };
            match heard {
                Ok(Heard::Events(envelope)) => {
                    for event in &envelope.events {
                        self.relay(event).await;
                    }
                }
                Ok(Heard::Gap) | Err(RecvError::Lagged(_)) => {
                    self.core.sessions.cache().forget();
                    self.registry.tell_all_of_a_gap();
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    async fn relay(&self, event: &Event) {
        match event {
            // What a newer version tells, the database tells in words that this one knows.
            Event::Inbox(InboxEvent { account_id, version, change: Change::Unknown, .. }) => {
                self.registry.compare(*account_id, *version);
            }
            Event::Inbox(event) => {
                if self.registry.has(event.account_id) {
                    self.registry.deliver(&Arc::new(Delivery::new(event.clone())));
                }
            }
            Event::SessionsEnded { account_id, sessions } => {
                self.core.sessions.cache().end(sessions).await;
                self.registry.close_sessions(*account_id, sessions);
            }
            Event::Typing { to_id, from_id, chat_id } => {
                if self.registry.has(*to_id) {
                    let frame = ServerFrame::Typing { chat_id: *chat_id, account_id: *from_id }.encode();
                    self.registry.pass(&[*to_id], &frame.into());
                }
            }
            Event::Presence { account_id, online, at, to } => {
                if to.iter().any(|account| self.registry.has(*account)) {
                    let frame = ServerFrame::Presence { account_id: *account_id, online: *online, last_seen: *at };
                    self.registry.pass(to, &frame.encode().into());
                }
            }
            Event::Unknown => {}
        }
    }

    /// Compares every connected account with the database from time to time, so that even a lost
    /// last event is made good, and no socket outlives its session.
    async fn sweep(&self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(Duration::from_secs(self.core.config.gateway.sweep_every));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let (accounts, sessions) = self.registry.connected();
            for accounts in accounts.chunks(SWEEP_BATCH) {
                match self.core.catch_ups.states(accounts).await {
                    Ok(states) => states.into_iter().for_each(|(id, state)| self.registry.compare(id, state.version)),
                    Err(error) => tracing::warn!(%error, "connected accounts were not compared with the database"),
                }
            }
            for sessions in sessions.chunks(SWEEP_BATCH) {
                let ids: Vec<i64> = sessions.iter().map(|(_, session)| *session).collect();
                match self.core.sessions.alive(&ids).await {
                    Ok(alive) => {
                        let alive: std::collections::HashSet<i64> = alive.into_iter().collect();
                        for (account, session) in sessions.iter().filter(|(_, session)| !alive.contains(session)) {
                            self.registry.close_sessions(*account, &[*session]);
                        }
                    }
                    Err(error) => tracing::warn!(%error, "sessions of sockets were not checked"),
                }
            }
        }
    }
}
