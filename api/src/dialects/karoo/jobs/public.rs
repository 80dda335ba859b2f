//! `/jobs/list/` and `/jobs/{id}/`: everybody's listings. No token is needed; with one, those of people in a block
//! with the caller are not there.

use axum::Json;
use axum::extract::State;
use shared::listings::{By, ListingFilter};

use super::bodies::{JobBody, ListedJobBody};
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, QueryFields, Viewer};

/// What a query names: a number, or what something is called.
fn by(query: &mut Fields, name: &'static str) -> Option<By> {
    let text = query.optional_text(name)??;
    Some(text.parse().map_or(By::Title(text), By::Id))
}

/// `GET /jobs/list/`
pub(super) async fn list(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    ListedUp(slice): ListedUp,
    QueryFields(mut query): QueryFields,
) -> Result<Json<Vec<ListedJobBody>>, DrfError> {
    let filter = ListingFilter {
        text: query.optional_text("search").flatten(),
        category: by(&mut query, "category"),
        subcategory: by(&mut query, "subcategory"),
        province: by(&mut query, "province"),
        city: by(&mut query, "city"),
        skill: by(&mut query, "skill"),
        min_rating: query.optional_hundredths("min_rating"),
        ..ListingFilter::default()
    };
    query.check()?;
    let cards = app.core.listings.list(viewer, filter, slice).await.map_err(refused)?;
    Ok(Json(cards.into_iter().map(|card| ListedJobBody::new(&app, card)).collect()))
}

/// `GET /jobs/{id}/`
pub(super) async fn find(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    DrfId(id): DrfId,
) -> Result<Json<JobBody>, DrfError> {
    let listing = app.core.listings.find_reviewed(viewer, id).await.map_err(refused)?;
    Ok(Json(JobBody::new(&app, listing)))
}
