//! `/ws/notifs/`

use async_trait::async_trait;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use shared::Core;
use shared::accounts::Caller;
use shared::events::NotificationView;

use super::notifications::PHRASES;
use crate::App;
use crate::dialects::drf::{DIALECT_TOKENS, DrfError, QueryFields, socket_token};
use crate::gateway::DialectWire;

/// The frames of this socket: `{"type": "notif", "message": "…"}`. What a client says is not heard.
#[derive(Debug)]
struct Notifs;

#[async_trait]
impl DialectWire for Notifs {
    fn notification(&self, notification: &NotificationView) -> Option<String> {
        Some(json!({"type": "notif", "message": PHRASES.text(notification)}).to_string())
    }

    async fn answer(&self, _core: &Core, _caller: &Caller, _text: &str) -> Option<String> {
        None
    }
}

/// Opens the socket, for a token in the header or the query.
pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    QueryFields(mut query): QueryFields,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, DrfError> {
    let token = socket_token(&headers, &mut query).ok_or_else(DrfError::not_authenticated)?;
    let caller = app.core.sessions.authenticate(&token, &DIALECT_TOKENS).await?;
    let upgrade = upgrade.map_err(|rejection| DrfError::detail(StatusCode::BAD_REQUEST, rejection.body_text()))?;
    Ok(app.gateway.open_dialect(upgrade, caller, &Notifs).await?)
}
