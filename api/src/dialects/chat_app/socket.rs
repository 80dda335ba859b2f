//! `/api/chat/send/`

use async_trait::async_trait;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;
use shared::Core;
use shared::accounts::Caller;
use shared::chats::{ChatError, NewMessage, Recipient};
use shared::events::MessageView;
use shared::fields::FieldErrors;

use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, Fields, Moment, QueryFields, Upgrade, open_socket};
use crate::gateway::DialectWire;

/// Where it opens.
pub(super) const PATH: &str = "/api/chat/send/";

/// Where messages go that belong to no field.
const NON_FIELD: &str = "non_field_errors";

/// The frames of this socket: each message that its account gets or sends, as a row; what a client says is a
/// message, `{"message", "receiver"}`, whose receipt is that row.
#[derive(Debug)]
struct Messages;

/// A message on its way.
#[derive(Serialize)]
struct MessageRow<'a> {
    id: i64,
    chat_id: i64,
    sender: &'a str,
    receiver: &'a str,
    message: &'a str,
    timestamp: Moment,
}

#[async_trait]
impl DialectWire for Messages {
    fn name(&self) -> &'static str {
        "chat_app"
    }

    fn message(&self, message: &MessageView) -> Option<String> {
        let row = MessageRow {
            id: message.id,
            chat_id: message.chat_id,
            sender: &message.sender.username,
            receiver: &message.receiver.username,
            message: &message.text,
            timestamp: Moment(message.created_at),
        };
        serde_json::to_string(&row).ok()
    }

    fn surface(&self) -> Option<&'static str> {
        Some("chat_app")
    }

    fn binary(&self) -> Option<String> {
        Some(json!({"error": no_object().into_map()}).to_string())
    }

    async fn answer(&self, core: &Core, caller: &Caller, text: &str) -> Option<String> {
        let refused = send(core, caller, text).await.err()?;
        Some(json!({"error": refused.into_map()}).to_string())
    }
}

/// Sends what a frame says. Its receipt comes with the change of the sender's inbox.
async fn send(core: &Core, caller: &Caller, frame: &str) -> Result<(), FieldErrors> {
    let Some(mut fields) = Fields::of_frame(frame) else {
        return Err(no_object());
    };
    let (text, name) = (fields.text("message"), fields.text("receiver"));
    fields.faults().check()?;
    let message = NewMessage { text, ..NewMessage::default() };
    core.chats.send(caller.account_id, Recipient::Username(name), message).await.map(drop).map_err(refused)
}

fn no_object() -> FieldErrors {
    FieldErrors::one(NON_FIELD, "Invalid data. Expected a JSON object.")
}

fn refused(error: ChatError) -> FieldErrors {
    match error {
        ChatError::Invalid(errors) => errors.renamed("text", "message"),
        ChatError::NotFound => FieldErrors::one("receiver", "No user with this username."),
        ChatError::Oneself => FieldErrors::one("receiver", "You can't write to yourself."),
        ChatError::TooMany(error) => {
            let seconds = error.retry_after;
            FieldErrors::one(NON_FIELD, format!("Request was throttled. Expected available in {seconds} seconds."))
        }
        error => busy(&error),
    }
}

fn busy(error: &dyn std::fmt::Display) -> FieldErrors {
    tracing::warn!(%error, "a message was not sent");
    FieldErrors::one(NON_FIELD, "Service temporarily unavailable, try again later.")
}

/// Open the socket of messages.
///
/// Takes `{"message", "receiver"}` and tells each message that its account gets or sends.
#[utoipa::path(
    get, path = "/api/chat/send/", tag = "chat_app", operation_id = "chatAppOpenSocket", security((), ("token" = [])),
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
    open_socket(&app, &headers, &mut query, upgrade, &Messages).await
}
