//! `POST /api/logout/`

use axum::extract::State;
use axum::http::StatusCode;
use shared::accounts::SessionError;
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{BadRequestBody, DrfError, Fields, Signed};

/// A refresh token of the caller's.
#[derive(ToSchema)]
#[schema(as = chat_app::SignOutFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct SignOutFields {
    refresh: String,
}

/// Sign out.
///
/// Ends the session of a refresh token of the caller's: its tokens, and its sockets.
#[utoipa::path(
    post, path = "/api/logout/", tag = "chat_app", operation_id = "chatAppSignOut", security(("token" = [])),
    request_body = SignOutFields,
    responses(
        (status = 205, description = "The session has ended"),
        (status = 400, description = "A token that is not valid, or another's", body = BadRequestBody),
    )
)]
pub(super) async fn sign_out(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<StatusCode, DrfError> {
    let token = fields.text("refresh");
    fields.check()?;
    match app.core.sessions.end_by_refresh(caller.account_id, &token).await {
        Ok(()) => Ok(StatusCode::RESET_CONTENT),
        Err(SessionError::InvalidToken | SessionError::NotFound) => {
            Err(DrfError::detail(StatusCode::BAD_REQUEST, "Token is invalid or expired"))
        }
        Err(error) => Err(error.into()),
    }
}
