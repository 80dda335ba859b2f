//! Provinces and cities, and one's own addresses in them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::page::Slice;
use shared::places::{Address, City, Province};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{
    Authenticated, Body, Cursor, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody,
};

/// A province.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvinceBody {
    /// Its number.
    id: i64,
    /// Its official name, in Persian.
    name: String,
    /// Its name in English, if it has one.
    name_en: Option<String>,
}

impl From<Province> for ProvinceBody {
    fn from(province: Province) -> Self {
        Self { id: province.id, name: province.name.persian, name_en: province.name.english }
    }
}

/// A city.
#[derive(Debug, Serialize, ToSchema)]
pub struct CityBody {
    /// Its number.
    id: i64,
    /// The province that it lies in.
    province_id: i64,
    /// Its official name, in Persian.
    name: String,
    /// Its name in English, if it has one.
    name_en: Option<String>,
}

impl From<City> for CityBody {
    fn from(city: City) -> Self {
        Self { id: city.id, province_id: city.province_id, name: city.name.persian, name_en: city.name.english }
    }
}

/// List provinces. No token is needed.
#[utoipa::path(
    get, path = "/api/v1/provinces", tag = "places", operation_id = "listProvinces", params(PageParameters),
    responses(
        (status = 200, description = "Provinces, by number", body = PageBody<ProvinceBody>),
    )
)]
pub(super) async fn provinces(
    State(app): State<App>,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<ProvinceBody>>, Problem> {
    let slice = page.slice()?;
    Ok(Json(PageBody::of_slice(app.core.places.provinces(slice).await?, slice)))
}

/// Which cities.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CityParameters {
    /// Those of one province, by its number.
    #[param(value_type = Option<i64>)]
    province_id: Option<Id>,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List cities. No token is needed.
#[utoipa::path(
    get, path = "/api/v1/cities", tag = "places", operation_id = "listCities", params(CityParameters),
    responses(
        (status = 200, description = "Cities, by number", body = PageBody<CityBody>),
        (status = 404, description = "`not_found`: no such province", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cities(
    State(app): State<App>,
    Parameters(CityParameters { province_id, cursor, limit }): Parameters<CityParameters>,
) -> Result<Json<PageBody<CityBody>>, Problem> {
    let slice = PageParameters::new(cursor, limit).slice()?;
    Ok(Json(PageBody::of_slice(app.core.places.cities(province_id.map(|id| id.0), slice).await?, slice)))
}

/// One of one's addresses.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressBody {
    /// Its number.
    id: i64,
    /// In which province.
    province: ProvinceBody,
    /// In which city.
    city: CityBody,
    /// When it was made.
    created_at: DateTime<Utc>,
}

impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        let Address { id, place, created_at, .. } = address;
        Self { id, province: place.province.into(), city: place.city.into(), created_at }
    }
}

/// Where an address is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceAddressBody {
    /// The city, by its number; it says the province too.
    #[schema(value_type = i64)]
    city_id: Id,
}

/// List one's addresses, of which there are at most 100.
#[utoipa::path(
    get, path = "/api/v1/me/addresses", tag = "places", operation_id = "listAddresses",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "All of them, oldest first", body = PageBody<AddressBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<PageBody<AddressBody>>, Problem> {
    let addresses = app.core.addresses.list(caller.account_id, Slice::WHOLE).await?;
    Ok(Json(PageBody::new(addresses.into_iter().map(AddressBody::from).collect(), None)))
}

/// Keep an address.
#[utoipa::path(
    post, path = "/api/v1/me/addresses", tag = "places", operation_id = "createAddress",
    security(("access_token" = [])), request_body = PlaceAddressBody,
    responses(
        (status = 201, description = "The address", body = AddressBody),
        (status = 409, description = "`too_many_addresses`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: no such city", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<PlaceAddressBody>,
) -> Result<(StatusCode, Json<AddressBody>), Problem> {
    let address = app.core.addresses.create_in(caller.account_id, body.city_id.0).await.map_err(Problem::of_city)?;
    Ok((StatusCode::CREATED, Json(address.into())))
}

/// One of one's addresses.
#[utoipa::path(
    get, path = "/api/v1/me/addresses/{id}", tag = "places", operation_id = "getAddress",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The address")),
    responses(
        (status = 200, description = "The address", body = AddressBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<AddressBody>, Problem> {
    Ok(Json(app.core.addresses.find(caller.account_id, id).await?.into()))
}

/// Move one of one's addresses to another city.
#[utoipa::path(
    put, path = "/api/v1/me/addresses/{id}", tag = "places", operation_id = "changeAddress",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The address")),
    request_body = PlaceAddressBody,
    responses(
        (status = 200, description = "The address", body = AddressBody),
        (status = 422, description = "`invalid`: no such city", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<PlaceAddressBody>,
) -> Result<Json<AddressBody>, Problem> {
    let moved = app.core.addresses.move_to(caller.account_id, id, body.city_id.0).await;
    Ok(Json(moved.map_err(Problem::of_city)?.into()))
}

/// Remove one of one's addresses.
#[utoipa::path(
    delete, path = "/api/v1/me/addresses/{id}", tag = "places", operation_id = "removeAddress",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The address")),
    responses(
        (status = 204, description = "It is gone"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.addresses.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
