//! What can go wrong in a chat.

use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::idempotency::IdempotencyError;
use crate::ports::rate_limits::TooMany;

/// Chats and messages.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such thing, or not for the caller to see.
    #[error("there is no such thing")]
    NotFound,
    /// One can't write to oneself.
    #[error("that is you")]
    Oneself,
    /// The message is the other's: its sender alone changes it.
    #[error("this message is not yours to change")]
    NotYours,
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for a different request")]
    KeyMismatch,
    /// The message's client id names another message.
    #[error("the client id names a different message")]
    ClientIdMismatch,
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for ChatError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<IdempotencyError> for ChatError {
    fn from(error: IdempotencyError) -> Self {
        match error {
            IdempotencyError::Mismatch => Self::KeyMismatch,
            IdempotencyError::Database(error) => Self::Database(error),
        }
    }
}
