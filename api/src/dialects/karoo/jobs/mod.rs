//! `/jobs/…` and `/categories/…`: listings, which the document calls jobs, with their comments and timetables.

mod bodies;
mod catalogue;
mod comments;
mod fields;
mod own;
mod pictures;
mod public;
mod timetable;

use axum::extract::DefaultBodyLimit;
use shared::listings::ListingError;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::addresses::not_kept;
use crate::App;
use crate::dialects::drf::{DrfError, Paths};
use crate::http::{LARGEST_UPLOAD, sentence};

/// Their operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(own::list, own::create))
        .serves(routes!(own::find, own::change, own::remove))
        .serves(routes!(pictures::add).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .serves(routes!(public::list))
        .serves(routes!(public::find))
        .serves(routes!(comments::create))
        .serves(routes!(comments::change))
        .serves(routes!(timetable::replace))
        .serves(routes!(catalogue::skills))
        .serves(routes!(catalogue::categories))
        .serves(routes!(catalogue::subcategories))
}

/// What the services of listings refuse, in the document's words.
fn refused(error: ListingError) -> DrfError {
    match error {
        ListingError::Invalid(errors) => {
            errors.renamed("hourly_price", "approximation_cph").renamed("text", "comment").into()
        }
        ListingError::Place(error) => not_kept(error),
        ListingError::UnknownSubcategory(id) => DrfError::no_object("SubCategory", id),
        ListingError::UnknownPicture(id) => DrfError::no_object("main_picture", id),
        ListingError::NotFound => DrfError::not_found(),
        ListingError::NotYours => DrfError::forbidden(),
        ListingError::TooMany(_)
        | ListingError::OwnListing
        | ListingError::AlreadyReviewed
        | ListingError::KeyMismatch => DrfError::non_field(sentence(&error)),
        ListingError::Database(error) => error.into(),
    }
}

/// The same where another's and a missing listing are answered alike.
fn not_ones_own(error: ListingError) -> DrfError {
    match error {
        ListingError::NotFound => DrfError::forbidden(),
        error => refused(error),
    }
}
