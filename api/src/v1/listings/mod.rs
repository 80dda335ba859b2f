//! Listings: what people offer, found, made, reviewed and saved.

mod bodies;
mod catalogue;
mod own;
mod pictures;
mod reviews;
mod saved;
mod search;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

pub(super) use bodies::TitledBody;
pub use bodies::{CardBody, ListingBody};
pub use reviews::ReviewBody;
pub use saved::SavedBody;

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(catalogue::categories))
        .routes(routes!(catalogue::skills))
        .routes(routes!(search::search, own::create))
        .routes(routes!(search::find, own::change, own::remove))
        .routes(routes!(own::list))
        .routes(routes!(saved::list))
        .routes(routes!(saved::save, saved::forget))
        .routes(routes!(reviews::list, reviews::write))
        .routes(routes!(reviews::written))
        .routes(routes!(reviews::change, reviews::remove))
        .routes(routes!(reviews::reply, reviews::take_reply_back))
        .merge(pictures::operations())
}
