//! Notifications: list, create, update, delete.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::events::NotificationView;
use shared::notifications::{Kind, NewNote};
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Listed, Moment, Signed};
use crate::dialects::phrases::Phrases;

/// A text.
#[derive(ToSchema)]
#[schema(as = connectin::NotificationFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct NotificationFields {
    body: String,
}

/// A notification.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Notification)]
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

/// List notifications.
#[utoipa::path(
    get, path = "/api/notification/", tag = "connectin", operation_id = "connectinListNotifications",
    security(("token" = [])), params(Listed),
    responses((status = 200, description = "Notifications, newest first", body = [NotificationRow]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<NotificationRow>>, DrfError> {
    let page = app.core.notifications.list(caller.account_id, false, span).await?;
    Ok(Json(page.items.into_iter().map(NotificationRow::from).collect()))
}

/// Write a notification.
///
/// It goes into one's own inbox.
#[utoipa::path(
    post, path = "/api/notification/create/", tag = "connectin", operation_id = "connectinCreateNotification",
    security(("token" = [])), request_body = NotificationFields,
    responses((status = 201, description = "The notification", body = NotificationRow))
)]
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

/// Give a notification another text.
#[utoipa::path(
    put, path = "/api/notification/{id}/", tag = "connectin", operation_id = "connectinEditNotification",
    security(("token" = [])), params(("id" = i64, Path, description = "The notification")),
    request_body = NotificationFields,
    responses((status = 200, description = "The notification", body = NotificationRow))
)]
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

/// Delete a notification.
#[utoipa::path(
    delete, path = "/api/notification/{id}/", tag = "connectin", operation_id = "connectinDeleteNotification",
    security(("token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses((status = 204, description = "It is gone"))
)]
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.notifications.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
