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
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields, ListedUp, Moment, Signed};

/// A message.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Message)]
pub(super) struct MessageBody {
    /// What it says.
    content: String,
    /// When it was written.
    timestamp: Moment,
    /// The email of who wrote it.
    #[schema(required)]
    sender_email: Option<String>,
    /// The email of whom it is for.
    #[schema(required)]
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

/// A message to somebody.
#[derive(ToSchema)]
#[schema(as = karoo::MessageFields)]
pub(super) struct MessageFields {
    /// The email of whom it is for.
    recipient_email: String,
    /// What it says, of at most 4,000 characters.
    content: String,
}

impl MessageFields {
    fn read(fields: &mut Fields) -> Self {
        Self { recipient_email: fields.text("recipient_email"), content: fields.text("content") }
    }
}

/// Write to somebody, by their email.
#[utoipa::path(
    post, path = "/support/send_message/", tag = "karoo", operation_id = "karooSendMessage",
    security(("token" = [])), request_body = MessageFields,
    responses(
        (status = 201, description = "The message", body = MessageBody),
        (status = 404, description = "Nobody has the email, or nobody whom the caller may see", body = DetailBody),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<MessageBody>), DrfError> {
    let MessageFields { recipient_email: email, content } = MessageFields::read(&mut fields);
    let message =
        NewMessage { text: content, faults: fields.faults().renamed("content", "text"), ..NewMessage::default() };
    let said = app.core.chats.send(caller.account_id, Recipient::Email(email), message).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(said.message.into())))
}

/// List what one and somebody else wrote to each other.
#[utoipa::path(
    get, path = "/support/chatroom/{recipient_email}/", tag = "karoo", operation_id = "karooMessages",
    security(("token" = [])),
    params(("recipient_email" = String, Path, description = "The email of the other"), ListedUp),
    responses((status = 200, description = "Messages, oldest first", body = [MessageBody]))
)]
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
