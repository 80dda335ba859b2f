//! What listings are sorted by, and what they take.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use shared::listings::{Category, Subcategory};
use utoipa::{IntoParams, ToSchema};

use super::bodies::TitledBody;
use crate::App;
use crate::http::{Cursor, PageBody, PageParameters, Parameters, Problem};

/// A category.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CategoryBody {
    /// Its number.
    id: i64,
    /// What it is called.
    #[schema(example = "Home services")]
    title: String,
    /// What its listings are sorted by.
    subcategories: Vec<TitledBody>,
}

impl From<(Category, Vec<Subcategory>)> for CategoryBody {
    fn from((Category { id, title }, subcategories): (Category, Vec<Subcategory>)) -> Self {
        Self { id, title, subcategories: subcategories.into_iter().map(TitledBody::from).collect() }
    }
}

/// List categories with their subcategories. No token is needed.
#[utoipa::path(
    get, path = "/api/v1/categories", tag = "listings", operation_id = "listCategories", params(PageParameters),
    responses(
        (status = 200, description = "Categories, by number", body = PageBody<CategoryBody>),
    )
)]
pub(crate) async fn categories(
    State(app): State<App>,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<CategoryBody>>, Problem> {
    let slice = page.slice()?;
    Ok(Json(PageBody::of_slice(app.core.catalogue.tree(slice).await?, slice)))
}

/// Which skills.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SkillParameters {
    /// Those whose title contains this, in any case.
    q: Option<String>,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List skills. No token is needed.
#[utoipa::path(
    get, path = "/api/v1/skills", tag = "listings", operation_id = "listSkills", params(SkillParameters),
    responses(
        (status = 200, description = "Skills, by number", body = PageBody<TitledBody>),
    )
)]
pub(crate) async fn skills(
    State(app): State<App>,
    Parameters(SkillParameters { q, cursor, limit }): Parameters<SkillParameters>,
) -> Result<Json<PageBody<TitledBody>>, Problem> {
    let slice = PageParameters::new(cursor, limit).slice()?;
    Ok(Json(PageBody::of_slice(app.core.catalogue.skills(q.as_deref(), slice).await?, slice)))
}
