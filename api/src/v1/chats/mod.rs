//! Chats of two people: opened, listed, read.

mod messages;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::chats::Chat;
use shared::events::ReadMark;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::notifications::UnreadBody;
use super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, Body, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

pub use messages::MessageBody;

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(find))
        .routes(routes!(read))
        .routes(routes!(messages::list, messages::send))
        .routes(routes!(messages::edit, messages::remove))
}

/// How far somebody has read in a chat.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct MarkBody {
    /// The chat.
    chat_id: i64,
    /// Who has read.
    account_id: i64,
    /// The newest message that they have read; 0 before the first.
    through: i64,
    /// When.
    read_at: Option<DateTime<Utc>>,
}

impl From<ReadMark> for MarkBody {
    fn from(ReadMark { chat_id, account_id, through, read_at }: ReadMark) -> Self {
        Self { chat_id, account_id, through, read_at }
    }
}

/// A chat.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatBody {
    /// Its number.
    id: i64,
    /// The other one.
    user: PersonBody,
    /// The newest message.
    last_message: Option<MessageBody>,
    /// Messages that one has not read.
    unread: i64,
    /// How far one has read.
    own_mark: MarkBody,
    /// How far the other has.
    their_mark: MarkBody,
    /// When it was opened.
    created_at: DateTime<Utc>,
}

impl From<Chat> for ChatBody {
    fn from(chat: Chat) -> Self {
        Self {
            id: chat.id,
            user: chat.person.into(),
            last_message: chat.last_message.as_ref().map(MessageBody::from),
            unread: chat.unread,
            own_mark: chat.own_mark.into(),
            their_mark: chat.their_mark.into(),
            created_at: chat.created_at,
        }
    }
}

/// List one's chats in which something was said.
#[utoipa::path(
    get, path = "/api/v1/chats", tag = "chats", operation_id = "listChats",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Chats, the newest message first", body = PageBody<ChatBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(parameters): Parameters<PageParameters>,
) -> Result<Json<PageBody<ChatBody>>, Problem> {
    let span = parameters.span()?;
    let page = app.core.chats.list(caller.account_id, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// With whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBody {
    /// The account to write with.
    #[schema(value_type = i64)]
    account_id: Id,
}

/// Open the chat with somebody: the same from both sides, and the same each time.
#[utoipa::path(
    post, path = "/api/v1/chats", tag = "chats", operation_id = "openChat",
    security(("access_token" = [])), request_body = OpenBody,
    responses(
        (status = 200, description = "The chat", body = ChatBody),
        (status = 404, description = "`not_found`: nobody is there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `oneself`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<OpenBody>,
) -> Result<Json<ChatBody>, Problem> {
    Ok(Json(app.core.chats.open(caller.account_id, body.account_id.0).await?.into()))
}

/// One chat.
#[utoipa::path(
    get, path = "/api/v1/chats/{id}", tag = "chats", operation_id = "getChat",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The chat")),
    responses(
        (status = 200, description = "The chat", body = ChatBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<ChatBody>, Problem> {
    Ok(Json(app.core.chats.find(caller.account_id, id).await?.into()))
}

/// Up to where a chat is read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadChatBody {
    /// The newest message that is read.
    #[schema(value_type = i64)]
    through: Id,
}

/// What reading came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatReadBody {
    /// How many messages were unread before.
    read: i64,
    /// How far one has read now.
    mark: MarkBody,
    /// What is unread now, in the whole inbox.
    unread: UnreadBody,
    /// The inbox's version now.
    version: i64,
}

/// Mark a chat as read up to a message. Less than was read before changes nothing.
#[utoipa::path(
    post, path = "/api/v1/chats/{id}/read", tag = "chats", operation_id = "readChat",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The chat")),
    request_body = ReadChatBody,
    responses(
        (status = 200, description = "What it came to", body = ChatReadBody),
    )
)]
pub(super) async fn read(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<ReadChatBody>,
) -> Result<Json<ChatReadBody>, Problem> {
    let read = app.core.chats.read(caller.account_id, id, body.through.0).await?;
    let (mark, unread) = (read.mark.into(), read.unread.into());
    Ok(Json(ChatReadBody { read: read.read, mark, unread, version: read.version }))
}
