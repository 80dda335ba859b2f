//! Notifications: list, read, remove.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::events::{NotificationView, Unread};
use shared::notifications::InboxPage;
use utoipa::{IntoParams, ToSchema};

use super::people::ActorBody;
use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageParameters, Parameters, PathId, Problem};

/// A notification.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NotificationBody {
    /// Its number.
    pub id: i64,
    /// The inbox's version of its last change.
    pub version: i64,
    /// What it tells: `requested`, `accepted`, `rejected`, `listing_reviewed`, `review_answered`,
    /// `case_answered`, `report_resolved`, `note` (its body alone), or what a newer version adds.
    #[schema(example = "requested")]
    pub kind: &'static str,
    /// Who caused it.
    pub actor: Option<ActorBody>,
    /// The connection request that it is about.
    pub request_id: Option<i64>,
    /// What else it is about: the listing (`listing_reviewed`, `review_answered`), the case (`case_answered`) or
    /// the report (`report_resolved`).
    pub subject_id: Option<i64>,
    /// A text of its own, which a person wrote.
    pub body: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

impl From<NotificationView> for NotificationBody {
    fn from(view: NotificationView) -> Self {
        Self {
            id: view.id,
            version: view.version,
            kind: view.kind.as_str(),
            actor: view.actor.map(ActorBody::from),
            request_id: view.request_id,
            subject_id: view.subject_id,
            body: view.body,
            created_at: view.created_at,
            read_at: view.read_at,
        }
    }
}

/// What is unread.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct UnreadBody {
    /// Notifications.
    notifications: i64,
    /// Messages.
    messages: i64,
}

impl From<Unread> for UnreadBody {
    fn from(Unread { notifications, messages }: Unread) -> Self {
        Self { notifications, messages }
    }
}

/// A part of an inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxBody {
    /// Notifications, newest first.
    items: Vec<NotificationBody>,
    /// What to pass as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// What is unread in the whole inbox.
    unread: UnreadBody,
    /// The inbox's version: a socket can resume from it.
    version: i64,
}

/// Which part of the inbox.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParameters {
    /// Only what is unread.
    #[serde(default)]
    unread: bool,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List one's notifications.
#[utoipa::path(
    get, path = "/api/v1/notifications", tag = "notifications", operation_id = "listNotifications",
    security(("access_token" = [])), params(ListParameters),
    responses(
        (status = 200, description = "Notifications, newest first", body = InboxBody),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(parameters): Parameters<ListParameters>,
) -> Result<Json<InboxBody>, Problem> {
    let span = PageParameters::new(parameters.cursor, parameters.limit).span()?;
    let InboxPage { page, unread, version } =
        app.core.notifications.inbox(caller.account_id, parameters.unread, span).await?;
    Ok(Json(InboxBody {
        items: page.items.into_iter().map(NotificationBody::from).collect(),
        next: page.next.map(|id| Cursor([id]).encode()),
        unread: unread.into(),
        version,
    }))
}

/// What is unread, and where the inbox stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCountBody {
    /// What is unread.
    #[serde(flatten)]
    unread: UnreadBody,
    /// The inbox's version.
    version: i64,
}

/// Count what is unread.
#[utoipa::path(
    get, path = "/api/v1/notifications/unread-count", tag = "notifications", operation_id = "countUnread",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The counts", body = UnreadCountBody),
    )
)]
pub(super) async fn unread(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<UnreadCountBody>, Problem> {
    let (unread, version) = app.core.notifications.unread(caller.account_id).await?;
    Ok(Json(UnreadCountBody { unread: unread.into(), version }))
}

/// Up to where everything is read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadThroughBody {
    /// A version of the inbox.
    through: i64,
}

/// What marking as read came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadBody {
    /// How many were unread before.
    read: usize,
    /// What is unread now.
    unread: UnreadBody,
    /// The inbox's version now.
    version: i64,
}

/// Mark as read what came with a version of the inbox or before.
#[utoipa::path(
    post, path = "/api/v1/notifications/read", tag = "notifications", operation_id = "readThrough",
    security(("access_token" = [])), request_body = ReadThroughBody,
    responses(
        (status = 200, description = "What it came to", body = ReadBody),
    )
)]
pub(super) async fn read_through(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<ReadThroughBody>,
) -> Result<Json<ReadBody>, Problem> {
    let outcome = app.core.notifications.read_through(caller.account_id, body.through).await?;
    Ok(Json(ReadBody { read: outcome.read, unread: outcome.unread.into(), version: outcome.version }))
}

/// One notification.
#[utoipa::path(
    get, path = "/api/v1/notifications/{id}", tag = "notifications", operation_id = "getNotification",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses(
        (status = 200, description = "The notification", body = NotificationBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<NotificationBody>, Problem> {
    Ok(Json(app.core.notifications.find(caller.account_id, id).await?.into()))
}

/// Mark one notification as read. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/notifications/{id}/read", tag = "notifications", operation_id = "readNotification",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses(
        (status = 200, description = "The notification, read", body = NotificationBody),
    )
)]
pub(super) async fn read_one(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<NotificationBody>, Problem> {
    Ok(Json(app.core.notifications.read_one(caller.account_id, id).await?.into()))
}

/// Remove one notification.
#[utoipa::path(
    delete, path = "/api/v1/notifications/{id}", tag = "notifications", operation_id = "removeNotification",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The notification")),
    responses(
        (status = 204, description = "It is gone"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.notifications.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
