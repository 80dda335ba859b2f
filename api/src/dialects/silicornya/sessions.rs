//! Signing in and out.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use shared::accounts::{SessionError, SignIn};

use super::accounts::KeyBody;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};
use crate::http::user_agent;

/// `POST /auth/login/`: by username or email, in either field.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<KeyBody>, DrfError> {
    let named = ["username", "email"].map(|field| Some((field, fields.optional_text(field).flatten()?)));
    let password = fields.secret("password");
    fields.check()?;
    let Some((field, login)) = named.into_iter().flatten().next() else {
        return Err(DrfError::non_field("Must include \"username\" and \"password\"."));
    };
    let sign_in = SignIn { login, password, user_agent: user_agent(&headers), by_confirmed_email: false };
    let key = app.core.sessions.sign_in_for_key(sign_in).await.map_err(|error| match error {
        SessionError::WrongCredentials | SessionError::NotActive { .. } => {
            DrfError::non_field("Unable to log in with provided credentials.")
        }
        SessionError::Invalid(errors) => errors.renamed("login", field).into(),
        error => error.into(),
    })?;
    Ok(Json(key.into()))
}

/// The end of a session.
#[derive(Serialize)]
pub(super) struct SignedOutBody {
    detail: &'static str,
}

/// `POST /auth/logout/`: ends the session of the token that it is sent with.
pub(super) async fn sign_out(State(app): State<App>, Signed(caller): Signed) -> Result<Json<SignedOutBody>, DrfError> {
    let ended = app.core.sessions.end(caller.account_id, caller.session_id).await;
    ended.map_err(|error| match error {
        // It has ended since the token was read.
        SessionError::NotFound => SessionError::InvalidToken.into(),
        error => DrfError::from(error),
    })?;
    Ok(Json(SignedOutBody { detail: "Successfully logged out." }))
}
