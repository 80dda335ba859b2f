//! `GET /chats/getChats/`, and a message as it is shown.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::contact::{ContactError, ContactMessage};
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DrfError, ListedUp, Moment, Signed};

/// A message, and what the server says to it.
#[derive(Serialize, ToSchema)]
#[schema(as = silicornya::Message)]
pub(super) struct MessageRow {
    id: i64,
    name: String,
    email: Option<String>,
    room: String,
    message: String,
    #[serde(rename = "serverMessage")]
    server_message: String,
    created_at: Moment,
    /// Whether the account of the name and the email wrote it.
    verified: bool,
}

impl From<ContactMessage> for MessageRow {
    fn from(kept: ContactMessage) -> Self {
        let ContactMessage { id, name, email, verified, room, message, created_at } = kept;
        let mut server_message =
            format!("{name}, you have sent this message: {message}. Thanks for contact us. We will message you soon");
        match &email {
            Some(email) => server_message.extend([" to your email: ", email]),
            None => server_message.push('.'),
        }
        Self { id, name, email, room, message, server_message, created_at: Moment(created_at), verified }
    }
}

/// List messages.
///
/// One's own, and those that somebody sent under one's name and email, oldest first.
#[utoipa::path(
    get, path = "/chats/getChats/", tag = "silicornya", operation_id = "silicornyaListMessages", security(("token" = [])),
    params(ListedUp), responses((status = 200, description = "Messages", body = [MessageRow]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<MessageRow>>, DrfError> {
    let messages = app.core.contact.list(caller.account_id, slice).await.map_err(refused)?;
    Ok(Json(messages.into_iter().map(MessageRow::from).collect()))
}

/// What the service of messages refuses.
pub(super) fn refused(error: ContactError) -> DrfError {
    match error {
        ContactError::Invalid(errors) => errors.into(),
        ContactError::NotFound => DrfError::not_found(),
        ContactError::NotStaff(_) => DrfError::forbidden(),
        ContactError::TooMany(error) => error.into(),
        ContactError::Database(error) => error.into(),
    }
}
