//! Accounts: registration, activation, one's own profile, preferences, what it is held by, and its end.

mod avatar;
mod credentials;
mod deletion;
mod export;
mod preferences;
mod profile;
mod registration;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

pub use profile::{AccountBody, PendingEmailBody};

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(registration::register))
        .routes(routes!(registration::activate))
        .routes(routes!(registration::resend))
        .routes(routes!(profile::me, profile::change_me, deletion::delete))
        .routes(routes!(credentials::change_password))
        .routes(routes!(credentials::ask_reset))
        .routes(routes!(credentials::reset))
        .routes(routes!(credentials::change_email))
        .routes(routes!(export::export))
        .routes(routes!(preferences::preferences, preferences::change))
        .merge(avatar::operations())
}
