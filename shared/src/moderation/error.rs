//! What can go wrong with reports.

use crate::accounts::{NotStaff, SuspensionError};
use crate::database::DatabaseError;
use crate::fields::FieldErrors;

/// Reporting, and what staff do with reports.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such report, or it is another's.
    #[error("there is no such report")]
    NotFound,
    /// What is reported is not there for the reporter.
    #[error("there is no such thing to report")]
    NoSubject,
    /// One can't report oneself, or what is one's own.
    #[error("that is yours")]
    Oneself,
    /// The account has as many reports waiting as one may have.
    #[error("an account can have at most {0} reports waiting")]
    TooManyReports(i64),
    /// Somebody else of the staff has claimed it.
    #[error("the report was claimed by somebody else")]
    AlreadyClaimed,
    /// It is resolved.
    #[error("the report is resolved already")]
    AlreadyResolved,
    /// The account behind what was reported can't be suspended.
    #[error("the account is one of the staff")]
    OfStaff,
    /// The account behind what was reported is gone.
    #[error("the account is gone")]
    AccountGone,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for ReportError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<SuspensionError> for ReportError {
    fn from(error: SuspensionError) -> Self {
        match error {
            SuspensionError::NotStaff(error) => Self::NotStaff(error),
            SuspensionError::Invalid(errors) => Self::Invalid(errors),
            SuspensionError::NotFound => Self::AccountGone,
            SuspensionError::OfStaff => Self::OfStaff,
            SuspensionError::Database(error) => Self::Database(error),
        }
    }
}
