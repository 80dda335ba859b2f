//! The end of one's own account.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, Problem};

/// That it is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeleteMeBody {
    /// One's password.
    password: String,
}

/// Delete one's own account, for good.
///
/// Its sessions end, its names are free at once, and what it told others goes from their inboxes.
#[utoipa::path(
    delete, path = "/api/v1/me", tag = "accounts", operation_id = "deleteMe", security(("access_token" = [])),
    request_body = DeleteMeBody,
    responses(
        (status = 204, description = "It is gone"),
    )
)]
pub(super) async fn delete(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(DeleteMeBody { password }): Body<DeleteMeBody>,
) -> Result<StatusCode, Problem> {
    app.core.deletions.delete(&caller, password).await?;
    Ok(StatusCode::NO_CONTENT)
}
