//! `/jobs/user/info/`: one's own listings. Another's and a missing one are answered alike.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;
use shared::listings::{ListingChange, NewListing, Whereby};

use super::bodies::JobBody;
use super::{not_ones_own, refused};
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, Signed};

/// `GET /jobs/user/info/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<JobBody>>, DrfError> {
    let listings = app.core.listings.own(caller.account_id, slice).await.map_err(refused)?;
    Ok(Json(listings.into_iter().map(|listing| JobBody::new(&app, listing)).collect()))
}

/// `GET /jobs/user/info/{id}/`
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<JobBody>, DrfError> {
    let listing = app.core.listings.find_own(caller.account_id, id).await.map_err(not_ones_own)?;
    Ok(Json(JobBody::new(&app, listing)))
}

/// What a body says beside the four fields that a new listing needs.
fn change_of(fields: &mut Fields) -> ListingChange {
    ListingChange {
        description: fields.optional_text("description"),
        experiences: fields.optional_text("experiences"),
        hourly_price: fields.optional_text("approximation_cph"),
        initial_cost: fields.optional_text("initial_cost"),
        skills: fields.optional_list("skills", title),
        ..ListingChange::default()
    }
}

/// The title of a skill: `{"title": …}`, or the title itself.
fn title(skill: &Value) -> Result<String, String> {
    let title = skill.get("title").unwrap_or(skill).as_str();
    title.map(str::to_owned).ok_or_else(|| "Each skill needs a title.".to_owned())
}

/// `POST /jobs/user/info/`
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<JobBody>), DrfError> {
    let (title, subcategory_id) = (fields.text("title"), fields.id("SubCategory"));
    let (province, city) = (Some(fields.text("province")), Some(fields.text("city")));
    let mut rest = change_of(&mut fields);
    rest.faults = fields.faults();
    let new =
        NewListing { title, subcategory_id, place: Whereby::Names { province, city }, rest, idempotency_key: None };
    let listing = app.core.listings.create_reviewed(caller.account_id, new).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(JobBody::new(&app, listing))))
}

/// `PUT /jobs/user/info/{id}/`: changes what is given.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<JobBody>, DrfError> {
    let title = fields.text_if_given("title");
    let province = fields.optional_text("province").flatten();
    let city = fields.optional_text("city").flatten();
    let place = (province.is_some() || city.is_some()).then_some(Whereby::Names { province, city });
    let subcategory_id = fields.optional_id("SubCategory");
    let main_picture_id = fields.id_or_null("main_picture");
    let rest = change_of(&mut fields);
    let faults = fields.faults();
    let change = ListingChange { title, subcategory_id, place, main_picture_id, faults, ..rest };
    let listing = app.core.listings.change_reviewed(caller.account_id, id, change).await.map_err(not_ones_own)?;
    Ok(Json(JobBody::new(&app, listing)))
}

/// `DELETE /jobs/user/info/{id}/`
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.listings.remove(caller.account_id, id).await.map_err(not_ones_own)?;
    Ok(StatusCode::NO_CONTENT)
}
