//! Whose sockets are open in this process.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::ws::Utf8Bytes;
use dashmap::DashMap;
use shared::events::InboxEvent;
use shared::inboxes::CatchUp;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::protocol::CloseReason;
use super::render::render;

/// What may wait for a socket; what comes beyond is not kept, and the socket catches up.
const QUEUE: usize = 256;

/// An event on its way to sockets. v1's frame is rendered once for all of them.
#[derive(Debug)]
pub struct Delivery {
    /// The event.
    pub event: InboxEvent,
    v1: OnceLock<Option<Utf8Bytes>>,
}

impl Delivery {
    /// Of an event.
    #[must_use]
    pub fn new(event: InboxEvent) -> Self {
        Self { event, v1: OnceLock::new() }
    }

    /// The v1 frame.
    pub(super) fn v1(&self) -> Option<Utf8Bytes> {
        self.v1.get_or_init(|| render(&self.event).map(Utf8Bytes::from)).clone()
    }
}

/// What a socket's task is told.
#[derive(Debug)]
pub(super) enum Told {
    /// Something happened.
    Delivery(Arc<Delivery>),
    /// What was missed, for the socket's `ask`.
    CaughtUp { ask: u32, answer: Box<CatchUp> },
    /// A v1 frame that belongs to no inbox, rendered once for all sockets that send it.
    Passing(Utf8Bytes),
    /// Something may have been missed.
    Gap,
    /// Look at [`SocketState::closing`].
    Close,
}

/// How a socket's task is reached.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    pub(super) id: u64,
    pub(super) session_id: i64,
    pub(super) sender: mpsc::Sender<Told>,
    pub(super) state: Arc<SocketState>,
}

/// What the registry and a socket's task tell each other beside the queue.
#[derive(Debug, Default)]
pub(super) struct SocketState {
    /// The version that the socket has sent, for the sweep.
    pub(super) sent: AtomicI64,
    /// Something did not fit into the queue.
    pub(super) lagged: AtomicBool,
    /// That the socket is to close, and why: it does not wait behind what is queued.
    pub(super) closing: OnceLock<CloseReason>,
}

impl Handle {
    /// Tells the socket something, or that it lags; answers whether it is there at all. A peer that
    /// reads too slowly is dropped by the socket's own patience.
    fn tell(&self, told: Told) -> bool {
        match self.sender.try_send(told) {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                self.state.lagged.store(true, Ordering::Relaxed);
                true
            }
            Err(TrySendError::Closed(_)) => false,
        }
    }

    /// Tells the socket to close; answers whether it is there at all.
    fn close(&self, reason: CloseReason) -> bool {
        // The first reason stands.
        let _ = self.state.closing.set(reason);
        // Wakes the socket; one whose queue is full is awake.
        self.tell(Told::Close)
    }
}

/// The sockets of this process, by account.
#[derive(Debug, Default)]
pub(super) struct Registry {
    accounts: DashMap<i64, Vec<Handle>>,
    ids: AtomicU64,
    /// The process stops: no socket opens any more.
    closed: AtomicBool,
}

impl Registry {
    /// Registers a socket.
    ///
    /// # Errors
    /// The account has `most` already, or the process stops.
    pub(super) fn register(
        &self,
        account_id: i64,
        session_id: i64,
        most: usize,
    ) -> Result<(Handle, mpsc::Receiver<Told>), CloseReason> {
        let mut handles = self.accounts.entry(account_id).or_default();
        // Looked at under the entry's lock: whoever gets in before is found by `close_all`.
        if self.closed.load(Ordering::SeqCst) {
            return Err(CloseReason::Restart);
        }
        if handles.len() >= most {
            return Err(CloseReason::TooMany);
        }
        let (sender, receiver) = mpsc::channel(QUEUE);
        let id = self.ids.fetch_add(1, Ordering::Relaxed);
        let handle = Handle { id, session_id, sender, state: Arc::default() };
        handles.push(handle.clone());
        Ok((handle, receiver))
    }

    /// Forgets a socket.
    pub(super) fn unregister(&self, account_id: i64, id: u64) {
        self.accounts.remove_if_mut(&account_id, |_, handles| {
            handles.retain(|handle| handle.id != id);
            handles.is_empty()
        });
    }

    /// Whether the account has a socket here.
    pub(super) fn has(&self, account_id: i64) -> bool {
        self.accounts.contains_key(&account_id)
    }

    /// Hands an event to the sockets of its account.
    pub(super) fn deliver(&self, delivery: &Arc<Delivery>) {
        if let Some(mut handles) = self.accounts.get_mut(&delivery.event.account_id) {
            handles.retain(|handle| handle.tell(Told::Delivery(Arc::clone(delivery))));
        }
    }

    /// Hands a frame that belongs to no inbox to the sockets of some accounts. Where it does not fit, it is lost.
    pub(super) fn pass(&self, accounts: &[i64], frame: &Utf8Bytes) {
        for account in accounts {
            let Some(handles) = self.accounts.get(account) else { continue };
            for handle in handles.iter() {
                // A socket that is full is behind, and one that is closed is being forgotten.
                let _ = handle.sender.try_send(Told::Passing(frame.clone()));
            }
        }
    }

    /// Something may have been missed by everybody.
    pub(super) fn tell_all_of_a_gap(&self) {
        for mut handles in self.accounts.iter_mut() {
            handles.retain(|handle| handle.tell(Told::Gap));
        }
    }

    /// The database has an account's inbox at `version`: sockets that have sent less have missed
    /// something.
    pub(super) fn compare(&self, account_id: i64, version: i64) {
        if let Some(mut handles) = self.accounts.get_mut(&account_id) {
            handles.retain(|handle| handle.state.sent.load(Ordering::Relaxed) >= version || handle.tell(Told::Gap));
        }
    }

    /// Sessions have ended.
    pub(super) fn close_sessions(&self, account_id: i64, sessions: &[i64]) {
        if let Some(mut handles) = self.accounts.get_mut(&account_id) {
            handles.retain(|handle| {
                let ended = sessions.contains(&handle.session_id);
                !ended || handle.close(CloseReason::Unauthenticated)
            });
        }
    }

    /// The process stops.
    pub(super) fn close_all(&self, reason: CloseReason) {
        self.closed.store(true, Ordering::SeqCst);
        for mut handles in self.accounts.iter_mut() {
            handles.retain(|handle| handle.close(reason));
        }
    }

    /// The accounts that have a socket here, and the accounts and sessions of those sockets.
    pub(super) fn connected(&self) -> (Vec<i64>, Vec<(i64, i64)>) {
        let mut accounts = Vec::with_capacity(self.accounts.len());
        let mut sessions = Vec::with_capacity(self.accounts.len());
        for handles in &self.accounts {
            accounts.push(*handles.key());
            sessions.extend(handles.iter().map(|handle| (*handles.key(), handle.session_id)));
        }
        (accounts, sessions)
    }
}
