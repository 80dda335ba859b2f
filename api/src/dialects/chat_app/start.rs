//! `POST /api/chat/start/`

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::socket;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// A chat, and where messages in it are sent.
#[derive(Debug, Serialize)]
pub(super) struct StartedBody {
    chat_id: i64,
    receiver: ReceiverBody,
    websocket: &'static str,
}

/// The other one.
#[derive(Debug, Serialize)]
struct ReceiverBody {
    id: i64,
    username: String,
    online: bool,
}

/// Opens the chat with somebody: the same from both sides.
pub(super) async fn start(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<StartedBody>, DrfError> {
    let name = fields.text("receiver_id");
    fields.check()?;
    let chat = app.core.chats.open_named(caller.account_id, &name).await?;
    let receiver = chat.person;
    let online = app.core.presence.is_present(caller.account_id, receiver.id).await?;
    let receiver = ReceiverBody { id: receiver.id, username: receiver.username, online };
    Ok(Json(StartedBody { chat_id: chat.id, receiver, websocket: socket::PATH }))
}
