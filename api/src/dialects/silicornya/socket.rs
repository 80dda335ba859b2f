//! `/connection/<room>/<name>/<email>/`: what is said is kept, and answered with its row.

use axum::extract::path::ErrorKind;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};
use shared::contact::{ContactError, ContactMessages, Conversation, Opening};
use shared::fields::FieldErrors;

use super::messages::{MessageRow, refused};
use crate::App;
use crate::dialects::drf::{
    BadRequestBody, DIALECT_TOKENS, DetailBody, DrfError, QueryFields, Upgrade, handshake, socket_token,
};
use crate::gateway::Talk;
use crate::http::{ClientAddress, sentence};

/// What the path says.
pub(super) struct Words(Opening);

impl<S: Send + Sync> FromRequestParts<S> for Words {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DrfError> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path((room, name, email))) => Ok(Self(Opening { room, name, email })),
            Err(rejection) => Err(unreadable(&rejection)),
        }
    }
}

fn unreadable(rejection: &PathRejection) -> DrfError {
    if let PathRejection::FailedToDeserializePathParams(error) = rejection
        && let ErrorKind::InvalidUtf8InPathParam { key } = error.kind()
        && let Some(field) = ["room", "name", "email"].into_iter().find(|field| field == key)
    {
        return DrfError::field(field, "Not a valid string.");
    }
    DrfError::not_found()
}

/// Open the socket of messages.
///
/// For the caller of a token in the header or the query, or for whoever claims to be the one in the path. Each text that
/// is sent is kept, and answered with its row.
#[utoipa::path(
    get, path = "/connection/{room}/{name}/{email}/", tag = "silicornya", operation_id = "silicornyaOpenSocket", security((), ("token" = [])),
    params(
        ("room" = String, Path, description = "What it is about, at most 150 characters"),
        ("name" = String, Path, description = "Who writes, at most 150 characters"),
        ("email" = String, Path, description = "Their email, at most 254 characters"),
        ("token" = Option<String>, Query, description = "The token, where no header can be set")),
    responses(
        (status = 101, description = "The socket is open"),
        (status = 400, description = "Not a WebSocket handshake", body = BadRequestBody),
        (status = 401, description = "A token that is not valid", body = DetailBody),
        (status = 429, description = "Too many sockets from this address; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Words(opening): Words,
    headers: HeaderMap,
    QueryFields(mut query): QueryFields,
    upgrade: Upgrade,
) -> Result<Response, DrfError> {
    let caller = match socket_token(&headers, &mut query) {
        Some(token) => Some(app.core.sessions.authenticate(&token, &DIALECT_TOKENS).await?),
        None => None,
    };
    let upgrade = handshake(upgrade)?;
    let opened = app.core.contact.open(opening, caller.as_ref(), &address.to_string()).await;
    let chat = Chat { messages: app.core.contact.clone(), conversation: opened.map_err(refused)? };
    Ok(app.gateway.open_talk(upgrade, caller, chat))
}

/// A conversation on a socket.
struct Chat {
    messages: ContactMessages,
    conversation: Conversation,
}

impl Talk for Chat {
    const WIRE: &'static str = "silicornya";

    async fn answer(&mut self, text: &str) -> String {
        match self.messages.keep(&mut self.conversation, said(text)).await {
            // Numbers, strings and times: JSON always holds them.
            Ok(kept) => serde_json::to_string(&MessageRow::from(kept)).unwrap_or_default(),
            Err(error) => not_kept(error),
        }
    }
}

/// What a text says: the `message` of an object that has one, else all of it.
fn said(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(Value::Object(mut fields)) => match fields.remove("message") {
            Some(Value::String(message)) => message,
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// The frame that says why a message was not kept.
fn not_kept(error: ContactError) -> String {
    let general = |text: String| FieldErrors::one("non_field_errors", text);
    let errors = match error {
        ContactError::Invalid(errors) => errors,
        ContactError::Database(error) => {
            tracing::warn!(%error, "a message was not kept");
            general("Service temporarily unavailable, try again later.".to_owned())
        }
        error @ (ContactError::NotFound | ContactError::NotStaff(_) | ContactError::TooMany(_)) => {
            general(sentence(&error))
        }
    };
    json!({"error": errors.into_map()}).to_string()
}
