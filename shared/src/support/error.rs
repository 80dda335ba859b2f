//! What can go wrong with cases.

use crate::accounts::NotStaff;
use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::idempotency::IdempotencyError;

/// Cases, their messages and their kinds.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such case, or it is another's.
    #[error("there is no such case")]
    NotFound,
    /// There is no kind of this number.
    #[error("there is no such kind of case")]
    NoKind,
    /// The account has as many open cases as one may have.
    #[error("an account can have at most {0} open cases")]
    TooManyCases(i64),
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for a different request")]
    KeyMismatch,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for SupportError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<IdempotencyError> for SupportError {
    fn from(error: IdempotencyError) -> Self {
        match error {
            IdempotencyError::Mismatch => Self::KeyMismatch,
            IdempotencyError::Database(error) => Self::Database(error),
        }
    }
}
