//! `/support/spam_report/`: reports a listing to the staff.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::moderation::{NewReport, ReportError, Subject};
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// A report.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Report)]
pub(super) struct ReportBody {
    /// What is wrong with the job.
    message: String,
    /// The number of the job.
    job: i64,
}

/// Which job is reported.
#[derive(ToSchema)]
#[schema(as = karoo::ReportFields)]
pub(super) struct ReportFields {
    /// What is wrong with it.
    message: String,
    /// Its number.
    job: i64,
}

impl ReportFields {
    fn read(fields: &mut Fields) -> Self {
        Self { message: fields.text("message"), job: fields.id("job") }
    }
}

/// Report another's job to the staff.
///
/// Of the same job again, while the first report waits, this changes the text of the first.
#[utoipa::path(
    post, path = "/support/spam_report/", tag = "karoo", operation_id = "karooReport",
    security(("token" = [])), request_body = ReportFields,
    responses((status = 200, description = "The report", body = ReportBody))
)]
pub(super) async fn report(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<ReportBody>, DrfError> {
    let ReportFields { message, job } = ReportFields::read(&mut fields);
    let new = NewReport { subject: Subject::Listing, subject_id: job, message, faults: fields.faults() };
    let filed = app.core.reports.report(caller.account_id, new).await.map_err(|error| match error {
        ReportError::NoSubject => DrfError::no_object("job", job),
        ReportError::Oneself => DrfError::field("job", "You can not report your own job."),
        error => error.into(),
    })?;
    Ok(Json(ReportBody { message: filed.report.message, job }))
}
