//! `/support/send_message/` and `/support/chatroom/{recipient_email}/`: what two people write to each other, the
//! same chats as everywhere.

use axum::Json;
use axum::extract::State;
use axum::extract::path::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use serde::Serialize;
use shared::chats::{ChatError, NewMessage, Recipient};
use shared::events::MessageView;

use crate::App;
use crate::dialects::drf::{DrfError, Fields, ListedUp, Moment, Signed};

/// A message.
#[derive(Serialize)]
pub(super) struct MessageBody {
    content: String,
    timestamp: Moment,
    sender_email: Option<String>,
    recipient_email: Option<String>,
}

impl From<MessageView> for MessageBody {
    fn from(view: MessageView) -> Self {
        Self {
            content: view.text,
            timestamp: Moment(view.created_at),
            sender_email: view.sender.email,
            recipient_email: view.receiver.email,
        }
    }
}

/// `POST /support/send_message/`
pub(super) async fn send(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<MessageBody>), DrfError> {
    let email = fields.text("recipient_email");
    let text = fields.text("content");
    let message = NewMessage { text, faults: fields.faults().renamed("content", "text"), ..NewMessage::default() };
    let said = app.core.chats.send(caller.account_id, Recipient::Email(email), message).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(said.message.into())))
}

/// `GET /support/chatroom/{recipient_email}/`: what the two wrote, oldest first.
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
    email: Result<Path<String>, PathRejection>,
) -> Result<Json<Vec<MessageBody>>, DrfError> {
    let Path(email) = email.map_err(|_| DrfError::not_found())?;
    let messages = app.core.chats.messages_with(caller.account_id, &email, slice).await.map_err(refused)?;
    Ok(Json(messages.into_iter().map(MessageBody::from).collect()))
}

fn refused(error: ChatError) -> DrfError {
    match error {
        ChatError::Invalid(errors) => errors.renamed("text", "content").into(),
        ChatError::Oneself => DrfError::field("recipient_email", "You can not write to yourself."),
        error => error.into(),
    }
}
