//! A socket that answers what its client says and hears of nothing else. It may be nobody's; whose it is, is
//! there by it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::ws::{Message, WebSocket};
use shared::accounts::Caller;
use shared::metrics::OpenSocket;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

use super::Gateway;
use super::protocol::CloseReason;
use super::pulse::Pulse;
use super::registry::{SocketState, Told};
use super::socket::{End, close, patient, too_big};

/// What a socket answers.
pub trait Talk: Send + 'static {
    /// What its language is called in metrics.
    const WIRE: &'static str;

    /// The frame that answers a text of the client.
    fn answer(&mut self, text: &str) -> impl Future<Output = String> + Send;
}

/// Serves an upgraded socket, of `caller` if somebody is signed in, until it ends.
pub(super) async fn serve<T: Talk>(gateway: &Gateway, mut socket: WebSocket, caller: Option<Caller>, talk: T) {
    let open = gateway.core.metrics.sockets().open(T::WIRE);
    let Some(caller) = caller else {
        let watch = Watch::Stop(gateway.stopping.clone());
        let end = Line::new(gateway, &mut socket, talk, None).run(watch).await;
        return finish(&mut socket, open, end).await;
    };
    let most = gateway.core.config.gateway.sockets_an_account;
    let (handle, told) = match gateway.registry.register(caller.account_id, caller.session_id, most) {
        Ok(registered) => registered,
        Err(reason) => return finish(&mut socket, open, End::Close(reason)).await,
    };
    // It is told of no inbox, so it has missed nothing of one.
    handle.state.sent.store(i64::MAX, Ordering::Relaxed);
    let id = handle.id;
    let watch = Watch::Registry { told, state: handle.state };
    // The registry alone keeps the queue open.
    drop(handle.sender);
    // The handshake is a request too.
    gateway.core.presence.saw(caller.account_id, caller.presence_hidden).await;
    // A session that ended between the upgrade and the registration ends here.
    let end = match gateway.core.sessions.alive(&[caller.session_id]).await {
        Ok(alive) if alive.is_empty() => End::Close(CloseReason::Unauthenticated),
        Ok(_) => {
            gateway.presence.look_at(caller.account_id);
            Line::new(gateway, &mut socket, talk, Some(&caller)).run(watch).await
        }
        Err(error) => {
            tracing::warn!(%error, "a socket could not be opened");
            End::Close(CloseReason::Failed)
        }
    };
    gateway.registry.unregister(caller.account_id, id);
    gateway.presence.look_at(caller.account_id);
    finish(&mut socket, open, end).await;
}

async fn finish(socket: &mut WebSocket, mut open: OpenSocket, end: End) {
    if let End::Close(reason) = end {
        open.close(reason.code().0);
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
    socket: &'a mut WebSocket,
    talk: T,
    pulse: Pulse,
}

impl<'a, T: Talk> Line<'a, T> {
    fn new(gateway: &Gateway, socket: &'a mut WebSocket, talk: T, caller: Option<&Caller>) -> Self {
        Self { socket, talk, pulse: Pulse::new(&gateway.core, caller) }
    }

    async fn run(mut self, mut watch: Watch) -> End {
        loop {
            let done = tokio::select! {
                end = watch.ended() => Err(end),
                received = self.socket.recv() => match received {
                    Some(Ok(message)) => self.received(message).await,
                    Some(Err(error)) if too_big(&error) => Err(End::Close(CloseReason::TooBig)),
                    Some(Err(_)) | None => Err(End::Gone),
                },
                () = tokio::time::sleep_until(self.pulse.due()) => self.due().await,
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    /// A timer rang.
    async fn due(&mut self) -> Result<(), End> {
        if self.pulse.beat()? {
            patient(self.socket.send(Message::Ping(axum::body::Bytes::new()))).await?;
        }
        Ok(())
    }

    async fn received(&mut self, message: Message) -> Result<(), End> {
        self.pulse.heard();
        match message {
            Message::Text(text) => {
                self.pulse.count_frame()?;
                let answer = self.talk.answer(&text).await;
                patient(self.socket.send(answer.into())).await
            }
            Message::Binary(_) | Message::Ping(_) => self.pulse.count_frame(),
            Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Gone),
        }
    }
}
