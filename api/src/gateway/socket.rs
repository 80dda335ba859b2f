//! One socket: frames in, frames out, and the timers between.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use shared::accounts::Caller;
use shared::events::{Change, InboxEvent};
use shared::inboxes::Missed;
use tokio::sync::mpsc::{Receiver, WeakSender};
use tokio::time::Instant;

use super::Gateway;
use super::catch_up::Question;
use super::protocol::{CloseReason, ServerFrame};
use super::pulse::Pulse;
use super::registry::{Handle, SocketState, Told};
use super::session::{Action, Session};
use super::traces::telling;
use super::wire::{DialectWire, Wire};

/// How long a peer may take to read what is sent; then it is dropped, and resumes.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a question may stay open before it is asked again.
const ASK_PATIENCE: Duration = Duration::from_secs(10);

/// Why a socket's task ends.
pub(super) enum End {
    /// The server closes.
    Close(CloseReason),
    /// The peer is gone, or reads too slowly.
    Gone,
}

impl From<axum::Error> for End {
    fn from(_: axum::Error) -> Self {
        Self::Gone
    }
}

/// Serves an upgraded socket of `caller` until it ends.
pub(super) async fn serve(gateway: &Gateway, mut socket: WebSocket, caller: Caller, wire: Wire) {
    let mut open = gateway.core.metrics.sockets().open(wire.name());
    let most = gateway.core.config.gateway.sockets_an_account;
    let registered = gateway.registry.register(caller.account_id, caller.session_id, most);
    let (handle, told) = match registered {
        Ok(registered) => registered,
        Err(reason) => {
            open.close(reason.code().0);
            return Box::pin(close(&mut socket, reason)).await;
        }
    };
    let id = handle.id;
    // What is boxed here and below is what an idle socket is not in: its task keeps only what it waits
    // with, which is most of what a socket costs.
    let end = match Box::pin(Connection::open(gateway, &mut socket, (caller, wire), handle, told)).await {
        Ok(mut connection) => connection.run().await,
        Err(end) => end,
    };
    gateway.registry.unregister(caller.account_id, id);
    gateway.presence.look_at(caller.account_id);
    if let End::Close(reason) = end {
        open.close(reason.code().0);
        Box::pin(close(&mut socket, reason)).await;
    }
}

pub(super) async fn close(socket: &mut WebSocket, reason: CloseReason) {
    let (code, text) = reason.code();
    let frame = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static(text) }));
    // A peer that is gone has nothing to be told; one that is not answers with its own close.
    if let Ok(Ok(())) = tokio::time::timeout(PATIENCE, socket.send(frame)).await {
        let answered = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = tokio::time::timeout(Duration::from_secs(2), answered).await;
    }
}

pub(super) struct Connection<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) socket: &'a mut WebSocket,
    pub(super) caller: Caller,
    pub(super) wire: Wire,
    pub(super) session: Session,
    told: Receiver<Told>,
    /// Weak: the registry alone keeps the queue open.
    sender: WeakSender<Told>,
    pub(super) state: Arc<SocketState>,
    pub(super) pulse: Pulse,
    pub(super) hold_until: Instant,
    /// When an open question, or a gap, has had its time.
    patience_until: Option<Instant>,
    /// When the client's writing was last passed on.
    pub(super) typed_at: Option<Instant>,
    /// What a dialect's socket has missed, as far as it is known: told when all of it is.
    pub(super) missed: Option<Box<(i64, Vec<Missed>)>>,
}

impl<'a> Connection<'a> {
    async fn open(
        gateway: &'a Gateway,
        socket: &'a mut WebSocket,
        (caller, wire): (Caller, Wire),
        handle: Handle,
        told: Receiver<Told>,
    ) -> Result<Self, End> {
        let core = &gateway.core;
        // The handshake is a request too.
        core.presence.saw(caller.account_id, caller.presence_hidden).await;
        // Registered first, asked then: whatever comes after the answer is heard.
        let (unread, version) = core.notifications.unread(caller.account_id).await.map_err(|error| {
            tracing::warn!(%error, "a socket could not be opened");
            End::Close(CloseReason::Failed)
        })?;
        // A session that ended between the upgrade and the registration ends here.
        let alive = core.sessions.alive(&[caller.session_id]).await.map_err(|_| End::Close(CloseReason::Failed))?;
        if alive.is_empty() {
            return Err(End::Close(CloseReason::Unauthenticated));
        }
        let begins_at = if let Wire::Dialect { since, .. } = wire { since } else { version };
        handle.state.sent.store(begins_at, Ordering::Relaxed);
        let config = &core.config.gateway;
        let mut connection = Self {
            gateway,
            socket,
            caller,
            wire,
            session: match wire {
                Wire::V1 => Session::new(version),
                Wire::Dialect { since, .. } => Session::live(since),
            },
            told,
            sender: handle.sender.downgrade(),
            state: handle.state,
            pulse: Pulse::new(core, Some(&caller)),
            hold_until: Instant::now() + Duration::from_millis(config.hold),
            patience_until: None,
            typed_at: None,
            missed: None,
        };
        gateway.presence.look_at(caller.account_id);
        connection.tell_backlog().await?;
        if begins_at < version {
            // Something came between the handshake and the registration.
            let action = connection.session.gap();
            connection.act(action.into_iter().collect()).await?;
        }
        if let Wire::V1 = wire {
            let hello = ServerFrame::Hello { session: caller.session_id, version, unread, heartbeat: config.heartbeat };
            connection.send(hello.encode().into()).await?;
        }
        Ok(connection)
    }

    async fn run(&mut self) -> End {
        loop {
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    async fn step(&mut self) -> Result<(), End> {
        if let Some(reason) = self.state.closing.get() {
            return Err(End::Close(*reason));
        }
        let due = self.next_due();
        tokio::select! {
            told = self.told.recv() => match told {
                Some(told) => Box::pin(self.told(told)).await?,
                None => return Err(End::Gone), // forgotten by the registry: nothing more will come
            },
            received = self.socket.recv() => match received {
                Some(Ok(message)) => Box::pin(self.received(message)).await?,
                Some(Err(error)) if too_big(&error) => return Err(End::Close(CloseReason::TooBig)),
                Some(Err(_)) | None => return Err(End::Gone),
            },
            () = tokio::time::sleep_until(due) => Box::pin(self.due()).await?,
        }
        if self.state.lagged.swap(false, Ordering::Relaxed) {
            let action = self.session.gap();
            Box::pin(self.act(action.into_iter().collect())).await?;
        }
        self.state.sent.store(self.session.sent(), Ordering::Relaxed);
        Ok(())
    }

    fn next_due(&self) -> Instant {
        let hold = self.session.holding().then_some(self.hold_until);
        [hold, self.patience_until].into_iter().flatten().fold(self.pulse.due(), Instant::min)
    }

    /// A timer rang.
    async fn due(&mut self) -> Result<(), End> {
        if self.pulse.beat()? {
            self.send(Message::Ping(axum::body::Bytes::new())).await?;
        }
        let now = Instant::now();
        if self.session.holding() && now >= self.hold_until {
            if let Some(action) = self.session.hold_expired() {
                self.act(vec![action]).await?;
            }
        } else if self.patience_until.is_some_and(|until| now >= until) {
            self.patience_until = None;
            let action = self.session.gap_expired().or_else(|| self.session.ask_expired());
            self.act(action.into_iter().collect()).await?;
        }
        Ok(())
    }

    async fn told(&mut self, told: Told) -> Result<(), End> {
        let actions = match told {
            Told::Delivery(delivery) => self.session.delivery(delivery),
            Told::CaughtUp { ask, answer } => {
                let actions = self.session.caught_up(ask, answer);
                if !actions.is_empty() {
                    // It was the answer that was waited for; what follows may wait anew.
                    self.patience_until = None;
                }
                actions
            }
            Told::Passing(frame) => {
                // Neither held back nor resumed: what it tells is of this moment.
                return match self.wire {
                    Wire::V1 => self.send(Message::Text(frame)).await,
                    Wire::Dialect { .. } => Ok(()),
                };
            }
            Told::Gap => self.session.gap().into_iter().collect(),
            Told::Close => Vec::new(),
        };
        self.act(actions).await
    }

    pub(super) async fn act(&mut self, actions: Vec<Action>) -> Result<(), End> {
        for action in actions {
            match action {
                Action::Send(delivery) => {
                    let text = match self.wire {
                        Wire::V1 => delivery.v1(),
                        Wire::Dialect { dialect, .. } => dialect.live(&delivery.event).map(Utf8Bytes::from),
                    };
                    if let Some(text) = text {
                        let _telling = telling(&delivery.event);
                        self.send(Message::Text(text)).await?;
                        self.measure(&delivery.event);
                        self.ask_whether_delivered(delivery.event.version).await?;
                    }
                }
                Action::SendMissed { answer, resumed, after } => match self.wire {
                    Wire::V1 => self.send_missed(&answer, resumed).await?,
                    Wire::Dialect { dialect, .. } => self.tell_missed(dialect, after, *answer).await?,
                },
                Action::Ask { after, ask } => {
                    let Some(asker) = self.sender.upgrade() else { return Err(End::Gone) };
                    self.patience_until = Some(Instant::now() + ASK_PATIENCE);
                    let account_id = self.caller.account_id;
                    self.gateway.catch_ups.ask(Question { account_id, after, ask, asker });
                }
                Action::ArmGap => {
                    let gap = Duration::from_millis(self.gateway.core.config.gateway.gap);
                    self.patience_until = Some(Instant::now() + gap);
                }
            }
        }
        Ok(())
    }

    /// Notes how long what a live frame tells took to come here.
    fn measure(&self, event: &InboxEvent) {
        let core = &self.gateway.core;
        match (&event.change, &event.origin) {
            (Change::Notification(_), Some(origin)) => {
                core.metrics.sockets().notified(origin.asked_at, core.ports.clock.now());
            }
            (Change::Message(view), _) => core.metrics.sockets().messaged(view.created_at, core.ports.clock.now()),
            _ => {}
        }
    }

    async fn received(&mut self, message: Message) -> Result<(), End> {
        self.pulse.heard();
        match (message, self.wire) {
            (Message::Text(text), Wire::V1) => {
                self.pulse.count_frame()?;
                self.answer(&text).await
            }
            (Message::Text(text), Wire::Dialect { dialect, .. }) => self.answer_dialect(dialect, &text).await,
            (Message::Binary(_), Wire::V1) => Err(End::Close(CloseReason::BadFrame)),
            (Message::Binary(_), Wire::Dialect { dialect, .. }) => {
                self.pulse.count_frame()?;
                self.send_if(dialect.binary()).await
            }
            (Message::Ping(_), _) => self.pulse.count_frame(),
            (Message::Pong(bytes), _) => {
                self.delivered(&bytes);
                Ok(())
            }
            (Message::Close(_), _) => Err(End::Gone),
        }
    }

    async fn answer_dialect(&mut self, dialect: &'static dyn DialectWire, frame: &str) -> Result<(), End> {
        self.pulse.count_frame()?;
        let answer = dialect.answer(&self.gateway.core, &self.caller, frame).await;
        self.send_if(answer).await
    }

    async fn send_if(&mut self, answer: Option<String>) -> Result<(), End> {
        match answer {
            Some(answer) => self.send(answer.into()).await,
            None => Ok(()),
        }
    }

    pub(super) async fn send(&mut self, message: Message) -> Result<(), End> {
        patient(self.socket.send(message)).await
    }
}

/// Waits for a peer to read, but not for ever.
pub(super) async fn patient(sending: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match tokio::time::timeout(PATIENCE, sending).await {
        Ok(sent) => Ok(sent?),
        Err(_) => Err(End::Gone),
    }
}

/// Whether a read failed because the frame was larger than allowed. axum hides the type of what it
/// wraps and shows its text.
pub(super) fn too_big(error: &axum::Error) -> bool {
    error.to_string().contains("Space limit exceeded")
}
