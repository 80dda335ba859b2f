//! What can go wrong with listings.

use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::idempotency::IdempotencyError;
use crate::places::PlaceError;

/// Listings, and what belongs to them.
#[derive(Debug, thiserror::Error)]
pub enum ListingError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// There is no such place, or the city lies elsewhere.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// There is no such subcategory.
    #[error("there is no such subcategory")]
    UnknownSubcategory(i64),
    /// The listing has no such picture.
    #[error("the listing has no such picture")]
    UnknownPicture(i64),
    /// No such thing, or not for the caller to see.
    #[error("there is no such thing")]
    NotFound,
    /// It is another's.
    #[error("this is not yours to change")]
    NotYours,
    /// The account keeps as many listings as one may.
    #[error("an account can have at most {0} listings")]
    TooMany(i64),
    /// One does not review one's own listing.
    #[error("you can't review your own listing")]
    OwnListing,
    /// There is a review of theirs already.
    #[error("you have reviewed this listing already")]
    AlreadyReviewed,
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for a different request")]
    KeyMismatch,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for ListingError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<IdempotencyError> for ListingError {
    fn from(error: IdempotencyError) -> Self {
        match error {
            IdempotencyError::Mismatch => Self::KeyMismatch,
            IdempotencyError::Database(error) => error.into(),
        }
    }
}
