//! Passwords and the email: what an account is held by.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::AccountBody;
use super::registration::ResendBody;
use crate::App;
use crate::http::{Authenticated, Body, ClientAddress, Problem, ProblemBody, user_agent};
use crate::v1::sessions::SignedInBody;

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePasswordBody {
    /// The one until now.
    current_password: String,
    /// The new one, by the rules of registration.
    password: String,
}

/// Change one's own password.
///
/// Every session of the account ends, the one that asks too; the answer is a new one.
#[utoipa::path(
    post, path = "/api/v1/me/password", tag = "accounts", operation_id = "changePassword",
    security(("access_token" = [])), request_body = ChangePasswordBody,
    responses(
        (status = 200, description = "A new session", body = SignedInBody),
    )
)]
pub(super) async fn change_password(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(body): Body<ChangePasswordBody>,
) -> Result<Json<SignedInBody>, Problem> {
    let ChangePasswordBody { current_password, password } = body;
    let agent = user_agent(&headers);
    Ok(Json(app.core.credentials.change_password(&caller, current_password, password, agent).await?.into()))
}

/// Ask for a mail whose link sets a new password.
///
/// The answer is the same whether or not the account is there. At most one mail in 30 seconds leaves for
/// an account; its link works once, for an hour.
#[utoipa::path(
    post, path = "/api/v1/password-reset/mail", tag = "accounts", operation_id = "askPasswordReset", request_body = ResendBody,
    responses(
        (status = 202, description = "If there is such an account, a mail is on its way"),
        (status = 429, description = "`too_many`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask_reset(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(body): Body<ResendBody>,
) -> Result<StatusCode, Problem> {
    app.core.links.ask_password_reset(&body.login, &address.to_string()).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A new password, and the token of the link that sets it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetPasswordBody {
    /// 64 hexadecimal characters.
    token: String,
    /// The new password, by the rules of registration.
    password: String,
}

/// Set a new password with the token of a mail's link. Every session of the account ends.
#[utoipa::path(
    post, path = "/api/v1/password-reset", tag = "accounts", operation_id = "resetPassword", request_body = ResetPasswordBody,
    responses(
        (status = 200, description = "The account", body = AccountBody),
        (status = 410, description = "`spent_link`: used, too old, or never valid", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn reset(
    State(app): State<App>,
    Body(ResetPasswordBody { token, password }): Body<ResetPasswordBody>,
) -> Result<Json<AccountBody>, Problem> {
    Ok(Json(app.core.credentials.reset_password(&token, password).await?.into()))
}

/// A new email.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeEmailBody {
    /// An email address.
    email: String,
    /// One's password.
    password: String,
}

/// Change one's own email.
///
/// It takes the place of the old one once the link in a mail to it is followed; until then it is the
/// account's `pending_email`. The email that the account bears already changes nothing.
#[utoipa::path(
    post, path = "/api/v1/me/email", tag = "accounts", operation_id = "changeEmail",
    security(("access_token" = [])), request_body = ChangeEmailBody,
    responses(
        (status = 202, description = "The account; a mail is on its way", body = AccountBody),
        (status = 409, description = "`email_taken`: somebody has confirmed it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn change_email(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(ChangeEmailBody { email, password }): Body<ChangeEmailBody>,
) -> Result<(StatusCode, Json<AccountBody>), Problem> {
    let account = app.core.credentials.change_email(&caller, email, password).await?;
    Ok((StatusCode::ACCEPTED, Json(account.into())))
}
