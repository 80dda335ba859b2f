//! Connections: list, remove.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::connections::Connection;
use utoipa::ToSchema;

use super::people::UserLite;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Listed, Moment, Signed};

/// A connection, the lower account id first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Connection)]
pub(super) struct ConnectionRow {
    id: i64,
    user1: UserLite,
    user2: UserLite,
    connected_at: Moment,
}

impl From<Connection> for ConnectionRow {
    fn from(Connection { id, low, high, created_at }: Connection) -> Self {
        Self { id, user1: low.into(), user2: high.into(), connected_at: Moment(created_at) }
    }
}

/// List connections.
#[utoipa::path(
    get, path = "/api/connections/", tag = "connections_notifications", operation_id = "connectionsNotificationsListConnections",
    security(("token" = [])), params(Listed),
    responses((status = 200, description = "Connections, newest first", body = [ConnectionRow]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<ConnectionRow>>, DrfError> {
    let page = app.core.ties.list(caller.account_id, span).await?;
    Ok(Json(page.items.into_iter().map(ConnectionRow::from).collect()))
}

/// Remove a connection.
#[utoipa::path(
    delete, path = "/api/connections/{id}/", tag = "connections_notifications", operation_id = "connectionsNotificationsRemoveConnection",
    security(("token" = [])), params(("id" = i64, Path, description = "The connection")),
    responses((status = 204, description = "It is gone"))
)]
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.ties.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
