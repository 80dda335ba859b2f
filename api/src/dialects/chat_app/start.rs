//! `POST /api/chat/start/`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::socket;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, Fields, Signed};

/// With whom.
#[derive(ToSchema)]
#[schema(as = chat_app::StartFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct StartFields {
    /// A username; where nobody bears it, an id.
    receiver_id: String,
}

/// A chat, and where messages in it are sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = chat_app::Started)]
pub(super) struct StartedBody {
    chat_id: i64,
    receiver: ReceiverBody,
    websocket: &'static str,
}

/// The other one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = chat_app::Receiver)]
struct ReceiverBody {
    id: i64,
    username: String,
    online: bool,
}

/// Open the chat with somebody.
///
/// It is the same from both sides.
#[utoipa::path(
    post, path = "/api/chat/start/", tag = "chat_app", operation_id = "chatAppStartChat", security(("token" = [])),
    request_body = StartFields,
    responses(
        (status = 200, description = "The chat", body = StartedBody),
        (status = 400, description = "Oneself", body = BadRequestBody),
        (status = 404, description = "Nobody is there", body = DetailBody),
    )
)]
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
