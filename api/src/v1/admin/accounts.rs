//! Accounts that staff suspend.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::accounts::Suspension;
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, PathId, Problem, ProblemBody};
use crate::v1::people::PersonBody;

/// Whether an account is suspended.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuspensionBody {
    /// The account.
    user: PersonBody,
    /// Since when it is suspended; `null` when it is not.
    suspended_at: Option<DateTime<Utc>>,
}

impl From<Suspension> for SuspensionBody {
    fn from(Suspension { person, suspended_at }: Suspension) -> Self {
        Self { user: person.into(), suspended_at }
    }
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuspendBody {
    /// For the audit log, at most 1,000 characters.
    reason: String,
}

/// Suspend an account: it is there for nobody, and its sessions and sockets end everywhere. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/admin/accounts/{id}/suspend", tag = "staff", operation_id = "staffSuspendAccount",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The account")),
    request_body = SuspendBody,
    responses(
        (status = 200, description = "The account", body = SuspensionBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`staff_account`: one of the staff, perhaps oneself", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn suspend(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<SuspendBody>,
) -> Result<Json<SuspensionBody>, Problem> {
    Ok(Json(app.core.suspensions.suspend(&caller, id, &body.reason).await?.into()))
}

/// Lift a suspension. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/admin/accounts/{id}/restore", tag = "staff", operation_id = "staffRestoreAccount",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 200, description = "The account", body = SuspensionBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn restore(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<SuspensionBody>, Problem> {
    Ok(Json(app.core.suspensions.restore(&caller, id).await?.into()))
}
