//! Lists of titles: kinds of cases, categories, skills.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use shared::moderation::{Entry, List};
use utoipa::ToSchema;

use super::super::listings::TitledBody;
use crate::App;
use crate::http::{Authenticated, Body, PathId, Problem, ProblemBody};

impl From<Entry> for TitledBody {
    fn from(Entry { id, title }: Entry) -> Self {
        Self { id, title }
    }
}

/// What it is to be called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleBody {
    /// The title, at most 100 characters. Case, accents and letter forms do not tell two apart.
    title: String,
}

/// Make a kind of case.
#[utoipa::path(
    post, path = "/api/v1/admin/case-kinds", tag = "staff", operation_id = "staffCreateCaseKind",
    security(("access_token" = [])), request_body = TitleBody,
    responses(
        (status = 201, description = "The kind of case", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_case_kind(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<TitleBody>,
) -> Result<(StatusCode, Json<TitledBody>), Problem> {
    let entry = app.core.curation.create(&caller, List::CaseKinds, &body.title).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}

/// Call a kind of case otherwise.
#[utoipa::path(
    patch, path = "/api/v1/admin/case-kinds/{id}", tag = "staff", operation_id = "staffRenameCaseKind",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The kind of case")),
    request_body = TitleBody,
    responses(
        (status = 200, description = "The kind of case", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn rename_case_kind(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<TitleBody>,
) -> Result<Json<TitledBody>, Problem> {
    Ok(Json(app.core.curation.rename(&caller, List::CaseKinds, id, &body.title).await?.into()))
}

/// Take a kind of case out.
#[utoipa::path(
    delete, path = "/api/v1/admin/case-kinds/{id}", tag = "staff", operation_id = "staffDeleteCaseKind",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The kind of case")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`in_use`: cases are of it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_case_kind(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.curation.delete(&caller, List::CaseKinds, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a category.
#[utoipa::path(
    post, path = "/api/v1/admin/categories", tag = "staff", operation_id = "staffCreateCategory",
    security(("access_token" = [])), request_body = TitleBody,
    responses(
        (status = 201, description = "The category", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_category(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<TitleBody>,
) -> Result<(StatusCode, Json<TitledBody>), Problem> {
    let entry = app.core.curation.create(&caller, List::Categories, &body.title).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}

/// Call a category otherwise.
#[utoipa::path(
    patch, path = "/api/v1/admin/categories/{id}", tag = "staff", operation_id = "staffRenameCategory",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The category")),
    request_body = TitleBody,
    responses(
        (status = 200, description = "The category", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn rename_category(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<TitleBody>,
) -> Result<Json<TitledBody>, Problem> {
    Ok(Json(app.core.curation.rename(&caller, List::Categories, id, &body.title).await?.into()))
}

/// Take a category out.
#[utoipa::path(
    delete, path = "/api/v1/admin/categories/{id}", tag = "staff", operation_id = "staffDeleteCategory",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The category")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`in_use`: subcategories or listings are in it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_category(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.curation.delete(&caller, List::Categories, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a skill.
#[utoipa::path(
    post, path = "/api/v1/admin/skills", tag = "staff", operation_id = "staffCreateSkill",
    security(("access_token" = [])), request_body = TitleBody,
    responses(
        (status = 201, description = "The skill", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_skill(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<TitleBody>,
) -> Result<(StatusCode, Json<TitledBody>), Problem> {
    let entry = app.core.curation.create(&caller, List::Skills, &body.title).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}

/// Call a skill otherwise.
#[utoipa::path(
    patch, path = "/api/v1/admin/skills/{id}", tag = "staff", operation_id = "staffRenameSkill",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The skill")),
    request_body = TitleBody,
    responses(
        (status = 200, description = "The skill", body = TitledBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn rename_skill(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<TitleBody>,
) -> Result<Json<TitledBody>, Problem> {
    Ok(Json(app.core.curation.rename(&caller, List::Skills, id, &body.title).await?.into()))
}

/// Take a skill out, and off the listings that ask for it.
#[utoipa::path(
    delete, path = "/api/v1/admin/skills/{id}", tag = "staff", operation_id = "staffDeleteSkill",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The skill")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_skill(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.curation.delete(&caller, List::Skills, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
