//! What keeps a socket in time, whatever is said on it: pings, which its peer must answer, the end of the token
//! that opened it, and the frames of a minute.

use std::time::Duration;

use shared::Core;
use shared::accounts::Caller;
use shared::config::RateLimits;
use tokio::time::Instant;

use super::protocol::CloseReason;
use super::socket::End;

/// The timers of one socket.
pub(super) struct Pulse {
    heartbeat: Duration,
    heard_at: Instant,
    ping_at: Instant,
    /// When the token that opened the socket expires, if one did.
    expires_at: Option<Instant>,
    /// When the minute began in which frames are counted, and how many came.
    minute: (Instant, u32),
    /// The most frames of a minute, if they are limited.
    a_minute: Option<u32>,
}

impl Pulse {
    /// Of a socket that opens now, for `caller` if somebody is signed in.
    pub(super) fn new(core: &Core, caller: Option<&Caller>) -> Self {
        let now = Instant::now();
        let heartbeat = Duration::from_secs(core.config.gateway.heartbeat);
        let left = caller.map(|caller| (caller.expires_at - core.writer.now()).to_std().unwrap_or_default());
        let limited = core.config.limits.rate_limits == RateLimits::On;
        Self {
            heartbeat,
            heard_at: now,
            ping_at: now + heartbeat,
            expires_at: left.map(|left| now + left),
            minute: (now, 0),
            a_minute: limited.then_some(core.config.gateway.frames_a_minute),
        }
    }

    /// When to [`Self::beat`] next.
    pub(super) fn due(&self) -> Instant {
        self.expires_at.map_or(self.ping_at, |expires_at| expires_at.min(self.ping_at))
    }

    /// Does what is due, perhaps nothing. Answers whether the peer is to be pinged.
    ///
    /// # Errors
    /// The token has expired; nothing was heard for two heartbeats.
    pub(super) fn beat(&mut self) -> Result<bool, End> {
        self.still_signed_in()?;
        let now = Instant::now();
        if now < self.ping_at {
            return Ok(false);
        }
        if now.duration_since(self.heard_at) >= self.heartbeat * 2 {
            return Err(End::Close(CloseReason::HeartbeatMissed));
        }
        self.ping_at = now + self.heartbeat;
        Ok(true)
    }

    /// That the token has not expired.
    ///
    /// # Errors
    /// It has.
    pub(super) fn still_signed_in(&self) -> Result<(), End> {
        if self.expires_at.is_some_and(|expires_at| Instant::now() >= expires_at) {
            return Err(End::Close(CloseReason::Unauthenticated));
        }
        Ok(())
    }

    /// Notes that something was heard.
    pub(super) fn heard(&mut self) {
        self.heard_at = Instant::now();
    }

    /// Counts the frame that was heard last in its minute.
    ///
    /// # Errors
    /// It is one too many.
    pub(super) fn count_frame(&mut self) -> Result<(), End> {
        if self.heard_at.duration_since(self.minute.0) >= Duration::from_mins(1) {
            self.minute = (self.heard_at, 0);
        }
        self.minute.1 = self.minute.1.saturating_add(1);
        if self.a_minute.is_some_and(|most| self.minute.1 > most) {
            return Err(End::Close(CloseReason::TooMany));
        }
        Ok(())
    }
}
