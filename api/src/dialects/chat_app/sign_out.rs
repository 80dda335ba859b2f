//! `POST /api/logout/`

use axum::extract::State;
use axum::http::StatusCode;
use shared::accounts::SessionError;

use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// Ends the session of a refresh token of the caller's: its tokens, and its sockets.
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
