//! What can go wrong with messages to whoever runs this Kith.

use crate::accounts::NotStaff;
use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::ports::rate_limits::TooMany;

/// Why a conversation can't begin, or a message can't be kept.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// The account that writes is gone.
    #[error("no such account")]
    NotFound,
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for ContactError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
