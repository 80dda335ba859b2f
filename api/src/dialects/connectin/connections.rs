//! Connection requests, decisions, connections.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::Caller;
use shared::connections::{ConnectionError, Decision, Direction, Request, RequestFilter, SendRequest, Status};
use shared::page::Span;
use utoipa::ToSchema;

use super::person::PersonRow;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, Fields, Listed, Moment, Signed};
use crate::http::sentence;

/// Whom to ask.
#[derive(ToSchema)]
#[schema(as = connectin::SendFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct SendFields {
    to_user_id: i64,
}

/// A request that was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Sent)]
pub(super) struct SentBody {
    id: i64,
    from_user: i64,
    to_user: i64,
    /// `pending`, or `accepted` when it met one of theirs.
    status: &'static str,
    created_at: Moment,
}

/// Ask somebody to connect.
///
/// A request of theirs that waits is accepted instead, and answered.
#[utoipa::path(
    post, path = "/api/connection/send/", tag = "connectin", operation_id = "connectinSendRequest",
    security(("token" = [])), request_body = SendFields,
    responses(
        (status = 201, description = "The request", body = SentBody),
        (status = 400, description = "Oneself, a request that waits, or a connection that is there", body = BadRequestBody),
        (status = 404, description = "Nobody is there", body = DetailBody),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<SentBody>), DrfError> {
    let to_id = fields.id("to_user_id");
    let send = SendRequest { to_id, faults: fields.faults(), ..SendRequest::default() };
    let Request { id, from, to, status, created_at, .. } =
        app.core.requests.send(caller.account_id, send).await?.request;
    let body =
        SentBody { id, from_user: from.id, to_user: to.id, status: status.as_str(), created_at: Moment(created_at) };
    Ok((StatusCode::CREATED, Json(body)))
}

/// What to do with a request.
#[derive(ToSchema)]
#[schema(as = connectin::DecideFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct DecideFields {
    /// The request's id.
    connection_id: i64,
    r#do: Do,
}

/// A decision's word.
#[derive(Clone, Copy, ToSchema)]
#[schema(as = connectin::Do, rename_all = "lowercase")]
#[expect(dead_code, reason = "read as a text")]
enum Do {
    Accept,
    Reject,
    Cancel,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Decided)]
pub(super) struct DecidedBody {
    id: i64,
    status: &'static str,
    detail: &'static str,
}

/// Decide a request.
///
/// Whom it is for accepts or rejects it, who sent it cancels it. The same again answers the same.
#[utoipa::path(
    post, path = "/api/connection/decide/", tag = "connectin", operation_id = "connectinDecideRequest",
    security(("token" = [])), request_body = DecideFields,
    responses(
        (status = 200, description = "The decision", body = DecidedBody),
        (status = 403, description = "A request that is not the caller's to decide so", body = DetailBody),
        (status = 404, description = "No request of the caller's", body = DetailBody),
        (status = 409, description = "It was decided otherwise", body = DetailBody),
    )
)]
pub(super) async fn decide(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<DecidedBody>, DrfError> {
    let id = fields.id("connection_id");
    let decision = fields.choice("do", decision);
    fields.check()?;
    // Nothing is missing after the check.
    let decision = decision.ok_or_else(|| DrfError::field("do", "This field is required."))?;
    let decided = app.core.decisions.decide(caller.account_id, id, decision).await.map_err(undecided)?;
    let detail = match decision {
        Decision::Accept => "Connection request accepted.",
        Decision::Reject => "Connection request rejected.",
        Decision::Cancel => "Connection request cancelled.",
    };
    Ok(Json(DecidedBody { id: decided.id, status: decided.status.as_str(), detail }))
}

fn decision(word: &str) -> Option<Decision> {
    match word {
        "accept" => Some(Decision::Accept),
        "reject" => Some(Decision::Reject),
        "cancel" => Some(Decision::Cancel),
        _ => None,
    }
}

fn undecided(error: ConnectionError) -> DrfError {
    match error {
        ConnectionError::AlreadyDecided(_) => DrfError::detail(StatusCode::CONFLICT, sentence(&error)),
        error => error.into(),
    }
}

/// A request, or the connection that it made, seen from one side.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Request)]
pub(super) struct RequestRow {
    id: i64,
    user: PersonRow,
    created_at: Moment,
}

/// List connections.
///
/// By the requests that connected, as the ids and times of the rows are.
#[utoipa::path(
    get, path = "/api/connection/accepted/", tag = "connectin", operation_id = "connectinListConnections",
    security(("token" = [])), params(Listed),
    responses((status = 200, description = "Connections", body = [RequestRow]))
)]
pub(super) async fn accepted(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    let filter = RequestFilter { status: Some(Status::Accepted), connected: true, ..RequestFilter::default() };
    list(&app, &caller, filter, span).await
}

/// List requests that came and wait.
#[utoipa::path(
    get, path = "/api/connection/requests/", tag = "connectin", operation_id = "connectinListReceived",
    security(("token" = [])), params(Listed), responses((status = 200, description = "Requests", body = [RequestRow]))
)]
pub(super) async fn received(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    list(&app, &caller, pending(Direction::Incoming), span).await
}

/// List requests that were sent and wait.
#[utoipa::path(
    get, path = "/api/connection/sent-requests/", tag = "connectin", operation_id = "connectinListSent",
    security(("token" = [])), params(Listed), responses((status = 200, description = "Requests", body = [RequestRow]))
)]
pub(super) async fn sent(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    list(&app, &caller, pending(Direction::Outgoing), span).await
}

fn pending(direction: Direction) -> RequestFilter {
    RequestFilter { direction: Some(direction), status: Some(Status::Pending), connected: false }
}

async fn list(
    app: &App,
    caller: &Caller,
    filter: RequestFilter,
    span: Span,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    let page = app.core.requests.list(caller.account_id, filter, span).await?;
    let rows = page.items.into_iter().map(|Request { id, from, to, created_at, .. }| {
        let other = if from.id == caller.account_id { to } else { from };
        RequestRow { id, user: other.into(), created_at: Moment(created_at) }
    });
    Ok(Json(rows.collect()))
}
