//! `/support/cases/…`: what the document calls a case is a kind of case here, and its chats are one's own cases of
//! that kind.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::support::{Case, CaseMessage, NewCase, NewCaseMessage, SupportError};

use super::super::titled::TitledBody;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, Moment, Signed};

/// A case.
#[derive(Serialize)]
pub(super) struct ChatBody {
    id: i64,
    title: String,
    last_updated: Moment,
    case: i64,
}

impl From<Case> for ChatBody {
    fn from(case: Case) -> Self {
        Self { id: case.id, title: case.title, last_updated: Moment(case.updated_at), case: case.kind.id }
    }
}

/// What was said in one.
#[derive(Serialize)]
pub(super) struct MessageBody {
    content: String,
    timestamp: Moment,
    chat: i64,
}

impl From<CaseMessage> for MessageBody {
    fn from(message: CaseMessage) -> Self {
        Self { content: message.text, timestamp: Moment(message.created_at), chat: message.case_id }
    }
}

/// `GET /support/cases/`
pub(super) async fn kinds(
    State(app): State<App>,
    Signed(_): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let kinds = app.core.cases.kinds(slice).await?;
    Ok(Json(kinds.into_iter().map(TitledBody::from).collect()))
}

/// `GET /support/cases/{id}/chats/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
    DrfId(kind): DrfId,
) -> Result<Json<Vec<ChatBody>>, DrfError> {
    let cases = app.core.cases.of_kind(caller.account_id, kind, slice).await?;
    Ok(Json(cases.into_iter().map(ChatBody::from).collect()))
}

/// `POST /support/cases/{id}/chats/`
pub(super) async fn open(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(kind_id): DrfId,
    mut fields: Fields,
) -> Result<(StatusCode, Json<ChatBody>), DrfError> {
    let title = fields.text("title");
    let new = NewCase { kind_id, title, faults: fields.faults(), ..NewCase::default() };
    let case = app.core.cases.open(caller.account_id, new).await?;
    Ok((StatusCode::CREATED, Json(case.into())))
}

/// `GET /support/cases/chat/{chat_id}/messages/`
pub(super) async fn messages(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
    DrfId(chat): DrfId,
) -> Result<Json<Vec<MessageBody>>, DrfError> {
    let messages = app.core.cases.messages_up(caller.account_id, chat, slice).await?;
    Ok(Json(messages.into_iter().map(MessageBody::from).collect()))
}

/// `POST /support/cases/chat/create_message/`
pub(super) async fn write(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<MessageBody>), DrfError> {
    let chat = fields.id("chat");
    let text = fields.text("content");
    let faults = fields.faults().renamed("content", "text");
    let new = NewCaseMessage { text, faults, ..NewCaseMessage::default() };
    let message = app.core.cases.write(caller.account_id, chat, new).await.map_err(|error| match error {
        SupportError::NotFound => DrfError::no_object("chat", chat),
        SupportError::Invalid(errors) => errors.renamed("text", "content").into(),
        error => error.into(),
    })?;
    Ok((StatusCode::CREATED, Json(message.into())))
}
