//! `/users/provinces/` and `/users/cities/`: without a token, in official Persian, whole.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;
use shared::places::{City, PlaceError, PlacePart, Province};

use super::addresses::not_kept;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Whole};

/// A province.
#[derive(Serialize)]
pub(super) struct ProvinceBody {
    id: i64,
    name: String,
}

impl From<Province> for ProvinceBody {
    fn from(province: Province) -> Self {
        Self { id: province.id, name: province.name.persian }
    }
}

/// A city.
#[derive(Serialize)]
pub(super) struct CityBody {
    id: i64,
    name: String,
    province: i64,
}

impl From<City> for CityBody {
    fn from(city: City) -> Self {
        Self { id: city.id, name: city.name.persian, province: city.province_id }
    }
}

/// `GET /users/provinces/`
pub(super) async fn provinces(
    State(app): State<App>,
    Whole(slice): Whole,
) -> Result<Json<Vec<ProvinceBody>>, DrfError> {
    let provinces = app.core.places.provinces(slice).await.map_err(not_kept)?;
    Ok(Json(provinces.into_iter().map(ProvinceBody::from).collect()))
}

/// `GET /users/cities/`
pub(super) async fn cities(State(app): State<App>, Whole(slice): Whole) -> Result<Json<Vec<CityBody>>, DrfError> {
    let cities = app.core.places.cities(None, slice).await.map_err(not_kept)?;
    Ok(Json(cities.into_iter().map(CityBody::from).collect()))
}

/// `POST /users/cities/`: those of the province that is called so.
pub(super) async fn cities_of(
    State(app): State<App>,
    Whole(slice): Whole,
    mut fields: Fields,
) -> Result<Json<Vec<CityBody>>, DrfError> {
    let province = fields.text("province");
    fields.check()?;
    let cities = app.core.places.cities_of(&province, slice).await.map_err(|error| match error {
        PlaceError::Unknown(PlacePart::Province) => {
            DrfError::shaped(StatusCode::NOT_FOUND, json!({"error": "Province not found"}))
        }
        error => not_kept(error),
    })?;
    Ok(Json(cities.into_iter().map(CityBody::from).collect()))
}
