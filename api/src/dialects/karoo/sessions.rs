//! Signing in, refreshing and signing out.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::json;
use shared::accounts::{SessionError, SignIn};

use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};
use crate::http::user_agent;

/// A session that begins.
#[derive(Serialize)]
pub(super) struct SignedInBody {
    refresh: String,
    access: String,
}

/// `POST /users/login/`: by an email that is confirmed.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<SignedInBody>, DrfError> {
    let (login, password) = (fields.text("email"), fields.secret("password"));
    fields.check()?;
    let sign_in = SignIn { login, password, user_agent: user_agent(&headers), by_confirmed_email: true };
    let session = app.core.sessions.sign_in_to_dialect(sign_in).await.map_err(refused)?;
    Ok(Json(SignedInBody { refresh: session.refresh, access: session.access }))
}

fn refused(error: SessionError) -> DrfError {
    let unauthorized = |text: &str| DrfError::shaped(StatusCode::UNAUTHORIZED, json!({"non_field_errors": [text]}));
    match error {
        SessionError::NotActive { .. } => unauthorized(
            "Your account is not active. Please check your email for the confirmation link.We sent new link for you.",
        ),
        SessionError::WrongCredentials => unauthorized("Invalid credentials"),
        SessionError::Invalid(errors) => errors.renamed("login", "email").into(),
        error => error.into(),
    }
}

/// A token for a refresh token.
#[derive(Serialize)]
pub(super) struct RefreshedBody {
    access: String,
}

/// `POST /users/login/refresh/`
pub(super) async fn refresh(State(app): State<App>, mut fields: Fields) -> Result<Json<RefreshedBody>, DrfError> {
    let token = fields.text("refresh");
    fields.check()?;
    let access = app.core.sessions.refresh_access(&token).await.map_err(DrfError::of_refresh)?;
    Ok(Json(RefreshedBody { access }))
}

/// The end of a session.
#[derive(Serialize)]
pub(super) struct SignedOutBody {
    message: &'static str,
}

/// `POST /users/logout/`: ends the session of a refresh token of the caller's.
pub(super) async fn sign_out(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<SignedOutBody>, DrfError> {
    let not_done = || json!({"message": "An error occurred during logout."});
    let token = fields.optional_text("refresh_token").flatten();
    fields.check()?;
    let Some(token) = token else {
        let missing = json!({"error": "Missing refresh token"});
        return Err(DrfError::shaped(StatusCode::BAD_REQUEST, missing));
    };
    match app.core.sessions.end_by_refresh(caller.account_id, &token).await {
        Ok(()) => Ok(Json(SignedOutBody { message: "You have been successfully logged out." })),
        Err(SessionError::InvalidToken | SessionError::NotFound) => {
            Err(DrfError::shaped(StatusCode::BAD_REQUEST, not_done()))
        }
        Err(error) => Err(error.into()),
    }
}
