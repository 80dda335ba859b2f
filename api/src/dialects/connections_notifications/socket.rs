//! `/ws/notifications/`

use async_trait::async_trait;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::{Value, json};
use shared::Core;
use shared::accounts::{Caller, SessionError, TokenKind};
use shared::events::NotificationView;

use super::notifications::NotificationRow;
use crate::App;
use crate::dialects::drf::{
    BadRequestBody, DIALECT_TOKENS, DetailBody, DrfError, QueryFields, Upgrade, handshake, socket_token,
};
use crate::dialects::shared_paths::session_cookie;
use crate::gateway::{CloseReason, DialectWire};
use crate::http::is_allowed_origin;

/// The frames of this socket: `{"type": "notification", "data": row}`, and `pong` for a `ping`.
#[derive(Debug)]
struct Notifications;

#[async_trait]
impl DialectWire for Notifications {
    fn name(&self) -> &'static str {
        "connections_notifications"
    }

    fn notification(&self, notification: &NotificationView) -> Option<String> {
        let row = NotificationRow::from(notification.clone());
        Some(json!({"type": "notification", "data": row}).to_string())
    }

    async fn answer(&self, _core: &Core, _caller: &Caller, text: &str) -> Option<String> {
        let frame: Value = serde_json::from_str(text).ok()?;
        (frame["type"] == "ping").then(|| json!({"type": "pong"}).to_string())
    }
}

/// Open the socket of notifications.
///
/// For a token in the header or the query, else for the session cookie, which counts from an allowed origin alone.
/// A token or cookie that is not valid is told by closing with 4401. Tells `{"type": "notification", "data": …}`, and
/// answers `{"type": "ping"}`.
#[utoipa::path(
    get, path = "/ws/notifications/", tag = "connections_notifications", operation_id = "connectionsNotificationsOpenSocket", security((), ("token" = [])),
    params(("token" = Option<String>, Query, description = "The token, where no header can be set")),
    responses(
        (status = 101, description = "The socket is open"),
        (status = 400, description = "Not a WebSocket handshake", body = BadRequestBody),
        (status = 403, description = "The session cookie, from an origin that is not allowed", body = DetailBody),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    QueryFields(mut query): QueryFields,
    upgrade: Upgrade,
) -> Result<Response, DrfError> {
    let upgrade = handshake(upgrade)?;
    let authenticated = if let Some(token) = socket_token(&headers, &mut query) {
        app.core.sessions.authenticate(&token, &DIALECT_TOKENS).await
    } else if let Some(cookie) = session_cookie(&headers) {
        let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        if !origin.is_some_and(|origin| is_allowed_origin(&app, &headers, origin)) {
            return Err(DrfError::forbidden());
        }
        app.core.sessions.authenticate(cookie, &[TokenKind::Cookie]).await
    } else {
        Err(SessionError::InvalidToken)
    };
    match authenticated {
        Ok(caller) => Ok(app.gateway.open_dialect(upgrade, caller, &Notifications).await?),
        Err(SessionError::InvalidToken) => {
            Ok(app.gateway.refuse(upgrade, Notifications.name(), CloseReason::Unauthenticated))
        }
        Err(error) => Err(error.into()),
    }
}
