//! What a dialect's socket is told of what was missed, and how far its client has it: clients of dialects never
//! say what they have, but each answers a ping (RFC 6455, section 5.5.3), which comes behind what was sent.

use axum::body::Bytes;
use axum::extract::ws::Message;
use futures::SinkExt;
use shared::chats::ChatError;
use shared::inboxes::CatchUp;

use super::protocol::CloseReason;
use super::socket::{Connection, End, patient};
use super::wire::{DialectWire, Wire};

impl Connection<'_> {
    /// Tells a dialect's client what it missed after a version, once there is no more of it: a part by
    /// itself is in no order that the client could know.
    pub(super) async fn tell_missed(
        &mut self,
        dialect: &'static dyn DialectWire,
        after: i64,
        answer: CatchUp,
    ) -> Result<(), End> {
        let mut known = self.missed.take().unwrap_or_else(|| Box::new((after, Vec::new())));
        if answer.reset {
            // What changed can't be told any more; what came can.
            return self.tell_messages(dialect, Some(known.0), answer.state.version).await;
        }
        known.1.extend(answer.missed);
        if answer.more {
            self.missed = Some(known);
            return Ok(());
        }
        for text in dialect.missed(known.0, &known.1) {
            patient(self.socket.feed(text.into())).await?;
        }
        patient(self.socket.flush()).await?;
        self.ask_whether_delivered(answer.through).await
    }

    /// Tells a dialect's client what came while it had no socket open, where the dialect keeps how far that was
    /// told.
    pub(super) async fn tell_backlog(&mut self) -> Result<(), End> {
        let Wire::Dialect { dialect, since } = self.wire else { return Ok(()) };
        self.tell_messages(dialect, None, since).await
    }

    /// Tells the messages that came after a version (else, after what was delivered) up to another, where the
    /// dialect keeps how far that is.
    async fn tell_messages(
        &mut self,
        dialect: &'static dyn DialectWire,
        after: Option<i64>,
        through: i64,
    ) -> Result<(), End> {
        let Some(surface) = dialect.surface() else { return Ok(()) };
        let (chats, account_id) = (&self.gateway.core.chats, self.caller.account_id);
        let failed = |error: ChatError| {
            tracing::warn!(%error, "what a socket has missed could not be read");
            End::Close(CloseReason::Failed)
        };
        let mut after = match after {
            Some(after) => after,
            None => self.gateway.marks.of(&self.gateway.core, surface, account_id).await.map_err(failed)?,
        };
        loop {
            let part = chats.undelivered(account_id, after, through).await.map_err(failed)?;
            for text in part.messages.iter().filter_map(|message| dialect.message(message)) {
                // There may be many, and their reader slow: the session may end meanwhile.
                if let Some(reason) = self.state.closing.get() {
                    return Err(End::Close(*reason));
                }
                self.pulse.still_signed_in()?;
                patient(self.socket.feed(text.into())).await?;
            }
            patient(self.socket.flush()).await?;
            self.ask_whether_delivered(part.through).await?;
            if !part.more {
                return Ok(());
            }
            after = part.through;
        }
    }

    /// Asks the client whether it has what was sent, which leads to a version of the inbox, where the dialect
    /// keeps that. The answer comes to [`Self::delivered`].
    pub(super) async fn ask_whether_delivered(&mut self, version: i64) -> Result<(), End> {
        match self.wire {
            Wire::Dialect { dialect, .. } if dialect.surface().is_some() => {
                self.send(Message::Ping(Bytes::copy_from_slice(&version.to_be_bytes()))).await
            }
            Wire::Dialect { .. } | Wire::V1 => Ok(()),
        }
    }

    /// The client answers a ping: what was sent before it has arrived.
    pub(super) fn delivered(&self, answer: &Bytes) {
        let Wire::Dialect { dialect, .. } = self.wire else { return };
        let Some(surface) = dialect.surface() else { return };
        let version = <[u8; 8]>::try_from(&answer[..]).map(i64::from_be_bytes);
        // Nobody has what was never sent.
        if let Some(version) = version.ok().filter(|version| *version <= self.session.sent()) {
            self.gateway.marks.note(surface, self.caller.account_id, version);
        }
    }
}
