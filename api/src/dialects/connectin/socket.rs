//! `/ws/notifs/`

use async_trait::async_trait;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use shared::Core;
use shared::accounts::Caller;
use shared::events::NotificationView;

use super::notifications::PHRASES;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, QueryFields, Upgrade, open_socket};
use crate::gateway::DialectWire;

/// The frames of this socket: `{"type": "notif", "message": "…"}`. What a client says is not heard.
#[derive(Debug)]
struct Notifs;

#[async_trait]
impl DialectWire for Notifs {
    fn name(&self) -> &'static str {
        "connectin"
    }

    fn notification(&self, notification: &NotificationView) -> Option<String> {
        Some(json!({"type": "notif", "message": PHRASES.text(notification)}).to_string())
    }

    async fn answer(&self, _core: &Core, _caller: &Caller, _text: &str) -> Option<String> {
        None
    }
}

/// Open the socket of notifications.
///
/// Tells `{"type": "notif", "message": "…"}`, and hears nothing.
#[utoipa::path(
    get, path = "/ws/notifs/", tag = "connectin", operation_id = "connectinOpenSocket", security((), ("token" = [])),
    params(("token" = Option<String>, Query, description = "The token, where no header can be set")),
    responses(
        (status = 101, description = "The socket is open"),
        (status = 400, description = "Not a WebSocket handshake", body = BadRequestBody),
        (status = 401, description = "No token, or one that is not valid", body = DetailBody),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    QueryFields(mut query): QueryFields,
    upgrade: Upgrade,
) -> Result<Response, DrfError> {
    open_socket(&app, &headers, &mut query, upgrade, &Notifs).await
}
