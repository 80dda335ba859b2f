//! What can go wrong with notifications.

use crate::database::DatabaseError;

/// Reading, marking and removing notifications.
#[derive(Debug, thiserror::Error)]
pub enum NotificationError {
    /// No such notification in the caller's inbox.
    #[error("there is no such notification")]
    NotFound,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for NotificationError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
