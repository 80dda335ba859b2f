//! What can go wrong with notifications.

use crate::database::DatabaseError;
use crate::fields::FieldErrors;

/// Reading, marking and removing notifications.
#[derive(Debug, thiserror::Error)]
pub enum NotificationError {
    /// No such notification in the caller's inbox.
    #[error("there is no such notification")]
    NotFound,
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// Only staff write into another's inbox.
    #[error("only staff may write to others")]
    NotYours,
    /// Nobody is there to write to.
    #[error("there is no such account")]
    NoRecipient,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for NotificationError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
