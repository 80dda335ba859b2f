//! A socket that answers what its client says and hears of nothing else. It may be nobody's.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use shared::accounts::Caller;
use shared::config::RateLimits;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Gateway;
use super::protocol::CloseReason;
use super::registry::{SocketState, Told};
use super::socket::{End, close, patient, too_big};

/// What a socket answers.
pub trait Talk: Send + 'static {
    /// The frame that answers a text of the client.
    fn answer(&mut self, text: &str) -> impl Future<Output = String> + Send;
}

/// Serves an upgraded socket, of `caller` if somebody is signed in, until it ends.
pub(super) async fn serve<T: Talk>(gateway: &Gateway, mut socket: WebSocket, caller: Option<Caller>, talk: T) {
    let Some(caller) = caller else {
        let watch = Watch::Stop(gateway.stopping.clone());
        let end = Line::new(gateway, &mut socket, talk, None).run(watch).await;
        return finish(&mut socket, end).await;
    };
    let most = gateway.core.config.gateway.sockets_an_account;
    let (handle, told) = match gateway.registry.register(caller.account_id, caller.session_id, most) {
        Ok(registered) => registered,
        Err(reason) => return close(&mut socket, reason).await,
    };
    // It is told of no inbox, so it has missed nothing of one.
    handle.state.sent.store(i64::MAX, Ordering::Relaxed);
    let id = handle.id;
    let watch = Watch::Registry { told, state: handle.state };
    // The registry alone keeps the queue open.
    drop(handle.sender);
    // A session that ended between the upgrade and the registration ends here.
    let end = match gateway.core.sessions.alive(&[caller.session_id]).await {
        Ok(alive) if alive.is_empty() => End::Close(CloseReason::Unauthenticated),
        Ok(_) => Line::new(gateway, &mut socket, talk, Some(caller)).run(watch).await,
        Err(error) => {
            tracing::warn!(%error, "a socket could not be opened");
            End::Close(CloseReason::Failed)
        }
    };
    gateway.registry.unregister(caller.account_id, id);
    finish(&mut socket, end).await;
}

async fn finish(socket: &mut WebSocket, end: End) {
    if let End::Close(reason) = end {
        close(socket, reason).await;
    }
}

/// Who ends the socket from here.
enum Watch {
    /// The registry, in which an account's sockets are.
    Registry { told: Receiver<Told>, state: Arc<SocketState> },
    /// The stop of the process.
    Stop(CancellationToken),
}

impl Watch {
    /// Waits until it does.
    async fn ended(&mut self) -> End {
        match self {
            Self::Registry { told, state } => loop {
                if let Some(reason) = state.closing.get() {
                    return End::Close(*reason);
                }
                if told.recv().await.is_none() {
                    return End::Gone; // forgotten by the registry
                }
            },
            Self::Stop(stop) => {
                stop.cancelled().await;
                End::Close(CloseReason::Restart)
            }
        }
    }
}

struct Line<'a, T> {
    gateway: &'a Gateway,
    socket: &'a mut WebSocket,
    talk: T,
    heard_at: Instant,
    ping_at: Instant,
    /// When the token that opened the socket expires, if one did.
    expires_at: Option<Instant>,
    /// When the minute began in which frames are counted, and how many came.
    minute: (Instant, u32),
}

impl<'a, T: Talk> Line<'a, T> {
    fn new(gateway: &'a Gateway, socket: &'a mut WebSocket, talk: T, caller: Option<Caller>) -> Self {
        let core = &gateway.core;
        let now = Instant::now();
        let left = caller.map(|caller| (caller.expires_at - core.writer.now()).to_std().unwrap_or_default());
        let ping_at = now + Duration::from_secs(core.config.gateway.heartbeat);
        let expires_at = left.map(|left| now + left);
        Self { gateway, socket, talk, heard_at: now, ping_at, expires_at, minute: (now, 0) }
    }

    async fn run(mut self, mut watch: Watch) -> End {
        loop {
            let due = self.expires_at.map_or(self.ping_at, |expires_at| expires_at.min(self.ping_at));
            let done = tokio::select! {
                end = watch.ended() => Err(end),
                received = self.socket.recv() => match received {
                    Some(Ok(message)) => self.received(message).await,
                    Some(Err(error)) if too_big(&error) => Err(End::Close(CloseReason::TooBig)),
                    Some(Err(_)) | None => Err(End::Gone),
                },
                () = tokio::time::sleep_until(due) => self.due().await,
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    /// A timer rang.
    async fn due(&mut self) -> Result<(), End> {
        let now = Instant::now();
        if self.expires_at.is_some_and(|expires_at| now >= expires_at) {
            return Err(End::Close(CloseReason::Unauthenticated));
        }
        let heartbeat = Duration::from_secs(self.gateway.core.config.gateway.heartbeat);
        if now.duration_since(self.heard_at) >= heartbeat * 2 {
            return Err(End::Close(CloseReason::HeartbeatMissed));
        }
        self.ping_at = now + heartbeat;
        patient(self.socket.send(Message::Ping(axum::body::Bytes::new()))).await
    }

    async fn received(&mut self, message: Message) -> Result<(), End> {
        self.heard_at = Instant::now();
        match message {
            Message::Text(text) => {
                self.count_frame()?;
                let answer = self.talk.answer(&text).await;
                patient(self.socket.send(answer.into())).await
            }
            Message::Binary(_) | Message::Ping(_) => self.count_frame(),
            Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Gone),
        }
    }

    /// Counts a frame in its minute.
    fn count_frame(&mut self) -> Result<(), End> {
        if self.heard_at.duration_since(self.minute.0) >= Duration::from_mins(1) {
            self.minute = (self.heard_at, 0);
        }
        self.minute.1 += 1;
        let config = &self.gateway.core.config;
        let limited = config.limits.rate_limits == RateLimits::On;
        if limited && self.minute.1 > config.gateway.frames_a_minute {
            return Err(End::Close(CloseReason::TooMany));
        }
        Ok(())
    }
}
