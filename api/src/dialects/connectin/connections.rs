//! Connection requests, decisions, connections.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::Caller;
use shared::connections::{ConnectionError, Decision, Direction, Request, RequestFilter, SendRequest, Status};
use shared::page::Span;

use super::person::PersonRow;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Listed, Moment, Signed};
use crate::http::sentence;

/// A request that was sent.
#[derive(Debug, Serialize)]
pub(super) struct SentBody {
    id: i64,
    from_user: i64,
    to_user: i64,
    status: &'static str,
    created_at: Moment,
}

/// `POST /api/connection/send/`: asks somebody to connect, or accepts their request that waits.
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

/// A decision.
#[derive(Debug, Serialize)]
pub(super) struct DecidedBody {
    id: i64,
    status: &'static str,
    detail: &'static str,
}

/// `POST /api/connection/decide/`: accepts, rejects or cancels.
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
#[derive(Debug, Serialize)]
pub(super) struct RequestRow {
    id: i64,
    user: PersonRow,
    created_at: Moment,
}

/// `GET /api/connection/accepted/`: by the requests that connected, as the ids and times of its rows are.
pub(super) async fn accepted(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    let filter = RequestFilter { status: Some(Status::Accepted), connected: true, ..RequestFilter::default() };
    list(&app, &caller, filter, span).await
}

/// `GET /api/connection/requests/`
pub(super) async fn received(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    list(&app, &caller, pending(Direction::Incoming), span).await
}

/// `GET /api/connection/sent-requests/`
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
