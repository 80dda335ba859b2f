//! What each API process remembers of live sessions, so that a request costs no query: 30 s old at
//! most, and cleared at once by the event that a session has ended. Also whose each key is, which never
//! changes: whether its session lives is asked of the session.

use std::time::Duration;

use chrono::TimeDelta;
use moka::future::Cache;

use crate::ports::clock::Timestamp;

/// For how long a session is taken to be alive without another look.
const TRUSTED: TimeDelta = TimeDelta::seconds(30);
/// For how long it takes up room.
const KEPT: Duration = Duration::from_mins(1);
/// For how long an ended session is remembered as ended: longer than a look that began before it
/// ended can take.
const REMEMBERED: Duration = Duration::from_mins(2);
/// For how long a key is remembered that nobody shows.
const KEY_KEPT: Duration = Duration::from_hours(1);
/// Sessions remembered at most.
const CAPACITY: u64 = 200_000;

/// Whose a live session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LiveSession {
    pub(super) account_id: i64,
    pub(super) staff: bool,
    /// Whether its owner hides their presence.
    pub(super) presence_hidden: bool,
    /// When it was looked up.
    pub(super) seen_at: Timestamp,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHolder {
    pub(super) account_id: i64,
    pub(super) session_id: i64,
    /// When the session ends at the latest.
    pub(super) expires_at: Timestamp,
}

/// Live and ended sessions, as far as this process knows.
#[derive(Debug, Clone)]
pub struct SessionCache {
    live: Cache<i64, LiveSession>,
    ended: Cache<i64, ()>,
    /// By the hash of the key.
    keys: Cache<String, KeyHolder>,
}

impl Default for SessionCache {
    fn default() -> Self {
        Self {
            live: Cache::builder().max_capacity(CAPACITY).time_to_live(KEPT).build(),
            ended: Cache::builder().max_capacity(CAPACITY).time_to_live(REMEMBERED).build(),
            keys: Cache::builder().max_capacity(CAPACITY).time_to_idle(KEY_KEPT).build(),
        }
    }
}

impl SessionCache {
    /// What is known of a session at `now`: alive, or nothing. An ended one is an error.
    pub(super) async fn get(&self, id: i64, now: Timestamp) -> Result<Option<LiveSession>, Ended> {
        if self.ended.contains_key(&id) {
            return Err(Ended);
        }
        Ok(self.live.get(&id).await.filter(|session| now - session.seen_at <= TRUSTED))
    }

    /// Remembers that a session is alive, unless it has ended since it was looked up.
    pub(super) async fn remember(&self, id: i64, session: LiveSession) -> Result<(), Ended> {
        self.live.insert(id, session).await;
        // In this order, whichever of the two tasks is later sees what the other wrote.
        if self.ended.contains_key(&id) {
            self.live.invalidate(&id).await;
            return Err(Ended);
        }
        Ok(())
    }

    /// What the key of a hash stands for, if one was seen.
    pub(super) async fn holder(&self, hash: &str) -> Option<KeyHolder> {
        self.keys.get(hash).await
    }

    /// Remembers what the key of a hash stands for.
    pub(super) async fn remember_key(&self, hash: String, holder: KeyHolder) {
        self.keys.insert(hash, holder).await;
    }

    /// Sessions have ended, here or elsewhere.
    pub async fn end(&self, sessions: &[i64]) {
        for id in sessions {
            self.ended.insert(*id, ()).await;
            self.live.invalidate(id).await;
        }
    }

    /// Events may have been missed: look every session up again.
    pub fn forget(&self) {
        self.live.invalidate_all();
    }
}

/// The session has ended.
#[derive(Debug)]
pub(super) struct Ended;
