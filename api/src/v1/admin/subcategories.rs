//! Subcategories, which staff keep in order.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use shared::listings::Subcategory;
use shared::moderation::SubcategoryChange;
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, Id, PathId, Problem, ProblemBody};

/// A part of a category.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffSubcategoryBody {
    /// Its number.
    id: i64,
    /// Its category.
    category_id: i64,
    /// What it is called.
    title: String,
}

impl From<Subcategory> for StaffSubcategoryBody {
    fn from(Subcategory { id, category_id, title }: Subcategory) -> Self {
        Self { id, category_id, title }
    }
}

/// What to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSubcategoryBody {
    /// Its category.
    #[schema(value_type = i64)]
    category_id: Id,
    /// What it is called, at most 100 characters; no other of the category is called so.
    title: String,
}

/// What to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubcategoryChangeBody {
    /// Its category: its listings move with it.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    category_id: Option<Id>,
    /// What it is called, at most 100 characters.
    #[serde(default)]
    title: Option<String>,
}

/// Make a subcategory.
#[utoipa::path(
    post, path = "/api/v1/admin/subcategories", tag = "staff", operation_id = "staffCreateSubcategory",
    security(("access_token" = [])), request_body = NewSubcategoryBody,
    responses(
        (status = 201, description = "The subcategory", body = StaffSubcategoryBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<NewSubcategoryBody>,
) -> Result<(StatusCode, Json<StaffSubcategoryBody>), Problem> {
    let made = app.core.curation.create_subcategory(&caller, body.category_id.0, &body.title).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Change a subcategory.
#[utoipa::path(
    patch, path = "/api/v1/admin/subcategories/{id}", tag = "staff", operation_id = "staffChangeSubcategory",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The subcategory")),
    request_body = SubcategoryChangeBody,
    responses(
        (status = 200, description = "The subcategory", body = StaffSubcategoryBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`title_taken`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<SubcategoryChangeBody>,
) -> Result<Json<StaffSubcategoryBody>, Problem> {
    let change = SubcategoryChange { category_id: body.category_id.map(|id| id.0), title: body.title };
    Ok(Json(app.core.curation.change_subcategory(&caller, id, change).await?.into()))
}

/// Take a subcategory out.
#[utoipa::path(
    delete, path = "/api/v1/admin/subcategories/{id}", tag = "staff", operation_id = "staffDeleteSubcategory",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The subcategory")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`in_use`: listings are in it", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.curation.delete_subcategory(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
