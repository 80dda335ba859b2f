//! Registration and activation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use shared::accounts::{Details, Registration};
use utoipa::ToSchema;

use super::AccountBody;
use crate::App;
use crate::http::{Body, ClientAddress, Problem, ProblemBody};

/// A new account: a username, an email, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterBody {
    /// 1 to 150 letters, digits and `.+-_`. Without one it is made from the email.
    #[serde(default)]
    username: Option<String>,
    /// An email address.
    #[serde(default)]
    email: Option<String>,
    /// 8 to 256 characters; not a common one, not only digits, not like the username, email or name.
    password: String,
    /// The person's name, at most 150 characters.
    #[serde(default)]
    full_name: Option<String>,
}

/// Make an account.
///
/// Where the server asks for activation, the account is inactive until the link in a mail is
/// followed.
#[utoipa::path(
    post, path = "/api/v1/accounts", tag = "accounts", operation_id = "register", request_body = RegisterBody,
    responses(
        (status = 201, description = "The account", body = AccountBody),
        (status = 409, description = "`username_taken`, `email_taken`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`too_many`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn register(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(body): Body<RegisterBody>,
) -> Result<(StatusCode, Json<AccountBody>), Problem> {
    let RegisterBody { username, email, password, full_name } = body;
    let details = Details { full_name: Some(full_name), ..Details::default() };
    let registration = Registration { username, email, password, details, ..Registration::default() };
    let account = app.core.registrations.register(registration, &address.to_string()).await?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// The token of an activation link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivateBody {
    /// 64 hexadecimal characters.
    token: String,
}

/// Activate an account, or its new email, with the token of a mail's link.
#[utoipa::path(
    post, path = "/api/v1/activation", tag = "accounts", operation_id = "activate", request_body = ActivateBody,
    responses(
        (status = 200, description = "The account, active", body = AccountBody),
        (status = 409, description = "`email_taken`: somebody else confirmed the email first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`spent_link`: used, too old, or never valid", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn activate(
    State(app): State<App>,
    Body(body): Body<ActivateBody>,
) -> Result<Json<AccountBody>, Problem> {
    let account = app.core.links.activate(&body.token).await?;
    Ok(Json(account.into()))
}

/// Who asks for a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResendBody {
    /// A username or an email.
    pub(super) login: String,
}

/// Send the activation mail once more.
///
/// The answer is the same whether or not the account is there and waits for it. At most one mail in 30
/// seconds leaves for an account.
#[utoipa::path(
    post, path = "/api/v1/activation/mail", tag = "accounts", operation_id = "resendActivation", request_body = ResendBody,
    responses(
        (status = 202, description = "If an account waits for its activation, a mail is on its way"),
        (status = 429, description = "`too_many`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn resend(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(body): Body<ResendBody>,
) -> Result<StatusCode, Problem> {
    app.core.links.resend_activation(&body.login, &address.to_string()).await?;
    Ok(StatusCode::ACCEPTED)
}
