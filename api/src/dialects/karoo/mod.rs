//! `karoo`: accounts that are activated by mail, personal information with an avatar, provinces and
//! cities, addresses, listings, messages and cases. See its README.

mod accounts;
mod addresses;
mod jobs;
mod people;
mod personal;
mod places;
mod sessions;
mod support;
mod titled;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use shared::accounts::AccountError;
use shared::config::link_under;
use shared::media;
use utoipa_axum::router::OpenApiRouter;

use super::drf::{AccountWords, DrfError, PlainPaths};
use crate::App;
use crate::http::LARGEST_UPLOAD;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Accounts that are activated by mail, listings, messages and cases.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    routes().into()
}

fn routes() -> Router<App> {
    let personal = get(personal::show).put(personal::change).layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    Router::new()
        .path("/users/register", post(accounts::register))
        .path("/users/login", post(sessions::sign_in))
        .path("/users/login/refresh", post(sessions::refresh))
        .path("/users/logout", post(sessions::sign_out))
        .path("/users/settings/personal-info", personal)
        .path("/users/provinces", get(places::provinces))
        .path("/users/cities", get(places::cities).post(places::cities_of))
        .path("/users/settings/address-list", get(addresses::list).post(addresses::create))
        .path(
            "/users/settings/address-edit/{id}",
            get(addresses::find).put(addresses::change).delete(addresses::remove),
        )
        .path("/users/search", get(people::search))
        .merge(jobs::routes())
        .merge(support::routes())
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
