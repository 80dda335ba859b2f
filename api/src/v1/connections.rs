//! Connections: list and remove.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::connections::Connection;
use utoipa::ToSchema;

use super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, PageBody, PageParameters, Parameters, PathId, Problem};

/// A connection as one of the two sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionBody {
    /// Its number.
    id: i64,
    /// The other one.
    user: PersonBody,
    /// Since when.
    connected_at: DateTime<Utc>,
}

impl ConnectionBody {
    /// As the account sees it.
    pub(super) fn new(connection: Connection, account_id: i64) -> Self {
        Self { id: connection.id, connected_at: connection.created_at, user: connection.other_than(account_id).into() }
    }
}

/// List one's connections.
#[utoipa::path(
    get, path = "/api/v1/connections", tag = "connections", operation_id = "listConnections",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Connections, newest first", body = PageBody<ConnectionBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<ConnectionBody>>, Problem> {
    let page = app.core.ties.list(caller.account_id, page.span()?).await?;
    Ok(Json(PageBody::new(
        page.items.into_iter().map(|one| ConnectionBody::new(one, caller.account_id)).collect(),
        page.next,
    )))
}

/// End a connection. Nobody is told; either may ask again.
#[utoipa::path(
    delete, path = "/api/v1/connections/{id}", tag = "connections", operation_id = "removeConnection",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The connection")),
    responses(
        (status = 204, description = "It has ended"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.ties.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
