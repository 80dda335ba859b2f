//! Registration, signing in and refreshing, under the paths that `connectin`, `connections_notifications`
//! and `chat_app` all name; and the account as these operations show it.

mod cookie;
mod refresh;
mod register;
mod sign_in;
mod user;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drf::Paths;
use crate::App;

pub use cookie::session_cookie;
pub use sign_in::{credentials, named_as_username};
pub use user::{UserBody, details, named_as_contact};

/// What they are, for whoever reads the documents.
pub(super) const ABOUT: &str = "Registration, sign-in and refresh, which the documents of `chat_app`, `connectin` and \
    `connections_notifications` name under the same paths. `POST /api/login/` gives an `access` token (15 minutes), a \
    `refresh` token (30 days, does not rotate) and a sliding `token`; the first and the last speak for the account on \
    every dialect, behind `Authorization: Bearer` or `Token`. It also sets the cookie `sessionid`, which opens \
    `/ws/notifications/` and authenticates nothing else.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(register::register))
        .serves(routes!(sign_in::sign_in))
        .serves(routes!(refresh::refresh))
}
