//! `/jobs/list/` and `/jobs/{id}/`: everybody's listings. No token is needed; with one, those of people in a block
//! with the caller are not there.

use axum::Json;
use axum::extract::State;
use shared::listings::{By, ListingFilter};
use utoipa::IntoParams;

use super::bodies::{JobBody, ListedJobBody};
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, QueryFields, Viewer};

/// Which jobs are listed: those for which all that is given holds.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JobsQuery {
    /// Words, each in the title, the description or the experiences.
    search: Option<String>,
    /// A category, by its number or by what it is called.
    #[param(value_type = Option<String>)]
    category: Option<By>,
    /// A subcategory, likewise.
    #[param(value_type = Option<String>)]
    subcategory: Option<By>,
    /// A province, likewise.
    #[param(value_type = Option<String>)]
    province: Option<By>,
    /// A city, likewise.
    #[param(value_type = Option<String>)]
    city: Option<By>,
    /// A skill, likewise.
    #[param(value_type = Option<String>)]
    skill: Option<By>,
    /// The least mean of stars.
    #[param(value_type = Option<f64>, minimum = 0)]
    min_rating: Option<u32>,
}

impl JobsQuery {
    fn read(query: &mut Fields) -> Self {
        Self {
            search: query.optional_text("search").flatten(),
            category: by(query, "category"),
            subcategory: by(query, "subcategory"),
            province: by(query, "province"),
            city: by(query, "city"),
            skill: by(query, "skill"),
            min_rating: query.optional_hundredths("min_rating"),
        }
    }
}

impl From<JobsQuery> for ListingFilter {
    fn from(query: JobsQuery) -> Self {
        let JobsQuery { search, category, subcategory, province, city, skill, min_rating } = query;
        Self { text: search, category, subcategory, province, city, skill, min_rating, ..Self::default() }
    }
}

/// What a query names: a number, or what something is called.
fn by(query: &mut Fields, name: &'static str) -> Option<By> {
    let text = query.optional_text(name)??;
    Some(text.parse().map_or(By::Title(text), By::Id))
}

/// List everybody's jobs.
///
/// Those of people in a block with the caller of a valid token are left out.
#[utoipa::path(
    get, path = "/jobs/list/", tag = "karoo", operation_id = "karooJobs",
    security((), ("token" = [])), params(JobsQuery, ListedUp),
    responses((status = 200, description = "Jobs, oldest first", body = [ListedJobBody]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    ListedUp(slice): ListedUp,
    QueryFields(mut query): QueryFields,
) -> Result<Json<Vec<ListedJobBody>>, DrfError> {
    let asked = JobsQuery::read(&mut query);
    query.check()?;
    let cards = app.core.listings.list(viewer, asked.into(), slice).await.map_err(refused)?;
    Ok(Json(cards.into_iter().map(|card| ListedJobBody::new(&app, card)).collect()))
}

/// Somebody's job.
///
/// With a valid token, comments of people in a block with the caller are left out.
#[utoipa::path(
    get, path = "/jobs/{id}/", tag = "karoo", operation_id = "karooJob",
    security((), ("token" = [])), params(("id" = i64, Path, description = "The job")),
    responses((status = 200, description = "The job", body = JobBody))
)]
pub(super) async fn find(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    DrfId(id): DrfId,
) -> Result<Json<JobBody>, DrfError> {
    let listing = app.core.listings.find_reviewed(viewer, id).await.map_err(refused)?;
    Ok(Json(JobBody::new(&app, listing)))
}
