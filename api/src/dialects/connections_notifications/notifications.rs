//! Notifications: list, one, create, mark, delete.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::events::NotificationView;
use shared::notifications::{Kind, NewNote, NotificationError};
use utoipa::ToSchema;

use super::people::UserLite;
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, DrfId, Fields, Listed, Moment, Signed};
use crate::dialects::phrases::Phrases;

/// A note.
#[derive(ToSchema)]
#[schema(as = connections_notifications::NotificationFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct NotificationFields {
    message: String,
    verb: Option<Verb>,
    /// Oneself without it; staff may write to anybody.
    recipient_id: Option<i64>,
}

/// What somebody did.
#[derive(Clone, Copy, ToSchema)]
#[schema(as = connections_notifications::Verb, rename_all = "lowercase")]
#[expect(dead_code, reason = "read as a text")]
enum Verb {
    Requested,
    Accepted,
    Rejected,
}

/// Whether it was read.
#[derive(ToSchema)]
#[schema(as = connections_notifications::MarkFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct MarkFields {
    read: Option<bool>,
}

/// A notification.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Notification)]
pub(super) struct NotificationRow {
    id: i64,
    recipient: Option<UserLite>,
    actor: Option<UserLite>,
    /// Null for notes, and for what this document does not know.
    #[schema(value_type = Option<Verb>)]
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

/// List notifications.
#[utoipa::path(
    get, path = "/api/notifications/", tag = "connections_notifications", operation_id = "connectionsNotificationsListNotifications",
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

/// Read a notification.
#[utoipa::path(
    get, path = "/api/notifications/{id}/", tag = "connections_notifications", operation_id = "connectionsNotificationsFindNotification",
    security(("token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses((status = 200, description = "The notification", body = NotificationRow))
)]
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<NotificationRow>, DrfError> {
    Ok(Json(app.core.notifications.find(caller.account_id, id).await?.into()))
}

/// Write a notification.
///
/// To oneself; staff, to anybody.
#[utoipa::path(
    post, path = "/api/notifications/", tag = "connections_notifications", operation_id = "connectionsNotificationsCreateNotification",
    security(("token" = [])), request_body = NotificationFields,
    responses(
        (status = 201, description = "The notification", body = NotificationRow),
        (status = 403, description = "To another, by somebody who is not staff", body = DetailBody),
    )
)]
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

/// Mark a notification as read, or as unread.
#[utoipa::path(
    patch, path = "/api/notifications/{id}/", tag = "connections_notifications", operation_id = "connectionsNotificationsMarkNotification",
    security(("token" = [])), params(("id" = i64, Path, description = "The notification")),
    request_body = MarkFields,
    responses((status = 200, description = "The notification", body = NotificationRow))
)]
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

/// Mark a notification as read.
#[utoipa::path(
    post, path = "/api/notifications/{id}/mark-read/", tag = "connections_notifications", operation_id = "connectionsNotificationsReadNotification",
    security(("token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses((status = 200, description = "The notification", body = NotificationRow))
)]
pub(super) async fn mark_read(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<NotificationRow>, DrfError> {
    Ok(Json(app.core.notifications.read_one(caller.account_id, id).await?.into()))
}

/// How many were unread.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Updated)]
pub(super) struct UpdatedBody {
    updated: usize,
}

/// Mark all notifications as read.
#[utoipa::path(
    post, path = "/api/notifications/mark-all-read/", tag = "connections_notifications", operation_id = "connectionsNotificationsReadAllNotifications",
    security(("token" = [])), responses((status = 200, description = "How many were unread", body = UpdatedBody))
)]
pub(super) async fn mark_all_read(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<UpdatedBody>, DrfError> {
    let outcome = app.core.notifications.read_through(caller.account_id, i64::MAX).await?;
    Ok(Json(UpdatedBody { updated: outcome.read }))
}

/// Delete a notification.
#[utoipa::path(
    delete, path = "/api/notifications/{id}/", tag = "connections_notifications", operation_id = "connectionsNotificationsDeleteNotification",
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
