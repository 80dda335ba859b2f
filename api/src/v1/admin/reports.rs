//! Everybody's reports.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use shared::moderation::{Outcome, Report, ReportState, Resolution};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};
use crate::v1::people::PersonBody;
use crate::v1::reports::ReportBody;

/// A report, and whom it concerns.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffReportBody {
    /// The report.
    #[serde(flatten)]
    report: ReportBody,
    /// Who made it.
    reporter: PersonBody,
    /// Whose the thing is that is reported; `null` when the account is gone.
    user: Option<PersonBody>,
    /// What it said when it was first reported.
    quoted: Option<String>,
    /// Who has claimed it.
    claimed_by: Option<PersonBody>,
    /// Who resolved it.
    resolved_by: Option<PersonBody>,
}

impl From<Report> for StaffReportBody {
    fn from(mut report: Report) -> Self {
        let state = report.clone();
        let somebody = |person: Option<shared::accounts::Person>| person.map(PersonBody::from);
        Self {
            reporter: report.reporter.clone().into(),
            user: somebody(report.person.take()),
            quoted: report.quoted.take(),
            claimed_by: somebody(report.claimed_by.take()),
            resolved_by: somebody(report.resolved_by.take()),
            report: state.into(),
        }
    }
}

/// Which reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ReportStateParameter {
    /// Those that nobody has claimed.
    #[default]
    Waiting,
    /// Those that somebody has.
    Claimed,
    /// Those that are resolved.
    Resolved,
}

/// Which part of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportParameters {
    /// `waiting` (by default), `claimed` or `resolved`.
    #[serde(default)]
    #[param(inline)]
    state: ReportStateParameter,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List everybody's reports.
#[utoipa::path(
    get, path = "/api/v1/admin/reports", tag = "staff", operation_id = "staffListReports",
    security(("access_token" = [])), params(ReportParameters),
    responses(
        (status = 200, description = "Reports, newest first", body = PageBody<StaffReportBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(ReportParameters { state, cursor, limit }): Parameters<ReportParameters>,
) -> Result<Json<PageBody<StaffReportBody>>, Problem> {
    let state = match state {
        ReportStateParameter::Waiting => ReportState::Waiting,
        ReportStateParameter::Claimed => ReportState::Claimed,
        ReportStateParameter::Resolved => ReportState::Resolved,
    };
    let span = PageParameters::new(cursor, limit).span()?;
    let page = app.core.reports.list_all(&caller, state, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// Anybody's report.
#[utoipa::path(
    get, path = "/api/v1/admin/reports/{id}", tag = "staff", operation_id = "staffGetReport",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The report")),
    responses(
        (status = 200, description = "The report", body = StaffReportBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<StaffReportBody>, Problem> {
    Ok(Json(app.core.reports.find_any(&caller, id).await?.into()))
}

/// Claim a report, so that nobody else of the staff looks at it. Again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/admin/reports/{id}/claim", tag = "staff", operation_id = "staffClaimReport",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The report")),
    responses(
        (status = 200, description = "The report", body = StaffReportBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_claimed` by somebody else, `already_resolved`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn claim(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<StaffReportBody>, Problem> {
    Ok(Json(app.core.reports.claim(&caller, id).await?.into()))
}

/// What becomes of what was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutcomeParameter {
    /// Nothing.
    Dismissed,
    /// It is taken out.
    Removed,
    /// The account behind it is suspended.
    Suspended,
}

impl From<OutcomeParameter> for Outcome {
    fn from(outcome: OutcomeParameter) -> Self {
        match outcome {
            OutcomeParameter::Dismissed => Self::Dismissed,
            OutcomeParameter::Removed => Self::Removed,
            OutcomeParameter::Suspended => Self::Suspended,
        }
    }
}

/// What is to become of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResolutionBody {
    /// `dismissed`, `removed` (a listing, a review or a message) or `suspended` (the account behind it).
    outcome: OutcomeParameter,
    /// What the reporter is told of it, at most 1,000 characters.
    #[serde(default)]
    note: Option<String>,
}

/// Resolve a report: who made it is told. Other reports of the same thing stay.
#[utoipa::path(
    post, path = "/api/v1/admin/reports/{id}/resolve", tag = "staff", operation_id = "staffResolveReport",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The report")),
    request_body = ResolutionBody,
    responses(
        (status = 200, description = "The report, resolved", body = StaffReportBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`already_claimed` by somebody else, `already_resolved`, `staff_account`, `account_gone`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn resolve(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<ResolutionBody>,
) -> Result<Json<StaffReportBody>, Problem> {
    let resolution = Resolution { outcome: body.outcome.into(), note: body.note };
    Ok(Json(app.core.reports.resolve(&caller, id, resolution).await?.into()))
}
