//! `/support/cases/…`: what the document calls a case is a kind of case here, and its chats are one's own cases of
//! that kind.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::support::{Case, CaseMessage, NewCase, NewCaseMessage, SupportError};
use utoipa::ToSchema;

use super::super::titled::TitledBody;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, Moment, Signed};

/// One's chat with the staff about some case.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Chat)]
pub(super) struct ChatBody {
    /// Its number.
    id: i64,
    /// What it is about.
    title: String,
    /// When something was last said in it.
    last_updated: Moment,
    /// The number of the case.
    case: i64,
}

impl From<Case> for ChatBody {
    fn from(case: Case) -> Self {
        Self { id: case.id, title: case.title, last_updated: Moment(case.updated_at), case: case.kind.id }
    }
}

/// What was said in one.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::ChatMessage)]
pub(super) struct ChatMessageBody {
    /// What it says.
    content: String,
    /// When it was written.
    timestamp: Moment,
    /// The number of its chat.
    chat: i64,
}

impl From<CaseMessage> for ChatMessageBody {
    fn from(message: CaseMessage) -> Self {
        Self { content: message.text, timestamp: Moment(message.created_at), chat: message.case_id }
    }
}

/// List the cases that one can ask the staff about.
#[utoipa::path(
    get, path = "/support/cases/", tag = "karoo", operation_id = "karooCases",
    security(("token" = [])), params(ListedUp),
    responses((status = 200, description = "Cases, by their number", body = [TitledBody]))
)]
pub(super) async fn kinds(
    State(app): State<App>,
    Signed(_caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let kinds = app.core.cases.kinds(slice).await?;
    Ok(Json(kinds.into_iter().map(TitledBody::from).collect()))
}

/// List one's chats about a case.
#[utoipa::path(
    get, path = "/support/cases/{id}/chats/", tag = "karoo", operation_id = "karooChats",
    security(("token" = [])), params(("id" = i64, Path, description = "The case"), ListedUp),
    responses((status = 200, description = "Chats, oldest first", body = [ChatBody]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
    DrfId(kind): DrfId,
) -> Result<Json<Vec<ChatBody>>, DrfError> {
    let cases = app.core.cases.of_kind(caller.account_id, kind, slice).await?;
    Ok(Json(cases.into_iter().map(ChatBody::from).collect()))
}

/// What a chat is about.
#[derive(ToSchema)]
#[schema(as = karoo::ChatFields)]
pub(super) struct ChatFields {
    /// What it is about.
    title: String,
}

impl ChatFields {
    fn read(fields: &mut Fields) -> Self {
        Self { title: fields.text("title") }
    }
}

/// Open a chat about a case. An account has at most 50 open.
#[utoipa::path(
    post, path = "/support/cases/{id}/chats/", tag = "karoo", operation_id = "karooOpenChat",
    security(("token" = [])), params(("id" = i64, Path, description = "The case")), request_body = ChatFields,
    responses((status = 201, description = "The chat", body = ChatBody))
)]
pub(super) async fn open(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(kind_id): DrfId,
    mut fields: Fields,
) -> Result<(StatusCode, Json<ChatBody>), DrfError> {
    let ChatFields { title } = ChatFields::read(&mut fields);
    let new = NewCase { kind_id, title, faults: fields.faults(), ..NewCase::default() };
    let case = app.core.cases.open(caller.account_id, new).await?;
    Ok((StatusCode::CREATED, Json(case.into())))
}

/// List what was said in one's chat.
#[utoipa::path(
    get, path = "/support/cases/chat/{id}/messages/", tag = "karoo", operation_id = "karooChatMessages",
    security(("token" = [])), params(("id" = i64, Path, description = "The chat"), ListedUp),
    responses((status = 200, description = "Messages, oldest first", body = [ChatMessageBody]))
)]
pub(super) async fn messages(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
    DrfId(chat): DrfId,
) -> Result<Json<Vec<ChatMessageBody>>, DrfError> {
    let messages = app.core.cases.messages_up(caller.account_id, chat, slice).await?;
    Ok(Json(messages.into_iter().map(ChatMessageBody::from).collect()))
}

/// What is said in a chat.
#[derive(ToSchema)]
#[schema(as = karoo::ChatMessageFields)]
pub(super) struct ChatMessageFields {
    /// The number of the chat.
    chat: i64,
    /// What is said.
    content: String,
}

impl ChatMessageFields {
    fn read(fields: &mut Fields) -> Self {
        Self { chat: fields.id("chat"), content: fields.text("content") }
    }
}

/// Write in one's chat. One that the staff have closed is open again.
#[utoipa::path(
    post, path = "/support/cases/chat/create_message/", tag = "karoo", operation_id = "karooWrite",
    security(("token" = [])), request_body = ChatMessageFields,
    responses((status = 201, description = "The message", body = ChatMessageBody))
)]
pub(super) async fn write(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<ChatMessageBody>), DrfError> {
    let ChatMessageFields { chat, content: text } = ChatMessageFields::read(&mut fields);
    let faults = fields.faults().renamed("content", "text");
    let new = NewCaseMessage { text, faults, ..NewCaseMessage::default() };
    let message = app.core.cases.write(caller.account_id, chat, new).await.map_err(|error| match error {
        SupportError::NotFound => DrfError::no_object("chat", chat),
        SupportError::Invalid(errors) => errors.renamed("text", "content").into(),
        error => error.into(),
    })?;
    Ok((StatusCode::CREATED, Json(message.into())))
}
