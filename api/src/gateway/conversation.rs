//! What a v1 socket answers its client: resumes, messages, read marks, pings.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::ws::Message;
use futures::SinkExt;
use shared::chats::NewMessage;
use shared::inboxes::CatchUp;
use tokio::time::Instant;

use super::protocol::{ClientFrame, CloseReason, ServerFrame};
use super::render::render_missed;
use super::session::Resume;
use super::socket::{Connection, End, patient};

/// The longest `ref`, in bytes.
const LONGEST_REF: usize = 100;

impl Connection<'_> {
    /// Answers a frame of the client.
    pub(super) async fn answer(&mut self, text: &str) -> Result<(), End> {
        let frame: ClientFrame = serde_json::from_str(text).map_err(|_| End::Close(CloseReason::BadFrame))?;
        match frame {
            ClientFrame::Resume { after, r#ref } => {
                let action = self.session.resume(after, Resume { reference: checked(r#ref)? });
                self.act(vec![action]).await
            }
            ClientFrame::Send { chat_id, text, client_id, r#ref } => {
                let message = NewMessage { text, client_id, ..NewMessage::default() };
                self.say(chat_id.0, message, checked(r#ref)?.as_deref()).await
            }
            ClientFrame::Typing { chat_id, r#ref } => self.typing(chat_id.0, checked(r#ref)?.as_deref()).await,
            ClientFrame::Read { through, chat_id: Some(chat_id), r#ref } => {
                self.read_chat(chat_id.0, through.0, checked(r#ref)?.as_deref()).await
            }
            ClientFrame::Read { through, chat_id: None, r#ref } => self.read(through.0, checked(r#ref)?).await,
            ClientFrame::Ping { r#ref } => {
                let reference = checked(r#ref)?;
                self.send(ServerFrame::Pong { r#ref: reference.as_deref() }.encode().into()).await
            }
        }
    }

    async fn read(&mut self, through: i64, reference: Option<String>) -> Result<(), End> {
        let outcome = self.gateway.core.notifications.read_through(self.caller.account_id, through).await;
        let reference = reference.as_deref();
        let frame = match &outcome {
            Ok(outcome) => {
                let count = i64::try_from(outcome.read).unwrap_or(i64::MAX);
                ServerFrame::Read { count, unread: outcome.unread, r#ref: reference }
            }
            Err(error) => {
                tracing::warn!(%error, "a read mark was not kept");
                ServerFrame::Error { code: "busy", errors: BTreeMap::new(), retry_after: None, r#ref: reference }
            }
        };
        self.send(frame.encode().into()).await
    }

    /// Sends what was missed; for a `resume`, says that this was it.
    pub(super) async fn send_missed(&mut self, answer: &CatchUp, resumed: Option<Resume>) -> Result<(), End> {
        let reference = resumed.as_ref().and_then(|resume| resume.reference.as_deref());
        let unread = answer.state.unread;
        if answer.reset {
            let frame = ServerFrame::Reset { version: answer.state.version, unread, r#ref: reference };
            return self.send(frame.encode().into()).await;
        }
        for missed in &answer.missed {
            let frame = Message::Text(render_missed(missed, unread).into());
            patient(self.socket.feed(frame)).await?;
        }
        if resumed.is_some() {
            let (count, more) = (answer.missed.len(), answer.more);
            let frame = ServerFrame::Resumed { count, more, version: answer.through, r#ref: reference };
            patient(self.socket.feed(frame.encode().into())).await?;
        }
        if answer.more {
            // The client resumes again when it has digested this part, or is taken to after a while.
            self.hold_until = Instant::now() + Duration::from_millis(self.gateway.core.config.gateway.hold);
        }
        patient(self.socket.flush()).await
    }
}

fn checked(reference: Option<String>) -> Result<Option<String>, End> {
    match reference {
        Some(reference) if reference.len() > LONGEST_REF => Err(End::Close(CloseReason::BadFrame)),
        reference => Ok(reference),
    }
}
