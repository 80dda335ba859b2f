//! Notifications: list, create, update, delete.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::events::NotificationView;
use shared::notifications::{Kind, NewNote};

use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Listed, Moment, Signed};

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
        Self { id: view.id, body: text(&view), read: view.read_at.is_some(), created_at: Moment(view.created_at) }
    }
}

/// What a notification says here.
pub(super) fn text(view: &NotificationView) -> String {
    if let Some(body) = &view.body {
        return body.clone();
    }
    let name = view.actor.as_ref().map(|actor| actor.username.as_str()).unwrap_or_default();
    match view.kind {
        Kind::Requested => format!("{name} sent you connection request!"),
        Kind::Accepted => format!("{name} accepted your connection request!"),
        Kind::Rejected => format!("{name} rejected your connection request!"),
        Kind::Note | Kind::Other => "You have a notification!".to_owned(),
    }
}

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
    fields.check()?;
    let note = NewNote { recipient_id: caller.account_id, kind: Kind::Note, body };
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
