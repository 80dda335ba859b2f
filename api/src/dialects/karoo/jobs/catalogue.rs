//! `/categories/…` and `/jobs/skills/`: without a token.

use axum::Json;
use axum::extract::State;

use super::super::titled::TitledBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, ListedUp};

/// `GET /categories/`
pub(super) async fn categories(
    State(app): State<App>,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let categories = app.core.catalogue.categories(slice).await.map_err(refused)?;
    Ok(Json(categories.into_iter().map(TitledBody::from).collect()))
}

/// `GET /categories/{id}/subcategories/`
pub(super) async fn subcategories(
    State(app): State<App>,
    DrfId(id): DrfId,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let subcategories = app.core.catalogue.subcategories(Some(id), slice).await.map_err(refused)?;
    Ok(Json(subcategories.into_iter().map(TitledBody::from).collect()))
}

/// `GET /jobs/skills/`
pub(super) async fn skills(
    State(app): State<App>,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<TitledBody>>, DrfError> {
    let skills = app.core.catalogue.skills(None, slice).await.map_err(refused)?;
    Ok(Json(skills.into_iter().map(TitledBody::from).collect()))
}
