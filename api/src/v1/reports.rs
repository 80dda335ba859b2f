//! Reports: what one tells the staff of, and what became of that.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::moderation::{NewReport, Outcome, Report, Subject};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::http::{Authenticated, Body, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, report)).routes(routes!(find))
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBody {
    /// Its number.
    id: i64,
    /// What kind of thing is reported: `listing`, `review`, `message` or `account`.
    #[schema(example = "message")]
    subject: &'static str,
    /// Which. It may be gone since.
    subject_id: i64,
    /// What is wrong with it.
    message: String,
    /// Where it stands: `waiting`, `claimed` (somebody of the staff looks at it) or `resolved`.
    #[schema(example = "waiting")]
    state: &'static str,
    /// What became of it: `dismissed`, `removed`, `suspended`; `null` until then.
    outcome: Option<&'static str>,
    /// What the staff say about that.
    note: Option<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was resolved.
    resolved_at: Option<DateTime<Utc>>,
}

impl From<Report> for ReportBody {
    fn from(report: Report) -> Self {
        Self {
            id: report.id,
            subject: report.subject.as_str(),
            subject_id: report.subject_id,
            state: report.state().as_str(),
            message: report.message,
            outcome: report.outcome.map(Outcome::as_str),
            note: report.note,
            created_at: report.created_at,
            resolved_at: report.resolved_at,
        }
    }
}

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubjectParameter {
    /// A listing.
    Listing,
    /// A review of one.
    Review,
    /// A message that one got.
    Message,
    /// An account.
    Account,
}

impl From<SubjectParameter> for Subject {
    fn from(subject: SubjectParameter) -> Self {
        match subject {
            SubjectParameter::Listing => Self::Listing,
            SubjectParameter::Review => Self::Review,
            SubjectParameter::Message => Self::Message,
            SubjectParameter::Account => Self::Account,
        }
    }
}

/// What to report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendReportBody {
    /// What kind of thing: `listing`, `review`, `message` or `account`.
    subject: SubjectParameter,
    /// Which.
    #[schema(value_type = i64)]
    subject_id: Id,
    /// What is wrong with it, at most 1,000 characters.
    message: String,
}

/// Report something to the staff.
///
/// While a report of the same thing waits, there is no other: that one takes the new words, unless somebody of the
/// staff looks at it already. A block keeps nobody from reporting an account, or a message that they got.
#[utoipa::path(
    post, path = "/api/v1/reports", tag = "reports", operation_id = "report",
    security(("access_token" = [])), request_body = SendReportBody,
    responses(
        (status = 201, description = "The report", body = ReportBody),
        (status = 200, description = "The report that waits already", body = ReportBody),
        (status = 404, description = "`not_found`: what is reported is not there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`too_many_reports`: 100 wait", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `oneself`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn report(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<SendReportBody>,
) -> Result<(StatusCode, Json<ReportBody>), Problem> {
    let SendReportBody { subject, subject_id, message } = body;
    let new = NewReport { subject: subject.into(), subject_id: subject_id.0, message, faults: FieldErrors::default() };
    let filed = app.core.reports.report(caller.account_id, new).await?;
    let status = if filed.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(filed.report.into())))
}

/// List one's reports.
#[utoipa::path(
    get, path = "/api/v1/reports", tag = "reports", operation_id = "listReports",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Reports, newest first", body = PageBody<ReportBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<ReportBody>>, Problem> {
    let page = app.core.reports.list(caller.account_id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}

/// One of one's reports.
#[utoipa::path(
    get, path = "/api/v1/reports/{id}", tag = "reports", operation_id = "getReport",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The report")),
    responses(
        (status = 200, description = "The report", body = ReportBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<ReportBody>, Problem> {
    Ok(Json(app.core.reports.find(caller.account_id, id).await?.into()))
}
