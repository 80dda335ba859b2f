//! Cases: what one asks whoever runs this Kith, and what was said about it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::support::{Case, CaseKind, CaseMessage, NewCase, NewCaseMessage, WholeCase};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::http::{
    Authenticated, Body, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody, idempotency_key,
};

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(kinds))
        .routes(routes!(list, open))
        .routes(routes!(find))
        .routes(routes!(messages, write))
}

/// What cases are sorted by.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseKindBody {
    /// Its number.
    id: i64,
    /// What it is called.
    title: String,
}

impl From<CaseKind> for CaseKindBody {
    fn from(CaseKind { id, title }: CaseKind) -> Self {
        Self { id, title }
    }
}

/// Something that one asks whoever runs this Kith.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseBody {
    /// Its number.
    id: i64,
    /// Of which kind it is.
    kind: CaseKindBody,
    /// What it is about.
    title: String,
    /// When it was opened.
    created_at: DateTime<Utc>,
    /// When something was last said in it.
    updated_at: DateTime<Utc>,
    /// When it was closed; `null` while it is open.
    closed_at: Option<DateTime<Utc>>,
}

impl From<Case> for CaseBody {
    fn from(case: Case) -> Self {
        let Case { id, kind, title, created_at, updated_at, closed_at, .. } = case;
        Self { id, kind: kind.into(), title, created_at, updated_at, closed_at }
    }
}

/// What was said in a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseMessageBody {
    /// Its number.
    id: i64,
    /// What it says.
    text: String,
    /// Whether the staff say it.
    from_staff: bool,
    /// When.
    created_at: DateTime<Utc>,
}

impl From<CaseMessage> for CaseMessageBody {
    fn from(CaseMessage { id, text, from_staff, created_at, .. }: CaseMessage) -> Self {
        Self { id, text, from_staff, created_at }
    }
}

/// A case, and what was said in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeCaseBody {
    /// The case.
    #[serde(flatten)]
    case: CaseBody,
    /// What was said, oldest first.
    messages: Vec<CaseMessageBody>,
}

impl From<WholeCase> for WholeCaseBody {
    fn from(WholeCase { case, messages }: WholeCase) -> Self {
        Self { case: case.into(), messages: messages.into_iter().map(CaseMessageBody::from).collect() }
    }
}

/// List the kinds of cases.
#[utoipa::path(
    get, path = "/api/v1/case-kinds", tag = "cases", operation_id = "listCaseKinds",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Kinds, by number", body = PageBody<CaseKindBody>),
    )
)]
pub(super) async fn kinds(
    State(app): State<App>,
    _caller: Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<CaseKindBody>>, Problem> {
    let slice = page.slice()?;
    Ok(Json(PageBody::of_slice(app.core.cases.kinds(slice).await?, slice)))
}

/// List one's cases.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", operation_id = "listCases",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Cases, newest first", body = PageBody<CaseBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<CaseBody>>, Problem> {
    let page = app.core.cases.list(caller.account_id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}

/// What to ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCaseBody {
    /// Of which kind it is.
    #[schema(value_type = i64)]
    kind_id: Id,
    /// What it is about, at most 200 characters.
    title: String,
}

/// Open a case: whoever runs this Kith hears of it, and answers in it.
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "cases", operation_id = "openCase",
    security(("access_token" = [])), request_body = OpenCaseBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Kept for 24 hours: a repeat under the same key is answered with what the first made")),
    responses(
        (status = 201, description = "The case", body = CaseBody),
        (status = 409, description = "`too_many_cases`: 50 are open", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `key_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn open(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(body): Body<OpenCaseBody>,
) -> Result<(StatusCode, Json<CaseBody>), Problem> {
    let idempotency_key = idempotency_key(&headers)?;
    let new = NewCase { kind_id: body.kind_id.0, title: body.title, idempotency_key, ..NewCase::default() };
    let case = app.core.cases.open(caller.account_id, new).await?;
    Ok((StatusCode::CREATED, Json(case.into())))
}

/// One of one's cases.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}", tag = "cases", operation_id = "getCase",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case")),
    responses(
        (status = 200, description = "The case", body = CaseBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<CaseBody>, Problem> {
    Ok(Json(app.core.cases.find(caller.account_id, id).await?.into()))
}

/// List what was said in one of one's cases.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/messages", tag = "cases", operation_id = "listCaseMessages",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The case"), PageParameters),
    responses(
        (status = 200, description = "Messages, newest first", body = PageBody<CaseMessageBody>),
    )
)]
pub(super) async fn messages(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<CaseMessageBody>>, Problem> {
    let page = app.core.cases.messages(caller.account_id, id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}

/// What to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteCaseBody {
    /// The text, at most 4,000 characters.
    pub(super) text: String,
}

/// Write into one of one's cases. A closed one is open again.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/messages", tag = "cases", operation_id = "writeInCase",
    security(("access_token" = [])), request_body = WriteCaseBody,
    params(
        ("id" = i64, Path, description = "The case"),
        ("Idempotency-Key" = Option<String>, Header, description = "Kept for 24 hours: a repeat under the same key is answered with what the first made"),
    ),
    responses(
        (status = 201, description = "The message", body = CaseMessageBody),
        (status = 409, description = "`too_many_cases`: it is closed, and 50 others are open", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `key_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn write(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    headers: HeaderMap,
    Body(body): Body<WriteCaseBody>,
) -> Result<(StatusCode, Json<CaseMessageBody>), Problem> {
    let idempotency_key = idempotency_key(&headers)?;
    let new = NewCaseMessage { text: body.text, idempotency_key, ..NewCaseMessage::default() };
    let message = app.core.cases.write(caller.account_id, id, new).await?;
    Ok((StatusCode::CREATED, Json(message.into())))
}
