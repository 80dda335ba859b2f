//! What a v1 socket's client does in chats, and how it is answered.

use std::time::Duration;

use shared::chats::{ChatError, NewMessage, Recipient};
use tokio::time::Instant;

use super::protocol::ServerFrame;
use super::socket::{Connection, End};
use crate::http::Problem;
use crate::v1::chats::MessageBody;

/// Between two signs of writing that are passed on.
const TYPING_PAUSE: Duration = Duration::from_secs(1);

impl Connection<'_> {
    /// Sends a message.
    pub(super) async fn say(&mut self, chat_id: i64, message: NewMessage, reference: Option<&str>) -> Result<(), End> {
        let said = self.gateway.core.chats.send(self.caller.account_id, Recipient::Chat(chat_id), message).await;
        match said {
            Ok(said) => {
                let message = &MessageBody::from(&said.message);
                self.send(ServerFrame::Sent { message, r#ref: reference }.encode().into()).await
            }
            Err(error) => self.refuse(error, reference).await,
        }
    }

    /// Tells the other one that the client is writing.
    pub(super) async fn typing(&mut self, chat_id: i64, reference: Option<&str>) -> Result<(), End> {
        let now = Instant::now();
        if self.typed_at.is_some_and(|at| now.duration_since(at) < TYPING_PAUSE) {
            return Ok(());
        }
        match self.gateway.core.chats.typing(self.caller.account_id, chat_id).await {
            Ok(()) => {
                self.typed_at = Some(now);
                Ok(())
            }
            Err(error) => self.refuse(error, reference).await,
        }
    }

    /// Marks a chat as read up to a message.
    pub(super) async fn read_chat(&mut self, chat_id: i64, through: i64, reference: Option<&str>) -> Result<(), End> {
        match self.gateway.core.chats.read(self.caller.account_id, chat_id, through).await {
            Ok(read) => {
                let frame = ServerFrame::Read { count: read.read, unread: read.unread, r#ref: reference };
                self.send(frame.encode().into()).await
            }
            Err(error) => self.refuse(error, reference).await,
        }
    }

    /// Says why a frame was not served, in the words of the HTTP API.
    async fn refuse(&mut self, error: ChatError, reference: Option<&str>) -> Result<(), End> {
        let problem = Problem::from(error);
        let (code, retry_after) = (problem.code(), problem.retry_after());
        let frame = ServerFrame::Error { code, errors: problem.into_errors(), retry_after, r#ref: reference };
        self.send(frame.encode().into()).await
    }
}
