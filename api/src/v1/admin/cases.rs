//! Everybody's cases.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use shared::support::{Case, CaseFilter, CaseMessage};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};
use crate::v1::cases::{CaseBody, CaseMessageBody, WriteCaseBody};
use crate::v1::people::PersonBody;

/// A case, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffCaseBody {
    /// The case.
    #[serde(flatten)]
    case: CaseBody,
    /// Whose it is.
    user: PersonBody,
}

impl From<Case> for StaffCaseBody {
    fn from(case: Case) -> Self {
        Self { user: case.person.clone().into(), case: case.into() }
    }
}

/// What was said in a case, and who wrote it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffCaseMessageBody {
    /// The message.
    #[serde(flatten)]
    message: CaseMessageBody,
    /// Who wrote it; `null` when one of the staff has left since.
    user: Option<PersonBody>,
}

impl From<CaseMessage> for StaffCaseMessageBody {
    fn from(message: CaseMessage) -> Self {
        Self { user: message.author.clone().map(PersonBody::from), message: message.into() }
    }
}

/// Which cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CaseStateParameter {
    /// Those that are not closed.
    #[default]
    Open,
    /// All.
    All,
}

/// Which part of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseParameters {
    /// `open` (by default) or `all`.
    #[serde(default)]
    #[param(inline)]
    state: CaseStateParameter,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List everybody's cases.
#[utoipa::path(
    get, path = "/api/v1/admin/cases", tag = "staff", operation_id = "staffListCases",
    security(("access_token" = [])), params(CaseParameters),
    responses(
        (status = 200, description = "Cases, newest first", body = PageBody<StaffCaseBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(CaseParameters { state, cursor, limit }): Parameters<CaseParameters>,
) -> Result<Json<PageBody<StaffCaseBody>>, Problem> {
    let filter = match state {
        CaseStateParameter::Open => CaseFilter::Open,
        CaseStateParameter::All => CaseFilter::All,
    };
    let span = PageParameters::new(cursor, limit).span()?;
    let page = app.core.cases.list_all(&caller, filter, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// Anybody's case.
#[utoipa::path(
    get, path = "/api/v1/admin/cases/{id}", tag = "staff", operation_id = "staffGetCase",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case")),
    responses(
        (status = 200, description = "The case", body = StaffCaseBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<StaffCaseBody>, Problem> {
    Ok(Json(app.core.cases.find_any(&caller, id).await?.into()))
}

/// List what was said in a case.
#[utoipa::path(
    get, path = "/api/v1/admin/cases/{id}/messages", tag = "staff", operation_id = "staffListCaseMessages",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case"), PageParameters),
    responses(
        (status = 200, description = "Messages, newest first", body = PageBody<StaffCaseMessageBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn messages(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<StaffCaseMessageBody>>, Problem> {
    let page = app.core.cases.messages_of_any(&caller, id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}

/// Answer in a case: its owner is told. A closed one stays so.
#[utoipa::path(
    post, path = "/api/v1/admin/cases/{id}/messages", tag = "staff", operation_id = "staffAnswerCase",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case")),
    request_body = WriteCaseBody,
    responses(
        (status = 201, description = "The message", body = StaffCaseMessageBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn answer(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<WriteCaseBody>,
) -> Result<(StatusCode, Json<StaffCaseMessageBody>), Problem> {
    let message = app.core.cases.answer(&caller, id, &body.text).await?;
    Ok((StatusCode::CREATED, Json(message.into())))
}

/// Close a case. Again changes nothing; what its owner writes opens it again.
#[utoipa::path(
    post, path = "/api/v1/admin/cases/{id}/close", tag = "staff", operation_id = "staffCloseCase",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case")),
    responses(
        (status = 200, description = "The case, closed", body = StaffCaseBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn close(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<StaffCaseBody>, Problem> {
    Ok(Json(app.core.cases.close(&caller, id).await?.into()))
}
