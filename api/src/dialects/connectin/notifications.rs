//! Notifications: list, create, update, delete.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::events::NotificationView;
use shared::notifications::{Kind, NewNote};

use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Listed, Moment, Signed};
use crate::dialects::phrases::Phrases;

/// A notification.
#[derive(Debug, Serialize)]
pub(super) struct NotificationRow {
    id: i64,
    body: String,
    read: bool,
    created_at: Moment,
}

impl From<NotificationView> for NotificationRow {
    fn from(view: NotificationView) -> Self {
        Self {
            id: view.id,
            body: PHRASES.text(&view),
            read: view.read_at.is_some(),
            created_at: Moment(view.created_at),
        }
    }
}

/// What notifications say here.
pub(super) const PHRASES: Phrases = Phrases {
    requested: "sent you connection request!",
    accepted: "accepted your connection request!",
    rejected: "rejected your connection request!",
};

/// `GET /api/notification/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<NotificationRow>>, DrfError> {
    let page = app.core.notifications.list(caller.account_id, false, span).await?;
    Ok(Json(page.items.into_iter().map(NotificationRow::from).collect()))
}

/// `POST /api/notification/create/`: puts a note into one's own inbox.
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<NotificationRow>), DrfError> {
    let body = fields.text("body");
    let note = NewNote { recipient_id: caller.account_id, kind: Kind::Note, body, faults: fields.faults() };
    let view = app.core.notifications.write(&caller, note).await?;
    Ok((StatusCode::CREATED, Json(view.into())))
}

/// `PUT /api/notification/:uid/`: gives a notification another text.
pub(super) async fn edit(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<NotificationRow>, DrfError> {
    let body = fields.text("body");
    fields.check()?;
    Ok(Json(app.core.notifications.edit(caller.account_id, id, &body).await?.into()))
}

/// `DELETE /api/notification/:uid/`
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.notifications.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
