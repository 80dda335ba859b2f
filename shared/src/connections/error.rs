//! What can go wrong between two people.

use super::model::Status;
use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::idempotency::IdempotencyError;
use crate::ports::rate_limits::TooMany;

/// Requests, decisions, connections, blocks.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such thing, or not for the caller to see.
    #[error("there is no such thing")]
    NotFound,
    /// One can't connect with oneself.
    #[error("that is you")]
    Oneself,
    /// The two are connected.
    #[error("you are connected already")]
    AlreadyConnected,
    /// The caller's request waits for its decision.
    #[error("a request of yours is pending already")]
    AlreadyPending,
    /// The decision is another's to make: accept and reject the receiver's, cancel the sender's.
    #[error("this decision is not yours to make")]
    NotYours,
    /// The request was decided otherwise.
    #[error("the request is not pending any more; it is {0}")]
    AlreadyDecided(Status),
    /// The sender has too many requests pending.
    #[error("too many of your requests are pending")]
    TooManySent,
    /// Too many requests wait for the receiver.
    #[error("too many requests wait for this person")]
    TooManyReceived,
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for a different request")]
    KeyMismatch,
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for ConnectionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<IdempotencyError> for ConnectionError {
    fn from(error: IdempotencyError) -> Self {
        match error {
            IdempotencyError::Mismatch => Self::KeyMismatch,
            IdempotencyError::Database(error) => Self::Database(error),
        }
    }
}
