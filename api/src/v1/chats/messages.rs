//! The messages of a chat: read back, sent, edited, removed.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::chats::{NewMessage, Recipient};
use shared::events::MessageView;
use utoipa::ToSchema;

use crate::App;
use crate::http::{
    Authenticated, Body, PageBody, PageParameters, Parameters, PathId, PathIds, Problem, ProblemBody, idempotency_key,
};

/// A message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MessageBody {
    /// Its number: in one chat a later message has a higher one.
    id: i64,
    /// The chat.
    chat_id: i64,
    /// Who wrote it.
    sender_id: i64,
    /// To whom.
    receiver_id: i64,
    /// Its text.
    text: String,
    /// The sender's own name for it.
    client_id: Option<String>,
    /// When it was sent.
    created_at: DateTime<Utc>,
    /// When its text was last changed.
    edited_at: Option<DateTime<Utc>>,
}

impl From<&MessageView> for MessageBody {
    fn from(view: &MessageView) -> Self {
        Self {
            id: view.id,
            chat_id: view.chat_id,
            sender_id: view.sender.id,
            receiver_id: view.receiver.id,
            text: view.text.clone(),
            client_id: view.client_id.clone(),
            created_at: view.created_at,
            edited_at: view.edited_at,
        }
    }
}

/// List the messages of a chat.
#[utoipa::path(
    get, path = "/api/v1/chats/{id}/messages", tag = "chats", operation_id = "listMessages",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The chat"), PageParameters),
    responses(
        (status = 200, description = "Messages, newest first", body = PageBody<MessageBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Parameters(parameters): Parameters<PageParameters>,
) -> Result<Json<PageBody<MessageBody>>, Problem> {
    let span = parameters.span()?;
    let page = app.core.chats.messages(caller.account_id, id, span).await?;
    Ok(Json(PageBody::new(page.items.iter().map(MessageBody::from).collect(), page.next)))
}

/// What to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendMessageBody {
    /// The text, at most 4,000 characters.
    text: String,
    /// The client's own name for the message, 1 to 64 printable ASCII characters.
    #[serde(default)]
    client_id: Option<String>,
}

/// Send a message.
///
/// Under a `client_id` (or an `Idempotency-Key`) it is one message, however often it is sent: a repeat is
/// answered with what the first made.
#[utoipa::path(
    post, path = "/api/v1/chats/{id}/messages", tag = "chats", operation_id = "sendMessage",
    security(("access_token" = [])), request_body = SendMessageBody,
    params(
        ("id" = i64, Path, description = "The chat"),
        ("Idempotency-Key" = Option<String>, Header, description = "Kept for 24 hours: a repeat under the same key is answered with what the first made"),
    ),
    responses(
        (status = 201, description = "The message", body = MessageBody),
        (status = 200, description = "The message that the first made", body = MessageBody),
        (status = 422, description = "`invalid`, `key_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    headers: HeaderMap,
    Body(body): Body<SendMessageBody>,
) -> Result<(StatusCode, Json<MessageBody>), Problem> {
    let SendMessageBody { text, client_id } = body;
    let idempotency_key = idempotency_key(&headers)?;
    let message = NewMessage { text, client_id, idempotency_key, ..NewMessage::default() };
    let said = app.core.chats.send(caller.account_id, Recipient::Chat(id), message).await?;
    let status = if said.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(MessageBody::from(&said.message))))
}

/// What it is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditMessageBody {
    /// The text, at most 4,000 characters.
    text: String,
}

/// Give one's own message another text.
#[utoipa::path(
    patch, path = "/api/v1/chats/{id}/messages/{message_id}", tag = "chats", operation_id = "editMessage",
    security(("access_token" = [])), request_body = EditMessageBody,
    params(("id" = i64, Path, description = "The chat"), ("message_id" = i64, Path, description = "The message")),
    responses(
        (status = 200, description = "The message", body = MessageBody),
        (status = 403, description = "`not_yours`: the other one wrote it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn edit(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathIds(chat_id, id): PathIds,
    Body(body): Body<EditMessageBody>,
) -> Result<Json<MessageBody>, Problem> {
    let message = app.core.chats.edit(caller.account_id, chat_id, id, &body.text).await?;
    Ok(Json(MessageBody::from(&message)))
}

/// Remove one's own message, for both.
#[utoipa::path(
    delete, path = "/api/v1/chats/{id}/messages/{message_id}", tag = "chats", operation_id = "removeMessage",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The chat"), ("message_id" = i64, Path, description = "The message")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_yours`: the other one wrote it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathIds(chat_id, id): PathIds,
) -> Result<StatusCode, Problem> {
    app.core.chats.remove(caller.account_id, chat_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
