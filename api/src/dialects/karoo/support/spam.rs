//! `/support/spam_report/`: reports a listing to the staff.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::moderation::{NewReport, ReportError, Subject};

use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// A report.
#[derive(Serialize)]
pub(super) struct ReportBody {
    message: String,
    job: i64,
}

/// `POST /support/spam_report/`
pub(super) async fn report(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<ReportBody>, DrfError> {
    let (message, job) = (fields.text("message"), fields.id("job"));
    let new = NewReport { subject: Subject::Listing, subject_id: job, message, faults: fields.faults() };
    let filed = app.core.reports.report(caller.account_id, new).await.map_err(|error| match error {
        ReportError::NoSubject => DrfError::no_object("job", job),
        ReportError::Oneself => DrfError::field("job", "You can not report your own job."),
        error => error.into(),
    })?;
    Ok(Json(ReportBody { message: filed.report.message, job }))
}
