//! Signing in and out.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use shared::accounts::{SessionError, SignIn};
use utoipa::ToSchema;

use super::accounts::KeyBody;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, Fields, Signed};
use crate::http::user_agent;

/// A name and a password.
#[derive(ToSchema)]
#[schema(as = silicornya::SignInFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct SignInFields {
    /// A username, or an email; one of the two is needed.
    username: Option<String>,
    /// The same; of both, `username` counts.
    email: Option<String>,
    #[schema(format = Password)]
    password: String,
}

/// Sign in.
///
/// By username or email, in either field.
#[utoipa::path(
    post, path = "/auth/login/", tag = "silicornya", operation_id = "silicornyaSignIn", request_body = SignInFields,
    responses(
        (status = 200, description = "The key", body = KeyBody),
        (status = 400, description = "`non_field_errors`: no name; no such account, or another password", body = BadRequestBody),
        (status = 429, description = "Too often under this name; `Retry-After` says when", body = DetailBody),
    )
)]
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
#[derive(Serialize, ToSchema)]
#[schema(as = silicornya::SignedOut)]
pub(super) struct SignedOutBody {
    detail: &'static str,
}

/// Sign out.
///
/// Ends the session of the token that it is sent with.
#[utoipa::path(
    post, path = "/auth/logout/", tag = "silicornya", operation_id = "silicornyaSignOut", security(("token" = [])),
    responses((status = 200, description = "The session has ended", body = SignedOutBody))
)]
pub(super) async fn sign_out(State(app): State<App>, Signed(caller): Signed) -> Result<Json<SignedOutBody>, DrfError> {
    let ended = app.core.sessions.end(caller.account_id, caller.session_id).await;
    ended.map_err(|error| match error {
        // It has ended since the token was read.
        SessionError::NotFound => SessionError::InvalidToken.into(),
        error => DrfError::from(error),
    })?;
    Ok(Json(SignedOutBody { detail: "Successfully logged out." }))
}
