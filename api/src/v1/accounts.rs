//! Registration, activation, and one's own account.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use shared::accounts::{Account, Details, ProfileChange, Registration};
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, ClientAddress, Problem, ProblemBody};

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountBody {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// Its email.
    pub email: Option<String>,
    /// Whether the email is confirmed.
    pub email_confirmed: bool,
    /// The person's name.
    pub full_name: Option<String>,
    /// A phone number.
    pub phone: Option<String>,
    /// Where the person works.
    pub company_name: Option<String>,
    /// In which line.
    pub industry: Option<String>,
    /// A postal address.
    pub address: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            username: account.username,
            email: account.email,
            email_confirmed: account.email_confirmed,
            full_name: account.full_name,
            phone: account.phone,
            company_name: account.company_name,
            industry: account.industry,
            address: account.address,
            active: account.active,
            created_at: account.created_at,
        }
    }
}

/// A new account: a username, an email, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterBody {
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
pub struct ActivateBody {
    /// 64 hexadecimal characters.
    token: String,
}

/// Activate an account with the token of its mail's link.
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

/// One's own account.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "accounts", operation_id = "me", security(("access_token" = [])),
    responses(
        (status = 200, description = "The account", body = AccountBody),
    )
)]
pub(super) async fn me(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<AccountBody>, Problem> {
    Ok(Json(app.core.profiles.own(caller.account_id).await?.into()))
}

/// What is to change: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeMeBody {
    /// A new username.
    username: Option<String>,
    /// The person's name, at most 150 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    full_name: Option<Option<String>>,
    /// A phone number: 7 to 15 digits, perhaps after a plus.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// Where the person works, at most 150 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    company_name: Option<Option<String>>,
    /// In which line, at most 150 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    industry: Option<Option<String>>,
    /// A postal address, at most 500 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    address: Option<Option<String>>,
}

/// Tells `null` from what is left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Change one's own account.
#[utoipa::path(
    patch, path = "/api/v1/me", tag = "accounts", operation_id = "changeMe", security(("access_token" = [])),
    request_body = ChangeMeBody,
    responses(
        (status = 200, description = "The account", body = AccountBody),
        (status = 409, description = "`username_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn change_me(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<ChangeMeBody>,
) -> Result<Json<AccountBody>, Problem> {
    let ChangeMeBody { username, full_name, phone, company_name, industry, address } = body;
    let details = Details { full_name, phone, company_name, industry, address };
    let change = ProfileChange { username, details, ..ProfileChange::default() };
    Ok(Json(app.core.profiles.change(caller.account_id, change).await?.into()))
}
