//! One's own account.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::accounts::{Account, Details, PendingEmail, ProfileChange};
use shared::media::public_path;
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, Problem, ProblemBody, given};

/// An email that waits for its confirmation.
#[derive(Debug, Serialize, ToSchema)]
pub struct PendingEmailBody {
    /// The address.
    email: String,
    /// Whether a mail server has refused it for good.
    undeliverable: bool,
}

impl From<PendingEmail> for PendingEmailBody {
    fn from(pending: PendingEmail) -> Self {
        Self { email: pending.email, undeliverable: pending.refused }
    }
}

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
    /// Whether a mail server has refused the email for good.
    pub email_undeliverable: bool,
    /// The email that takes its place once the link in a mail to it is followed.
    pub pending_email: Option<PendingEmailBody>,
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
    /// The path of a picture, to be put behind the address of this API.
    #[schema(example = "/media/avatars/0123456789abcdef0123456789abcdef.jpg")]
    pub avatar: Option<String>,
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
            email_undeliverable: account.email_refused,
            pending_email: account.pending_email.map(PendingEmailBody::from),
            full_name: account.full_name,
            phone: account.phone,
            company_name: account.company_name,
            industry: account.industry,
            address: account.address,
            avatar: account.avatar.as_deref().map(public_path),
            active: account.active,
            created_at: account.created_at,
        }
    }
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
pub(super) struct ChangeMeBody {
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
