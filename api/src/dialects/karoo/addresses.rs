//! `/users/settings/address-list/` and `/users/settings/address-edit/{id}`: one's own addresses. Another's
//! is as if it did not exist.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::fields::FieldErrors;
use shared::places::{Address, AddressChange, PlaceError, PlacePart};
use utoipa::ToSchema;

use super::refusals::{NoAddressBody, ToldBody};
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, Signed};
use crate::http::sentence;

/// An address; each name in the language in which it was set.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Address)]
pub(super) struct AddressBody {
    /// Its number.
    id: i64,
    /// The number of the account that keeps it.
    user: i64,
    /// What its province is called.
    province_name: String,
    /// What its city is called.
    city_name: String,
}

impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        let [province_name, city_name] = address.place.into_names();
        Self { id: address.id, user: address.account_id, province_name, city_name }
    }
}

/// What of an address changes. Null, and a name that nothing bears, leave what is there.
#[derive(ToSchema)]
#[schema(as = karoo::AddressFields)]
pub(super) struct AddressFields {
    /// What the province is called, in Persian or English.
    province: Option<String>,
    /// What a city in it is called, in Persian or English.
    city: Option<String>,
}

impl AddressFields {
    fn read(fields: &mut Fields) -> Self {
        Self { province: fields.optional_text("province").flatten(), city: fields.optional_text("city").flatten() }
    }
}

/// Where an address is.
#[derive(ToSchema)]
#[schema(as = karoo::NewAddressFields)]
pub(super) struct NewAddressFields {
    /// What the province is called, in Persian or English.
    #[schema(value_type = String, example = "اصفهان")]
    province: Option<String>,
    /// What a city in it is called, in Persian or English.
    #[schema(value_type = String, example = "اصفهان")]
    city: Option<String>,
}

impl NewAddressFields {
    fn read(fields: &mut Fields) -> Self {
        let AddressFields { province, city } = AddressFields::read(fields);
        Self { province, city }
    }
}

/// List one's addresses.
#[utoipa::path(
    get, path = "/users/settings/address-list/", tag = "karoo", operation_id = "karooAddresses",
    security(("token" = [])), params(ListedUp),
    responses((status = 200, description = "Addresses, oldest first", body = [AddressBody]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<AddressBody>>, DrfError> {
    let addresses = app.core.addresses.list(caller.account_id, slice).await.map_err(not_kept)?;
    Ok(Json(addresses.into_iter().map(AddressBody::from).collect()))
}

/// Keep an address. An account keeps at most 100.
#[utoipa::path(
    post, path = "/users/settings/address-list/", tag = "karoo", operation_id = "karooCreateAddress",
    security(("token" = [])), request_body = NewAddressFields,
    responses(
        (status = 201, description = "The address", body = AddressBody),
        (status = 400, description = "What does not fit, in one line", body = ToldBody),
        (status = 404, description = "No province is called so, or no city in it", body = ToldBody),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<AddressBody>), DrfError> {
    let NewAddressFields { province, city } = NewAddressFields::read(&mut fields);
    let new = AddressChange { province, city, faults: fields.faults() };
    let address = app.core.addresses.create(caller.account_id, new).await.map_err(|error| {
        let failed =
            |reason: String| ToldBody::refusal(StatusCode::BAD_REQUEST, format!("Error creating address: {reason}"));
        match error {
            PlaceError::Invalid(errors) => failed(spoken(errors)),
            error @ PlaceError::TooMany(_) => failed(sentence(&error)),
            error => not_kept(error),
        }
    })?;
    Ok((StatusCode::CREATED, Json(address.into())))
}

/// What does not fit, in one line.
fn spoken(errors: FieldErrors) -> String {
    let fields = errors.into_map().into_iter().map(|(field, messages)| format!("{field}: {}", messages.join(" ")));
    fields.collect::<Vec<_>>().join(" ")
}

/// One of one's addresses.
#[utoipa::path(
    get, path = "/users/settings/address-edit/{id}/", tag = "karoo", operation_id = "karooAddress",
    security(("token" = [])), params(("id" = i64, Path, description = "The address")),
    responses(
        (status = 200, description = "The address", body = AddressBody),
        (status = 404, description = "The caller has no such address", body = NoAddressBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<AddressBody>, DrfError> {
    let address = app.core.addresses.find(caller.account_id, id).await.map_err(not_kept)?;
    Ok(Json(address.into()))
}

/// Change an address.
///
/// Takes part of it; a name that nothing bears leaves what is there. The city has to lie in the province.
#[utoipa::path(
    put, path = "/users/settings/address-edit/{id}/", tag = "karoo", operation_id = "karooChangeAddress",
    security(("token" = [])), params(("id" = i64, Path, description = "The address")), request_body = AddressFields,
    responses(
        (status = 200, description = "The address, as it is now", body = AddressBody),
        (status = 404, description = "The caller has no such address", body = NoAddressBody),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<AddressBody>, DrfError> {
    let AddressFields { province, city } = AddressFields::read(&mut fields);
    let change = AddressChange { province, city, faults: fields.faults() };
    let address = app.core.addresses.change(caller.account_id, id, change).await.map_err(not_kept)?;
    Ok(Json(address.into()))
}

/// Remove an address.
#[utoipa::path(
    delete, path = "/users/settings/address-edit/{id}/", tag = "karoo", operation_id = "karooRemoveAddress",
    security(("token" = [])), params(("id" = i64, Path, description = "The address")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "The caller has no such address", body = ToldBody),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.addresses.remove(caller.account_id, id).await.map_err(|error| match error {
        PlaceError::NotFound => ToldBody::refusal(StatusCode::NOT_FOUND, "Address does not exist"),
        error => not_kept(error),
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the services of places refuse.
pub(super) fn not_kept(error: PlaceError) -> DrfError {
    match error {
        PlaceError::Invalid(errors) => errors.into(),
        PlaceError::Unknown(PlacePart::Province) => {
            ToldBody::refusal(StatusCode::NOT_FOUND, "Province does not exist.")
        }
        PlaceError::Unknown(PlacePart::City) => ToldBody::refusal(StatusCode::NOT_FOUND, "City does not exist."),
        PlaceError::Apart => DrfError::field("city", "The city does not lie in the province."),
        PlaceError::NotFound => NoAddressBody::refusal(),
        PlaceError::Ended => DrfError::not_authenticated(),
        PlaceError::TooMany(_) => DrfError::detail(StatusCode::BAD_REQUEST, sentence(&error)),
        PlaceError::Database(error) => error.into(),
    }
}
