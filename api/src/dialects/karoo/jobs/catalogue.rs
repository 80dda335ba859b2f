//! `/categories/…` and `/jobs/skills/`: without a token.

use axum::Json;
use axum::extract::State;

use super::super::titled::TitledBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, ListedUp};

/// List the categories of jobs.
#[utoipa::path(
    get, path = "/categories/", tag = "karoo", operation_id = "karooCategories", params(ListedUp),
    responses((status = 200, description = "Categories, by their number", body = [TitledBody]))
)]
pub(super) async fn categories(
    State(app): State<App>,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let categories = app.core.catalogue.categories(slice).await.map_err(refused)?;
    Ok(Json(categories.into_iter().map(TitledBody::from).collect()))
}

/// List the subcategories of a category.
#[utoipa::path(
    get, path = "/categories/{id}/subcategories/", tag = "karoo", operation_id = "karooSubcategories",
    params(("id" = i64, Path, description = "The category"), ListedUp),
    responses((status = 200, description = "Its subcategories, by their number", body = [TitledBody]))
)]
pub(super) async fn subcategories(
    State(app): State<App>,
    DrfId(id): DrfId,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let subcategories = app.core.catalogue.subcategories(Some(id), slice).await.map_err(refused)?;
    Ok(Json(subcategories.into_iter().map(TitledBody::from).collect()))
}

/// List the skills that jobs name.
#[utoipa::path(
    get, path = "/jobs/skills/", tag = "karoo", operation_id = "karooSkills", params(ListedUp),
    responses((status = 200, description = "Skills, by their number", body = [TitledBody]))
)]
pub(super) async fn skills(
    State(app): State<App>,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let skills = app.core.catalogue.skills(None, slice).await.map_err(refused)?;
    Ok(Json(skills.into_iter().map(TitledBody::from).collect()))
}
