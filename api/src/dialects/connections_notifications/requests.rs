//! Connection requests: list, one, send, accept, reject.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::Caller;
use shared::connections::{ConnectionError, Decision, Direction, Request, RequestFilter, SendRequest, Status};
use utoipa::ToSchema;

use super::connections::ConnectionRow;
use super::people::UserLite;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, DrfId, Fields, Listed, Moment, QueryFields, Signed};
use crate::http::sentence;

/// Whom to ask, and a word to them.
#[derive(ToSchema)]
#[schema(as = connections_notifications::RequestFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct RequestFields {
    to_user_id: i64,
    message: Option<String>,
}

/// Where a request stands.
#[derive(Clone, Copy, ToSchema)]
#[schema(as = connections_notifications::Status, rename_all = "lowercase")]
#[expect(dead_code, reason = "read and written as a text")]
enum StatusWord {
    Pending,
    Accepted,
    Rejected,
    Cancelled,
}

/// From whom.
#[derive(Clone, Copy, ToSchema)]
#[schema(as = connections_notifications::Direction, rename_all = "lowercase")]
#[expect(dead_code, reason = "read as a text")]
enum DirectionWord {
    Incoming,
    Outgoing,
}

/// A connection request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Request)]
pub(super) struct RequestRow {
    id: i64,
    from_user: UserLite,
    to_user: UserLite,
    message: Option<String>,
    #[schema(value_type = StatusWord)]
    status: &'static str,
    created_at: Moment,
    responded_at: Option<Moment>,
}

impl From<Request> for RequestRow {
    fn from(request: Request) -> Self {
        Self {
            id: request.id,
            from_user: request.from.into(),
            to_user: request.to.into(),
            message: request.message,
            status: request.status.as_str(),
            created_at: Moment(request.created_at),
            responded_at: request.decided_at.map(Moment),
        }
    }
}

/// List connection requests.
#[utoipa::path(
    get, path = "/api/connection_requests/", tag = "connections_notifications", operation_id = "connectionsNotificationsListRequests",
    security(("token" = [])), 
    params(
        ("direction" = inline(Option<DirectionWord>), Query, description = "From others, or one's own; both without it"),
        ("status" = Option<StatusWord>, Query, description = "Where they stand; all without it"),
        Listed,
    ),
    responses((status = 200, description = "Requests, newest first", body = [RequestRow]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
    QueryFields(mut query): QueryFields,
) -> Result<Json<Vec<RequestRow>>, DrfError> {
    let direction = query.optional_choice("direction", |word| match word {
        "incoming" => Some(Direction::Incoming),
        "outgoing" => Some(Direction::Outgoing),
        _ => None,
    });
    let status = query.optional_choice("status", Status::parse);
    query.check()?;
    let page =
        app.core.requests.list(caller.account_id, RequestFilter { direction, status, connected: false }, span).await?;
    Ok(Json(page.items.into_iter().map(RequestRow::from).collect()))
}

/// Read a connection request.
#[utoipa::path(
    get, path = "/api/connection_requests/{id}/", tag = "connections_notifications", operation_id = "connectionsNotificationsFindRequest",
    security(("token" = [])), params(("id" = i64, Path, description = "The request")),
    responses((status = 200, description = "The request", body = RequestRow))
)]
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<RequestRow>, DrfError> {
    Ok(Json(app.core.requests.find(caller.account_id, id).await?.into()))
}

/// Ask somebody to connect.
///
/// A request of theirs that waits is accepted instead, and answered.
#[utoipa::path(
    post, path = "/api/connection_requests/", tag = "connections_notifications", operation_id = "connectionsNotificationsSendRequest",
    security(("token" = [])), request_body = RequestFields,
    responses(
        (status = 201, description = "The request", body = RequestRow),
        (status = 400, description = "`to_user_id`: nobody is there; `non_field_errors`: oneself, a request that waits, or a connection that is there", body = BadRequestBody),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<RequestRow>), DrfError> {
    let to_id = fields.id("to_user_id");
    let message = fields.optional_text("message").flatten();
    let send = SendRequest { to_id, message, faults: fields.faults(), ..SendRequest::default() };
    let sent = app.core.requests.send(caller.account_id, send).await.map_err(|error| match error {
        ConnectionError::NotFound => DrfError::no_object("to_user_id", to_id),
        ConnectionError::Oneself
        | ConnectionError::AlreadyConnected
        | ConnectionError::AlreadyPending
        | ConnectionError::TooManySent
        | ConnectionError::TooManyReceived => DrfError::non_field(sentence(&error)),
        error => error.into(),
    })?;
    Ok((StatusCode::CREATED, Json(sent.request.into())))
}

/// An acceptance, and the connection that it made. `null`, when that was removed since.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Accepted)]
pub(super) struct AcceptedBody {
    detail: &'static str,
    connection: Option<ConnectionRow>,
}

/// Accept a connection request.
///
/// Again, it answers the same.
#[utoipa::path(
    post, path = "/api/connection_requests/{id}/accept/", tag = "connections_notifications", operation_id = "connectionsNotificationsAcceptRequest",
    security(("token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "The connection", body = AcceptedBody),
        (status = 400, description = "It was decided otherwise", body = DetailBody),
        (status = 403, description = "Not the caller's to decide", body = DetailBody),
    )
)]
pub(super) async fn accept(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<AcceptedBody>, DrfError> {
    let request = decide(&app, &caller, id, Decision::Accept).await?;
    let connection = app.core.ties.of_request(&request).await?.map(ConnectionRow::from);
    Ok(Json(AcceptedBody { detail: "Connection accepted.", connection }))
}

/// A rejection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Rejected)]
pub(super) struct RejectedBody {
    detail: &'static str,
}

/// Reject a connection request.
///
/// Again, it answers the same.
#[utoipa::path(
    post, path = "/api/connection_requests/{id}/reject/", tag = "connections_notifications", operation_id = "connectionsNotificationsRejectRequest",
    security(("token" = [])), params(("id" = i64, Path, description = "The request")),
    responses(
        (status = 200, description = "It is rejected", body = RejectedBody),
        (status = 400, description = "It was decided otherwise", body = DetailBody),
        (status = 403, description = "Not the caller's to decide", body = DetailBody),
    )
)]
pub(super) async fn reject(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<RejectedBody>, DrfError> {
    decide(&app, &caller, id, Decision::Reject).await?;
    Ok(Json(RejectedBody { detail: "Connection rejected." }))
}

async fn decide(app: &App, caller: &Caller, id: i64, decision: Decision) -> Result<Request, DrfError> {
    app.core.decisions.decide(caller.account_id, id, decision).await.map_err(|error| match error {
        ConnectionError::AlreadyDecided(status) => {
            DrfError::detail(StatusCode::BAD_REQUEST, format!("Request is not pending (current: {status})."))
        }
        error => error.into(),
    })
}
