//! Bodies of one line: what is told of a change, and errors whose shape is this document's own.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::dialects::drf::DrfError;

/// What is told in one line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::Told)]
pub(super) struct ToldBody {
    /// The line.
    message: String,
}

impl ToldBody {
    /// Of a line.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// The same as an error.
    pub(super) fn refusal(status: StatusCode, message: impl Into<String>) -> DrfError {
        DrfError::shaped(status, json!(Self::new(message)))
    }
}

/// What is wrong, in one line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::Error)]
pub(super) struct ErrorBody {
    /// The line.
    error: &'static str,
}

impl ErrorBody {
    /// Of a line.
    pub(super) fn new(error: &'static str) -> Self {
        Self { error }
    }

    /// The same as an error.
    pub(super) fn refusal(status: StatusCode, error: &'static str) -> DrfError {
        DrfError::shaped(status, json!(Self::new(error)))
    }
}

/// An address that is not there: a list of one line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::NoAddress)]
pub(super) struct NoAddressBody([&'static str; 1]);

impl NoAddressBody {
    /// 404.
    pub(super) fn refusal() -> DrfError {
        DrfError::shaped(StatusCode::NOT_FOUND, json!(Self(["Not found!"])))
    }
}

/// Credentials that begin no session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::NotSignedIn)]
pub(super) struct NotSignedInBody {
    /// Why, in one line.
    non_field_errors: [&'static str; 1],
}

impl NotSignedInBody {
    /// 401.
    pub(super) fn refusal(reason: &'static str) -> DrfError {
        DrfError::shaped(StatusCode::UNAUTHORIZED, json!(Self { non_field_errors: [reason] }))
    }
}

/// A timetable of another's job. The field is the document's, spelling and all.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::NotOnesJob)]
pub(super) struct NotOnesJobBody {
    /// The line.
    messate: &'static str,
}

impl NotOnesJobBody {
    /// 403.
    pub(super) fn refusal() -> DrfError {
        let body = Self { messate: "You are not allowed to change this job" };
        DrfError::shaped(StatusCode::FORBIDDEN, json!(body))
    }
}
