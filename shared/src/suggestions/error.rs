//! What can go wrong with suggestions.

use crate::database::DatabaseError;

/// Why suggestions can't be read or dismissed.
#[derive(Debug, thiserror::Error)]
pub enum SuggestionError {
    /// Nobody is there, or nobody for the caller to see.
    #[error("there is no such person")]
    NotFound,
    /// They are another's, and the caller is not staff.
    #[error("these suggestions are not yours")]
    NotYours,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for SuggestionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
