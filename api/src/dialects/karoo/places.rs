//! `/users/provinces/` and `/users/cities/`: without a token, in official Persian, whole.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::places::{City, PlaceError, PlacePart, Province};
use utoipa::ToSchema;

use super::addresses::not_kept;
use super::refusals::ErrorBody;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Whole};

/// A province.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Province)]
pub(super) struct ProvinceBody {
    /// Its number.
    id: i64,
    /// What it is called, in Persian.
    #[schema(example = "اصفهان")]
    name: String,
}

impl From<Province> for ProvinceBody {
    fn from(province: Province) -> Self {
        Self { id: province.id, name: province.name.persian }
    }
}

/// A city.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::City)]
pub(super) struct CityBody {
    /// Its number.
    id: i64,
    /// What it is called, in Persian.
    #[schema(example = "اصفهان")]
    name: String,
    /// The number of its province.
    province: i64,
}

impl From<City> for CityBody {
    fn from(city: City) -> Self {
        Self { id: city.id, name: city.name.persian, province: city.province_id }
    }
}

/// List all provinces.
#[utoipa::path(
    get, path = "/users/provinces/", tag = "karoo", operation_id = "karooProvinces", params(Whole),
    responses((status = 200, description = "Provinces, by their number", body = [ProvinceBody]))
)]
pub(super) async fn provinces(
    State(app): State<App>,
    Whole(slice): Whole,
) -> Result<Json<Vec<ProvinceBody>>, DrfError> {
    let provinces = app.core.places.provinces(slice).await.map_err(not_kept)?;
    Ok(Json(provinces.into_iter().map(ProvinceBody::from).collect()))
}

/// List all cities.
#[utoipa::path(
    get, path = "/users/cities/", tag = "karoo", operation_id = "karooCities", params(Whole),
    responses((status = 200, description = "Cities, by their number", body = [CityBody]))
)]
pub(super) async fn cities(State(app): State<App>, Whole(slice): Whole) -> Result<Json<Vec<CityBody>>, DrfError> {
    let cities = app.core.places.cities(None, slice).await.map_err(not_kept)?;
    Ok(Json(cities.into_iter().map(CityBody::from).collect()))
}

/// Of which province cities are listed.
#[derive(ToSchema)]
#[schema(as = karoo::ProvinceFields)]
pub(super) struct ProvinceFields {
    /// What it is called, in Persian or English.
    #[schema(example = "اصفهان")]
    province: String,
}

impl ProvinceFields {
    fn read(fields: &mut Fields) -> Self {
        Self { province: fields.text("province") }
    }
}

/// List the cities of a province.
#[utoipa::path(
    post, path = "/users/cities/", tag = "karoo", operation_id = "karooCitiesOfProvince", params(Whole),
    request_body = ProvinceFields,
    responses(
        (status = 200, description = "Its cities, by their number", body = [CityBody]),
        (status = 404, description = "No province is called so", body = ErrorBody),
    )
)]
pub(super) async fn cities_of(
    State(app): State<App>,
    Whole(slice): Whole,
    mut fields: Fields,
) -> Result<Json<Vec<CityBody>>, DrfError> {
    let form = ProvinceFields::read(&mut fields);
    fields.check()?;
    let cities = app.core.places.cities_of(&form.province, slice).await.map_err(|error| match error {
        PlaceError::Unknown(PlacePart::Province) => ErrorBody::refusal(StatusCode::NOT_FOUND, "Province not found"),
        error => not_kept(error),
    })?;
    Ok(Json(cities.into_iter().map(CityBody::from).collect()))
}
