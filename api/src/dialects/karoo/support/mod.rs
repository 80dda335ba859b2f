//! `/support/…`: reports of listings, messages to people by their email, and cases, which staff answer through v1.

mod cases;
mod messages;
mod spam;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::dialects::drf::Paths;

/// Their operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(spam::report))
        .serves(routes!(messages::send))
        .serves(routes!(messages::list))
        .serves(routes!(cases::kinds))
        .serves(routes!(cases::list, cases::open))
        .serves(routes!(cases::messages))
        .serves(routes!(cases::write))
}
