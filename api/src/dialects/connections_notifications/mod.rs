//! `connections_notifications`: profile, search, connection requests, connections, notifications and a
//! socket. See its README.

mod connections;
mod notifications;
mod people;
mod requests;
mod socket;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drf::Paths;
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Profile, people search, connection requests, connections and notifications. Sign in by `POST /api/login/` \
    (`shared_paths`); all operations ask for `Authorization: Bearer` or `Token`. The socket `/ws/notifications/` (token in the \
    header, `?token=`, or the session cookie of an allowed origin) tells `{\"type\": \"notification\", \"data\": …}` and answers \
    `{\"type\": \"ping\"}`; without a valid token it is closed with 4401.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(people::profile, people::replace, people::change))
        .serves(routes!(people::search))
        .serves(routes!(requests::list, requests::send))
        .serves(routes!(requests::find))
        .serves(routes!(requests::accept))
        .serves(routes!(requests::reject))
        .serves(routes!(connections::list))
        .serves(routes!(connections::remove))
        .serves(routes!(notifications::list, notifications::create))
        .serves(routes!(notifications::mark_all_read))
        .serves(routes!(notifications::find, notifications::mark, notifications::remove))
        .serves(routes!(notifications::mark_read))
        .serves(routes!(socket::open))
}
