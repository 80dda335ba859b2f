//! Connection requests: send, list, decide.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::connections::{Decision, Direction, Request, RequestFilter, SendRequest, Status};
use utoipa::{IntoParams, ToSchema};

use super::people::PersonBody;
use crate::App;
use crate::http::{
    Authenticated, Body, Cursor, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody,
    idempotency_key,
};

/// A connection request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestBody {
    /// Its number.
    id: i64,
    /// Who asks.
    from: PersonBody,
    /// Who is asked.
    to: PersonBody,
    /// What the sender wrote.
    message: Option<String>,
    /// Where it stands: `pending`, `accepted`, `rejected` or `cancelled`.
    #[schema(example = "pending")]
    status: &'static str,
    /// When it was sent.
    created_at: DateTime<Utc>,
    /// When it was decided.
    decided_at: Option<DateTime<Utc>>,
}

impl From<Request> for RequestBody {
    fn from(request: Request) -> Self {
        Self {
            id: request.id,
            from: request.from.into(),
            to: request.to.into(),
            message: request.message,
            status: request.status.as_str(),
            created_at: request.created_at,
            decided_at: request.decided_at,
        }
    }
}

/// Whom to ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBody {
    /// The account to connect with.
    #[schema(value_type = i64)]
    to_user_id: Id,
    /// Some words, at most 500 characters.
    #[serde(default)]
    message: Option<String>,
}

/// Ask somebody to connect.
///
/// When a request of theirs is pending, it is accepted instead and answered: two requests that cross
/// make a connection.
#[utoipa::path(
    post, path = "/api/v1/connection-requests", tag = "connection requests", operation_id = "sendConnectionRequest",
    security(("access_token" = [])), request_body = SendBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Kept for 24 hours: a repeat under the same key is answered with what the first made")),
    responses(
        (status = 201, description = "The request, pending, or accepted when it met one of theirs", body = RequestBody),
        (status = 404, description = "`not_found`: nobody is there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_connected`, `already_pending`, `too_many_sent`, `too_many_received`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `oneself`, `key_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(body): Body<SendBody>,
) -> Result<(StatusCode, Json<RequestBody>), Problem> {
    let idempotency_key = idempotency_key(&headers)?;
    let send =
        SendRequest { to_id: body.to_user_id.0, message: body.message, idempotency_key, ..SendRequest::default() };
    let sent = app.core.requests.send(caller.account_id, send).await?;
    Ok((StatusCode::CREATED, Json(sent.request.into())))
}

/// Whose requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectionParameter {
    /// Those that came.
    #[default]
    Incoming,
    /// Those that were sent.
    Outgoing,
}

/// Which requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusParameter {
    /// Those that wait.
    #[default]
    Pending,
    /// Those that made a connection.
    Accepted,
    /// Those that did not.
    Rejected,
    /// Those that were taken back.
    Cancelled,
}

impl From<StatusParameter> for Status {
    fn from(status: StatusParameter) -> Self {
        match status {
            StatusParameter::Pending => Self::Pending,
            StatusParameter::Accepted => Self::Accepted,
            StatusParameter::Rejected => Self::Rejected,
            StatusParameter::Cancelled => Self::Cancelled,
        }
    }
}

/// Which part of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParameters {
    /// `incoming` (by default) or `outgoing`.
    #[serde(default)]
    #[param(inline)]
    direction: DirectionParameter,
    /// `pending` (by default), `accepted`, `rejected` or `cancelled`.
    #[serde(default)]
    #[param(inline)]
    status: StatusParameter,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List requests that came or that one sent.
#[utoipa::path(
    get, path = "/api/v1/connection-requests", tag = "connection requests", operation_id = "listConnectionRequests",
    security(("access_token" = [])), params(ListParameters),
    responses(
        (status = 200, description = "Requests, newest first", body = PageBody<RequestBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(parameters): Parameters<ListParameters>,
) -> Result<Json<PageBody<RequestBody>>, Problem> {
    let direction = match parameters.direction {
        DirectionParameter::Incoming => Direction::Incoming,
        DirectionParameter::Outgoing => Direction::Outgoing,
    };
    let span = PageParameters::new(parameters.cursor, parameters.limit).span()?;
    let filter = RequestFilter { direction: Some(direction), status: Some(parameters.status.into()), connected: false };
    let page = app.core.requests.list(caller.account_id, filter, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// One request that one is part of.
#[utoipa::path(
    get, path = "/api/v1/connection-requests/{id}", tag = "connection requests", operation_id = "getConnectionRequest",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "The request", body = RequestBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<RequestBody>, Problem> {
    Ok(Json(app.core.requests.find(caller.account_id, id).await?.into()))
}

/// Accept a request that came: both are connected. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/connection-requests/{id}/accept", tag = "connection requests", operation_id = "acceptConnectionRequest",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "The request, accepted", body = RequestBody),
        (status = 403, description = "`not_yours`: the sender can't", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_decided`: rejected or cancelled", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn accept(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<RequestBody>, Problem> {
    Ok(Json(app.core.decisions.decide(caller.account_id, id, Decision::Accept).await?.into()))
}

/// Reject a request that came. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/connection-requests/{id}/reject", tag = "connection requests", operation_id = "rejectConnectionRequest",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "The request, rejected", body = RequestBody),
        (status = 403, description = "`not_yours`: the sender can't", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_decided`: accepted or cancelled", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn reject(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<RequestBody>, Problem> {
    Ok(Json(app.core.decisions.decide(caller.account_id, id, Decision::Reject).await?.into()))
}

/// Take a request back that one sent. Its notification goes with it. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/connection-requests/{id}/cancel", tag = "connection requests", operation_id = "cancelConnectionRequest",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "The request, cancelled", body = RequestBody),
        (status = 403, description = "`not_yours`: the receiver can't", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_decided`: accepted or rejected", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cancel(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<RequestBody>, Problem> {
    Ok(Json(app.core.decisions.decide(caller.account_id, id, Decision::Cancel).await?.into()))
}
