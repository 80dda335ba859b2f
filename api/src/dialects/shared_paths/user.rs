//! An account as its owner sees it, and what of it can be set.

use serde::Serialize;
use shared::accounts::{Account, AccountError, Details};
use utoipa::ToSchema;

use crate::dialects::drf::{AccountWords, DrfError, Fields, Moment};

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = shared_paths::User)]
pub struct UserBody {
    /// The same as `id`.
    user_id: i64,
    id: i64,
    username: String,
    email: Option<String>,
    full_name: Option<String>,
    contact: Option<String>,
    company_name: Option<String>,
    address: Option<String>,
    industry: Option<String>,
    date_joined: Moment,
    is_active: bool,
}

impl From<Account> for UserBody {
    fn from(account: Account) -> Self {
        Self {
            user_id: account.id,
            id: account.id,
            username: account.username,
            email: account.email,
            full_name: account.full_name,
            contact: account.phone,
            company_name: account.company_name,
            address: account.address,
            industry: account.industry,
            date_joined: Moment(account.created_at),
            is_active: account.active,
        }
    }
}

/// What of the details a body gives.
pub fn details(fields: &mut Fields) -> Details {
    Details {
        full_name: fields.optional_text("full_name"),
        phone: fields.optional_text("contact"),
        company_name: fields.optional_text("company_name"),
        industry: fields.optional_text("industry"),
        address: fields.optional_text("address"),
    }
}

/// What an account service refuses, where a phone number is called `contact`.
#[must_use]
pub fn named_as_contact(error: AccountError) -> DrfError {
    DrfError::of_account(error, AccountWords::with_phone("contact"))
}
