//! Blocks: make, lift, list.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::connections::Blocked;
use utoipa::ToSchema;

use super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

/// Somebody whom one has blocked.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockBody {
    /// Who.
    user: PersonBody,
    /// Since when.
    blocked_at: DateTime<Utc>,
}

impl From<Blocked> for BlockBody {
    fn from(blocked: Blocked) -> Self {
        Self { user: blocked.person.into(), blocked_at: blocked.created_at }
    }
}

/// List whom one has blocked.
#[utoipa::path(
    get, path = "/api/v1/blocks", tag = "blocks", operation_id = "listBlocks",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Blocks, newest account first", body = PageBody<BlockBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<BlockBody>>, Problem> {
    let page = app.core.blocks.list(caller.account_id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}

/// Block somebody.
///
/// Ends connection and requests, takes each other's notifications away, and tells nobody. To each of
/// the two it then looks as if the other were not there. Again changes nothing.
#[utoipa::path(
    put, path = "/api/v1/blocks/{id}", tag = "blocks", operation_id = "block",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The account to block")),
    responses(
        (status = 204, description = "Blocked"),
        (status = 404, description = "`not_found`: nobody is there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`oneself`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn block(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.blocks.block(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lift a block. What it ended stays ended.
#[utoipa::path(
    delete, path = "/api/v1/blocks/{id}", tag = "blocks", operation_id = "unblock",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The blocked account")),
    responses(
        (status = 204, description = "Lifted"),
    )
)]
pub(super) async fn unblock(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.blocks.unblock(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
