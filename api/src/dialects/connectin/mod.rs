//! `connectin`: accounts, search, connection requests, notifications and a socket. See its README.

mod accounts;
mod connections;
mod notifications;
mod person;
mod socket;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drf::Paths;
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Connection requests, decisions, notifications and people search. Sign in by `POST /api/user/login/`; its `access` token \
    speaks for the account behind `Authorization: Bearer` or `Token`, and `POST /api/token/refresh/` (`shared_paths`) gives the \
    next. The socket `/ws/notifs/` (token in the header, or `?token=`) tells `{\"type\": \"notif\", \"message\": \"…\"}` and \
    hears nothing.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(accounts::register))
        .serves(routes!(accounts::sign_in))
        .serves(routes!(accounts::search))
        .serves(routes!(connections::send))
        .serves(routes!(connections::decide))
        .serves(routes!(connections::accepted))
        .serves(routes!(connections::received))
        .serves(routes!(connections::sent))
        .serves(routes!(notifications::list))
        .serves(routes!(notifications::create))
        .serves(routes!(notifications::remove, notifications::edit))
        .serves(routes!(socket::open))
}
