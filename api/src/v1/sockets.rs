//! Opening sockets: by header, by subprotocol, or by a single-use ticket.

use axum::Json;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::accounts::Caller;
use shared::ports::tickets::TicketError;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::gateway::Wire;
use crate::http::{Authenticated, Parameters, Problem, ProblemBody, V1_TOKENS, authorization_token};

/// The subprotocol under which a browser may pass its token: `bearer, TOKEN`.
const SUBPROTOCOL: &str = "bearer";

/// How a browser opens a socket.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OpenParameters {
    /// A ticket of `POST /api/v1/ws/tickets`.
    ticket: Option<String>,
}

/// Open a socket.
///
/// Authenticate by `Authorization: Bearer TOKEN`, by the subprotocol `bearer, TOKEN`, or by a
/// ticket. The frames are described at `/docs/gateway`, and in the AsyncAPI document `/docs/asyncapi.json`.
#[utoipa::path(
    get, path = "/api/v1/ws", tag = "gateway", operation_id = "openSocket", params(OpenParameters),
    security((), ("access_token" = [])),
    responses(
        (status = 101, description = "The socket is open"),
        (status = 400, description = "`no_upgrade`: not a WebSocket handshake", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`not_authenticated`, `invalid_token`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`: tickets can't be taken now", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    Parameters(parameters): Parameters<OpenParameters>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let offered = subprotocol_token(&headers);
    let caller = match (authorization_token(&headers, &["bearer"]), &offered, parameters.ticket) {
        (Some(token), _, _) => app.core.sessions.authenticate(token, &V1_TOKENS).await?,
        (None, Some(token), _) => app.core.sessions.authenticate(token, &V1_TOKENS).await?,
        (None, None, Some(ticket)) => take(&app, &ticket).await?,
        (None, None, None) => return Err(Problem::unauthenticated()),
    };
    let mut upgrade = upgrade.map_err(|rejection| {
        Problem::new(StatusCode::BAD_REQUEST, "no_upgrade", format!("This is no WebSocket handshake: {rejection}."))
    })?;
    if offered.is_some() {
        // The token itself is never repeated.
        upgrade.set_selected_protocol(HeaderValue::from_static(SUBPROTOCOL));
    }
    Ok(app.gateway.open(upgrade, caller, Wire::V1))
}

/// The token of `Sec-WebSocket-Protocol: bearer, TOKEN`.
fn subprotocol_token(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    let names: Vec<&str> = values.flat_map(|line| line.split(',')).map(str::trim).collect();
    let [name, token] = names.as_slice() else { return None };
    (*name == SUBPROTOCOL).then(|| (*token).to_owned())
}

/// A ticket.
#[derive(Serialize, ToSchema)]
pub struct TicketBody {
    /// Opens one socket, once.
    ticket: String,
    /// Seconds that it lives.
    expires_in: i64,
}

/// Get a ticket that opens one socket.
#[utoipa::path(
    post, path = "/api/v1/ws/tickets", tag = "gateway", operation_id = "createSocketTicket", security(("access_token" = [])),
    responses(
        (status = 201, description = "The ticket", body = TicketBody),
        (status = 503, description = "`busy`: tickets can't be given now", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ticket(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<(StatusCode, Json<TicketBody>), Problem> {
    let bytes: [u8; 32] = rand::random();
    let ticket = shared::accounts::hex(bytes);
    let seconds = app.core.config.secrets.lifetimes.ticket;
    let kept = Kept {
        account_id: caller.account_id,
        session_id: caller.session_id,
        staff: caller.staff,
        presence_hidden: caller.presence_hidden,
        expires_at: caller.expires_at.timestamp(),
    };
    let kept = serde_json::to_string(&kept).map_err(|_| Problem::busy("the ticket could not be made"))?;
    app.core.ports.tickets.put(&key(&ticket), &kept, seconds).await.map_err(|error| refused(&error))?;
    Ok((StatusCode::CREATED, Json(TicketBody { ticket, expires_in: seconds })))
}

/// What a ticket stands for.
#[derive(Serialize, Deserialize)]
struct Kept {
    account_id: i64,
    session_id: i64,
    staff: bool,
    /// Older processes did not keep it.
    #[serde(default)]
    presence_hidden: bool,
    expires_at: i64,
}

async fn take(app: &App, ticket: &str) -> Result<Caller, Problem> {
    let kept = app.core.ports.tickets.take(&key(ticket)).await.map_err(|error| refused(&error))?;
    let kept = kept.and_then(|kept| serde_json::from_str::<Kept>(&kept).ok()).ok_or_else(Problem::unauthenticated)?;
    let expires_at = chrono::DateTime::from_timestamp(kept.expires_at, 0).ok_or_else(Problem::unauthenticated)?;
    // Whether the session is still alive is asked when the socket opens.
    let Kept { account_id, session_id, staff, presence_hidden, .. } = kept;
    Ok(Caller { account_id, session_id, staff, presence_hidden, expires_at })
}

/// Tickets are kept under their hash, so that reading the store opens no socket.
fn key(ticket: &str) -> String {
    shared::accounts::hex(Sha256::digest(ticket.as_bytes()))
}

fn refused(error: &TicketError) -> Problem {
    tracing::warn!(%error, "socket tickets");
    Problem::busy("socket tickets are not available; open the socket with the access token itself")
}
