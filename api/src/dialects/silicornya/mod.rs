//! `silicornya`: accounts that are held by a key, and a socket on which people write to whoever runs this
//! Kith. See its README.

mod accounts;
mod messages;
mod sessions;
mod socket;

use shared::accounts::AccountError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drf::{AccountWords, DrfError, Paths};
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Accounts that are held by a key, and messages to whoever runs this Kith. `POST /registration/` and `POST /auth/login/` give \
    a key, 40 hexadecimal digits, that speaks for the account behind `Authorization: Token` (or `Bearer`) until it is signed \
    out. The socket `/connection/{room}/{name}/{email}/` (no token needed; `?token=` or the header) takes texts, or \
    `{\"message\": \"…\"}`, and answers each with its row, or with `{\"error\": {\"field\": [\"…\"]}}`.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(accounts::register))
        .serves(routes!(sessions::sign_in))
        .serves(routes!(sessions::sign_out))
        .serves(routes!(accounts::show, accounts::change, accounts::replace))
        .serves(routes!(messages::list))
        .serves(routes!(socket::open))
}

/// What an account service refuses, in the document's words.
fn refused(error: AccountError) -> DrfError {
    let error = match error {
        AccountError::Invalid(errors) => AccountError::Invalid(errors.renamed("password", "password1")),
        AccountError::Taken { taken, errors } => {
            AccountError::Taken { taken, errors: errors.renamed("password", "password1") }
        }
        error => error,
    };
    let email_taken = "A user is already registered with this e-mail address.";
    DrfError::of_account(error, AccountWords { email_taken, ..AccountWords::default() })
}
