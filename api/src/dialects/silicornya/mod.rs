//! `silicornya`: accounts that are held by a key, and a socket on which people write to whoever runs this
//! Kith. See its README.

mod accounts;
mod messages;
mod sessions;
mod socket;

use axum::Router;
use axum::routing::{get, post};
use shared::accounts::AccountError;
use utoipa_axum::router::OpenApiRouter;

use super::drf::{AccountWords, DrfError, PlainPaths};
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    routes().into()
}

/// The routes.
fn routes() -> Router<App> {
    Router::new()
        .path("/registration", post(accounts::register))
        .path("/auth/login", post(sessions::sign_in))
        .path("/auth/logout", post(sessions::sign_out))
        .path("/auth/user", get(accounts::show).patch(accounts::change).put(accounts::change))
        .path("/chats/getChats", get(messages::list))
        .path("/connection/{room}/{name}/{email}", get(socket::open))
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
