//! Who is online.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::presence::Online;
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DrfError, Listed, Moment, Signed};

/// Somebody who is online.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = chat_app::Online)]
pub(super) struct OnlineRow {
    id: i64,
    username: String,
    last_seen: Moment,
}

impl From<Online> for OnlineRow {
    fn from(Online { person, last_seen }: Online) -> Self {
        Self { id: person.id, username: person.username, last_seen: Moment(last_seen) }
    }
}

/// List who is online.
///
/// Everybody who has a socket, or asked for something in the last minute; the newest account first.
#[utoipa::path(
    get, path = "/api/online-users/", tag = "chat_app", operation_id = "chatAppListOnline", security(("token" = [])),
    params(Listed), responses((status = 200, description = "Who is online", body = [OnlineRow]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<OnlineRow>>, DrfError> {
    let online = app.core.presence.online_users(caller.account_id, span).await?;
    Ok(Json(online.into_iter().map(OnlineRow::from).collect()))
}
