//! Problems of listings and of their pictures.

use axum::http::StatusCode;
use shared::listings::{ListingError, PictureError};

use super::problem::{Problem, sentence};

impl From<PictureError> for Problem {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::NotFound => Self::not_found(),
            PictureError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            PictureError::TooMany(_) => Self::conflict("too_many_pictures", error),
            PictureError::Media(error) => Self::of_media(error, "picture"),
            PictureError::Database(error) => error.into(),
        }
    }
}

impl From<ListingError> for Problem {
    fn from(error: ListingError) -> Self {
        match error {
            ListingError::Invalid(errors) => errors.renamed("search", "q").into(),
            ListingError::Place(error) => Self::of_city(error),
            ListingError::UnknownSubcategory(_) => Self::field("subcategory_id", sentence(&error)),
            ListingError::UnknownPicture(_) => Self::field("main_picture_id", sentence(&error)),
            ListingError::NotFound => Self::not_found(),
            ListingError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            ListingError::TooMany(_) => Self::conflict("too_many_listings", error),
            ListingError::OwnListing => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "oneself", sentence(&error)),
            ListingError::AlreadyReviewed => Self::conflict("already_reviewed", error),
            ListingError::KeyMismatch => Self::key_mismatch("Idempotency-Key", &error),
            ListingError::Database(error) => error.into(),
        }
    }
}
