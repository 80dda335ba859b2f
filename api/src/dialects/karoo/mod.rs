//! `karoo`: accounts that are activated by mail, personal information with an avatar, provinces and
//! cities, addresses, listings, messages and cases. See its README.

mod accounts;
mod addresses;
mod jobs;
mod people;
mod personal;
mod places;
mod refusals;
mod sessions;
mod support;
mod titled;

use axum::extract::DefaultBodyLimit;
use shared::accounts::AccountError;
use shared::config::link_under;
use shared::media;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::drf::{AccountWords, DrfError, Paths};
use crate::App;
use crate::http::LARGEST_UPLOAD;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Accounts that are activated by mail, personal information with an avatar, provinces and \
     cities, addresses, jobs (listings elsewhere in Kith) with pictures, comments and timetables, messages and support. \
     One signs in at `/users/login/`, by email, and sends the `access` token as `Authorization: Bearer`.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    let uploads = DefaultBodyLimit::max(LARGEST_UPLOAD);
    OpenApiRouter::new()
        .serves(routes!(accounts::register))
        .serves(routes!(sessions::sign_in))
        .serves(routes!(sessions::refresh))
        .serves(routes!(sessions::sign_out))
        .serves(routes!(personal::show, personal::change).layer(uploads))
        .serves(routes!(places::provinces))
        .serves(routes!(places::cities, places::cities_of))
        .serves(routes!(addresses::list, addresses::create))
        .serves(routes!(addresses::find, addresses::change, addresses::remove))
        .serves(routes!(people::search))
        .merge(jobs::operations())
        .merge(support::operations())
}

/// What an account service refuses, in the document's words (and its spelling).
fn refused(error: AccountError) -> DrfError {
    let email_taken = "Uesr with this user email already exists.";
    DrfError::of_account(error, AccountWords { phone: "phone_number", email_taken })
}

/// The whole address of a picture.
fn address_of(app: &App, key: &str) -> String {
    link_under(&app.core.config.public_url(), &media::public_path(key))
}
