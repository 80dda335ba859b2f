//! Opening the sockets of dialects.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{DIALECT_TOKENS, DrfError, Fields, socket_token};
use crate::App;
use crate::gateway::DialectWire;

/// What an upgrade is, or why the request asks for none.
pub type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// The handshake of a request.
///
/// # Errors
/// It is none.
pub fn handshake(upgrade: Upgrade) -> Result<WebSocketUpgrade, DrfError> {
    upgrade.map_err(|rejection| DrfError::detail(StatusCode::BAD_REQUEST, rejection.body_text()))
}

/// Opens a socket that speaks `dialect`, for a token in the header or the query.
///
/// # Errors
/// 401 without a valid token; 400 for what is no handshake.
pub async fn open_socket(
    app: &App,
    headers: &HeaderMap,
    query: &mut Fields,
    upgrade: Upgrade,
    dialect: &'static dyn DialectWire,
) -> Result<Response, DrfError> {
    let token = socket_token(headers, query).ok_or_else(DrfError::not_authenticated)?;
    let caller = app.core.sessions.authenticate(&token, &DIALECT_TOKENS).await?;
    Ok(app.gateway.open_dialect(handshake(upgrade)?, caller, dialect).await?)
}
