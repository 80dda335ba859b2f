//! `POST /api/login/`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde::Serialize;
use shared::accounts::{DialectSession, SessionError, SignIn};
use utoipa::ToSchema;

use super::cookie;
use super::user::UserBody;
use crate::App;
use crate::dialects::drf::{BadRequestBody, DetailBody, DrfError, Fields};
use crate::http::user_agent;

/// A name and a password.
#[derive(ToSchema)]
#[schema(as = shared_paths::SignInFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct SignInFields {
    /// The username, or the email.
    username: String,
    #[schema(format = Password)]
    password: String,
}

/// A session that begins.
#[derive(Serialize, ToSchema)]
#[schema(as = shared_paths::SignedIn)]
pub(super) struct SignedInBody {
    message: &'static str,
    token: String,
    access: String,
    refresh: String,
    user: UserBody,
}

/// Sign in.
///
/// Sets the session cookie, too.
#[utoipa::path(
    post, path = "/api/login/", tag = "shared_paths", operation_id = "sharedPathsSignIn",
    request_body = SignInFields,
    responses(
        (status = 200, description = "The session", body = SignedInBody,
            headers(("Set-Cookie" = String, description = "`sessionid`, which opens `/ws/notifications/`"))),
        (status = 400, description = "`non_field_errors`: no such account, or another password", body = BadRequestBody),
        (status = 429, description = "Too often under this name; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<impl IntoResponse, DrfError> {
    let sign_in = credentials(&headers, &mut fields)?;
    let session = app.core.sessions.sign_in_to_dialect(sign_in).await.map_err(refused)?;
    let DialectSession { account, access, refresh, sliding, cookie, seconds } = session;
    let cookie = cookie::set(&app.core.config, &cookie, seconds);
    let message = "Login successful.";
    let body = SignedInBody { message, token: sliding, access, refresh, user: account.into() };
    Ok((AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), Json(body)))
}

/// The name (or email) and password of a body.
///
/// # Errors
/// One is missing.
pub fn credentials(headers: &HeaderMap, fields: &mut Fields) -> Result<SignIn, DrfError> {
    let user_agent = user_agent(headers);
    let (login, password) = (fields.text("username"), fields.secret("password"));
    fields.check()?;
    let sign_in = SignIn { login, password, user_agent, by_confirmed_email: false };
    Ok(sign_in)
}

/// The errors of a sign-in whose name is called `username`.
#[must_use]
pub fn named_as_username(error: SessionError) -> DrfError {
    match error {
        SessionError::Invalid(errors) => errors.renamed("login", "username").into(),
        error => error.into(),
    }
}

fn refused(error: SessionError) -> DrfError {
    match error {
        SessionError::WrongCredentials | SessionError::NotActive { .. } => {
            DrfError::non_field("Unable to log in with provided credentials.")
        }
        error => named_as_username(error),
    }
}
