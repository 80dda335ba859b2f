//! `/jobs/…` and `/categories/…`: listings, which the document calls jobs, with their comments and timetables.

mod bodies;
mod catalogue;
mod comments;
mod own;
mod pictures;
mod public;
mod timetable;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};
use shared::listings::ListingError;

use super::addresses::not_kept;
use crate::App;
use crate::dialects::drf::{DrfError, PlainPaths};
use crate::http::{LARGEST_UPLOAD, sentence};

/// The routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .path("/jobs/user/info", get(own::list).post(own::create))
        .path("/jobs/user/info/{id}", get(own::find).put(own::change).delete(own::remove))
        .path("/jobs/user/pictures", post(pictures::add).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .path("/jobs/list", get(public::list))
        .path("/jobs/{id}", get(public::find))
        .path("/jobs/comment/create", post(comments::create))
        .path("/jobs/comment/edit/{id}", put(comments::change))
        .path("/jobs/timetable/{id}", post(timetable::replace))
        .path("/jobs/skills", get(catalogue::skills))
        .path("/categories", get(catalogue::categories))
        .path("/categories/{id}/subcategories", get(catalogue::subcategories))
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
