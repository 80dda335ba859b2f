//! Notifications: list, one, create, mark, delete.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::events::NotificationView;
use shared::notifications::{Kind, NewNote, NotificationError};

use super::people::UserLite;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Listed, Moment, Signed};
use crate::dialects::phrases::Phrases;

/// A notification.
#[derive(Debug, Serialize)]
pub(super) struct NotificationRow {
    id: i64,
    recipient: Option<UserLite>,
    actor: Option<UserLite>,
    verb: Option<&'static str>,
    message: String,
    read: bool,
    created_at: Moment,
}

impl From<NotificationView> for NotificationRow {
    fn from(view: NotificationView) -> Self {
        Self {
            id: view.id,
            verb: VERBS.contains(&view.kind).then(|| view.kind.as_str()),
            message: PHRASES.text(&view),
            read: view.read_at.is_some(),
            created_at: Moment(view.created_at),
            recipient: view.recipient.map(UserLite::from),
            actor: view.actor.map(UserLite::from),
        }
    }
}

/// The kinds that are verbs here; a note has none.
const VERBS: [Kind; 3] = [Kind::Requested, Kind::Accepted, Kind::Rejected];

const PHRASES: Phrases = Phrases {
    requested: "sent you a connection request.",
    accepted: "accepted your connection request.",
    rejected: "rejected your connection request.",
};

/// `GET /api/notifications/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<NotificationRow>>, DrfError> {
    let page = app.core.notifications.list(caller.account_id, false, span).await?;
    Ok(Json(page.items.into_iter().map(NotificationRow::from).collect()))
}

/// `GET /api/notifications/{id}/`
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<NotificationRow>, DrfError> {
    Ok(Json(app.core.notifications.find(caller.account_id, id).await?.into()))
}

/// `POST /api/notifications/`: writes to oneself; staff, to anybody.
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<NotificationRow>), DrfError> {
    let body = fields.text("message");
    let verb = fields.optional_choice("verb", |word| VERBS.into_iter().find(|kind| kind.as_str() == word));
    let recipient_id = fields.optional_id("recipient_id").unwrap_or(caller.account_id);
    let note = NewNote { recipient_id, kind: verb.unwrap_or(Kind::Note), body, faults: fields.faults() };
    let written = app.core.notifications.write(&caller, note).await;
    let view = written.map_err(|error| match error {
        NotificationError::Invalid(errors) => errors.renamed("body", "message").into(),
        NotificationError::NoRecipient => DrfError::no_object("recipient_id", recipient_id),
        error => DrfError::from(error),
    })?;
    Ok((StatusCode::CREATED, Json(view.into())))
}

/// `PATCH /api/notifications/{id}/`: marks as read, or as unread.
pub(super) async fn mark(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<NotificationRow>, DrfError> {
    let read = fields.optional_bool("read");
    fields.check()?;
    let notifications = &app.core.notifications;
    let view = match read {
        Some(true) => notifications.read_one(caller.account_id, id).await?,
        Some(false) => notifications.unread_one(caller.account_id, id).await?,
        None => notifications.find(caller.account_id, id).await?,
    };
    Ok(Json(view.into()))
}

/// `POST /api/notifications/{id}/mark-read/`
pub(super) async fn mark_read(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<NotificationRow>, DrfError> {
    Ok(Json(app.core.notifications.read_one(caller.account_id, id).await?.into()))
}

/// How many were unread.
#[derive(Debug, Serialize)]
pub(super) struct UpdatedBody {
    updated: usize,
}

/// `POST /api/notifications/mark-all-read/`
pub(super) async fn mark_all_read(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<UpdatedBody>, DrfError> {
    let outcome = app.core.notifications.read_through(caller.account_id, i64::MAX).await?;
    Ok(Json(UpdatedBody { updated: outcome.read }))
}

/// `DELETE /api/notifications/{id}/`
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.notifications.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
