//! Problems of what staff do, and of what people ask and report to them.

use axum::http::StatusCode;
use shared::accounts::{NotStaff, SuspensionError};
use shared::audit::AuditError;
use shared::jobs::JobBoardError;
use shared::moderation::{CurationError, ReportError};
use shared::support::SupportError;

use super::problem::{Problem, sentence};

impl From<NotStaff> for Problem {
    fn from(error: NotStaff) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not_staff", sentence(&error))
    }
}

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::NotStaff(error) => error.into(),
            AuditError::Database(error) => error.into(),
        }
    }
}

impl From<JobBoardError> for Problem {
    fn from(error: JobBoardError) -> Self {
        match error {
            JobBoardError::NotStaff(error) => error.into(),
            JobBoardError::Invalid(errors) => errors.into(),
            JobBoardError::NotFound => Self::not_found(),
            JobBoardError::Database(error) => error.into(),
        }
    }
}

impl From<SuspensionError> for Problem {
    fn from(error: SuspensionError) -> Self {
        match error {
            SuspensionError::NotStaff(error) => error.into(),
            SuspensionError::Invalid(errors) => errors.into(),
            SuspensionError::NotFound => Self::not_found(),
            SuspensionError::OfStaff => Self::conflict("staff_account", error),
            SuspensionError::Database(error) => error.into(),
        }
    }
}

impl From<CurationError> for Problem {
    fn from(error: CurationError) -> Self {
        match error {
            CurationError::NotStaff(error) => error.into(),
            CurationError::Invalid(errors) => errors.into(),
            CurationError::NotFound => Self::not_found(),
            CurationError::TitleTaken => Self::conflict("title_taken", error),
            CurationError::InUse => Self::conflict("in_use", error),
            CurationError::Database(error) => error.into(),
        }
    }
}

impl From<SupportError> for Problem {
    fn from(error: SupportError) -> Self {
        match error {
            SupportError::NotStaff(error) => error.into(),
            SupportError::Invalid(errors) => errors.into(),
            SupportError::NotFound => Self::not_found(),
            SupportError::NoKind => Self::field("kind_id", sentence(&error)),
            SupportError::TooManyCases(_) => Self::conflict("too_many_cases", error),
            SupportError::KeyMismatch => Self::key_mismatch("Idempotency-Key", &error),
            SupportError::Database(error) => error.into(),
        }
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::NotStaff(error) => error.into(),
            ReportError::Invalid(errors) => errors.into(),
            ReportError::NotFound | ReportError::NoSubject => Self::not_found(),
            ReportError::Oneself => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "oneself", sentence(&error)),
            ReportError::TooManyReports(_) => Self::conflict("too_many_reports", error),
            ReportError::AlreadyClaimed => Self::conflict("already_claimed", error),
            ReportError::AlreadyResolved => Self::conflict("already_resolved", error),
            ReportError::OfStaff => Self::conflict("staff_account", error),
            ReportError::AccountGone => Self::conflict("account_gone", error),
            ReportError::Database(error) => error.into(),
        }
    }
}
