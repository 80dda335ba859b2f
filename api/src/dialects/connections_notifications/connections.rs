//! Connections: list, remove.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::Person;
use shared::connections::Connection;

use super::people::UserLite;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Listed, Moment, Signed};

/// A connection, the lower account id first.
#[derive(Debug, Serialize)]
pub(super) struct ConnectionRow {
    id: i64,
    user1: UserLite,
    user2: UserLite,
    connected_at: Moment,
}

impl ConnectionRow {
    /// Of the one who looks at it, and the connection as they see it.
    pub(super) fn new(viewer: Person, connection: Connection) -> Self {
        let Connection { id, person, created_at, .. } = connection;
        let (user1, user2) = if viewer.id < person.id { (viewer, person) } else { (person, viewer) };
        Self { id, user1: user1.into(), user2: user2.into(), connected_at: Moment(created_at) }
    }
}

/// `GET /api/connections/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<ConnectionRow>>, DrfError> {
    let viewer = Person::from(app.core.profiles.own(caller.account_id).await?);
    let page = app.core.ties.list(caller.account_id, span).await?;
    Ok(Json(page.items.into_iter().map(|connection| ConnectionRow::new(viewer.clone(), connection)).collect()))
}

/// `DELETE /api/connections/{id}/`
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.ties.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
