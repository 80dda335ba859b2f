//! Signing in, refreshing and signing out.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::json;
use shared::accounts::{SessionError, SignIn};
use utoipa::ToSchema;

use super::refusals::{ErrorBody, NotSignedInBody, ToldBody};
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields, Signed};
use crate::http::user_agent;

/// Who signs in.
#[derive(ToSchema)]
#[schema(as = karoo::SignInFields)]
pub(super) struct SignInFields {
    /// Their email, confirmed.
    #[schema(format = Email)]
    email: String,
    /// Their password.
    #[schema(format = Password)]
    password: String,
}

impl SignInFields {
    fn read(fields: &mut Fields) -> Self {
        Self { email: fields.text("email"), password: fields.secret("password") }
    }
}

/// A session that begins.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::SignedIn)]
pub(super) struct SignedInBody {
    /// Gives new access tokens until its session ends.
    refresh: String,
    /// What other operations take, as `Authorization: Bearer`.
    access: String,
}

/// Sign in, by an email that is confirmed.
///
/// An account that is not active gets another mail with a link, at most one in 30 seconds.
#[utoipa::path(
    post, path = "/users/login/", tag = "karoo", operation_id = "karooSignIn",
    request_body = SignInFields,
    responses(
        (status = 200, description = "The session", body = SignedInBody),
        (status = 401, description = "No such credentials, or the account is not active", body = NotSignedInBody),
        (status = 429, description = "Too often; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<SignedInBody>, DrfError> {
    let SignInFields { email, password } = SignInFields::read(&mut fields);
    fields.check()?;
    let sign_in = SignIn { login: email, password, user_agent: user_agent(&headers), by_confirmed_email: true };
    let session = app.core.sessions.sign_in_to_dialect(sign_in).await.map_err(refused)?;
    Ok(Json(SignedInBody { refresh: session.refresh, access: session.access }))
}

fn refused(error: SessionError) -> DrfError {
    match error {
        SessionError::NotActive { .. } => NotSignedInBody::refusal(
            "Your account is not active. Please check your email for the confirmation link.We sent new link for you.",
        ),
        SessionError::WrongCredentials => NotSignedInBody::refusal("Invalid credentials"),
        SessionError::Invalid(errors) => errors.renamed("login", "email").into(),
        error => error.into(),
    }
}

/// What a new token is asked for with.
#[derive(ToSchema)]
#[schema(as = karoo::RefreshFields)]
pub(super) struct RefreshFields {
    /// The refresh token of a session. It stays as it is.
    refresh: String,
}

impl RefreshFields {
    fn read(fields: &mut Fields) -> Self {
        Self { refresh: fields.text("refresh") }
    }
}

/// A token for a refresh token.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Refreshed)]
pub(super) struct RefreshedBody {
    /// What other operations take, as `Authorization: Bearer`.
    access: String,
}

/// Get a new access token.
#[utoipa::path(
    post, path = "/users/login/refresh/", tag = "karoo", operation_id = "karooRefresh",
    request_body = RefreshFields,
    responses(
        (status = 200, description = "The token", body = RefreshedBody),
        (status = 401, description = "The refresh token is not valid, or no longer", body = DetailBody),
    )
)]
pub(super) async fn refresh(State(app): State<App>, mut fields: Fields) -> Result<Json<RefreshedBody>, DrfError> {
    let form = RefreshFields::read(&mut fields);
    fields.check()?;
    let access = app.core.sessions.refresh_access(&form.refresh).await.map_err(DrfError::of_refresh)?;
    Ok(Json(RefreshedBody { access }))
}

/// Which session ends.
#[derive(ToSchema)]
#[schema(as = karoo::SignOutFields)]
pub(super) struct SignOutFields {
    /// Its refresh token.
    #[schema(value_type = String)]
    refresh_token: Option<String>,
}

impl SignOutFields {
    fn read(fields: &mut Fields) -> Self {
        Self { refresh_token: fields.optional_text("refresh_token").flatten() }
    }
}

/// Why a session did not end.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::NotSignedOut)]
#[serde(untagged)]
pub(super) enum NotSignedOutBody {
    /// No token is given.
    Missing(ErrorBody),
    /// The token is none of the caller's.
    Unknown(ToldBody),
}

/// Sign out: end the session of a refresh token of one's own, with all its tokens and sockets.
#[utoipa::path(
    post, path = "/users/logout/", tag = "karoo", operation_id = "karooSignOut",
    security(("token" = [])), request_body = SignOutFields,
    responses(
        (status = 200, description = "The session has ended", body = ToldBody),
        (status = 400, description = "No token is given, or none of the caller's", body = NotSignedOutBody),
    )
)]
pub(super) async fn sign_out(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<ToldBody>, DrfError> {
    let refused = |body: NotSignedOutBody| DrfError::shaped(StatusCode::BAD_REQUEST, json!(body));
    let SignOutFields { refresh_token } = SignOutFields::read(&mut fields);
    fields.check()?;
    let Some(token) = refresh_token else {
        return Err(refused(NotSignedOutBody::Missing(ErrorBody::new("Missing refresh token"))));
    };
    match app.core.sessions.end_by_refresh(caller.account_id, &token).await {
        Ok(()) => Ok(Json(ToldBody::new("You have been successfully logged out."))),
        Err(SessionError::InvalidToken | SessionError::NotFound) => {
            Err(refused(NotSignedOutBody::Unknown(ToldBody::new("An error occurred during logout."))))
        }
        Err(error) => Err(error.into()),
    }
}
