//! `/users/settings/address-list/` and `/users/settings/address-edit/{id}`: one's own addresses. Another's
//! is as if it did not exist.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;
use shared::fields::FieldErrors;
use shared::places::{Address, AddressChange, PlaceError, PlacePart};

use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, ListedUp, Signed};
use crate::http::sentence;

/// An address; each name in the language in which it was set.
#[derive(Serialize)]
pub(super) struct AddressBody {
    id: i64,
    user: i64,
    province_name: String,
    city_name: String,
}

impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        let [province_name, city_name] = address.place.into_names();
        Self { id: address.id, user: address.account_id, province_name, city_name }
    }
}

/// `GET …/address-list/`
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<AddressBody>>, DrfError> {
    let addresses = app.core.addresses.list(caller.account_id, slice).await.map_err(not_kept)?;
    Ok(Json(addresses.into_iter().map(AddressBody::from).collect()))
}

fn change_of(fields: &mut Fields) -> AddressChange {
    let province = fields.optional_text("province").flatten();
    let city = fields.optional_text("city").flatten();
    AddressChange { province, city, faults: fields.faults() }
}

/// `POST …/address-list/`
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<AddressBody>), DrfError> {
    let address = app.core.addresses.create(caller.account_id, change_of(&mut fields)).await.map_err(|error| {
        let failed = |reason: String| {
            DrfError::shaped(StatusCode::BAD_REQUEST, json!({"message": format!("Error creating address: {reason}")}))
        };
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

/// `GET …/address-edit/{id}`
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<AddressBody>, DrfError> {
    let address = app.core.addresses.find(caller.account_id, id).await.map_err(not_kept)?;
    Ok(Json(address.into()))
}

/// `PUT …/address-edit/{id}`: changes what is given; a name that nothing bears leaves what is there.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<AddressBody>, DrfError> {
    let change = change_of(&mut fields);
    let address = app.core.addresses.change(caller.account_id, id, change).await.map_err(not_kept)?;
    Ok(Json(address.into()))
}

/// `DELETE …/address-edit/{id}`
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.addresses.remove(caller.account_id, id).await.map_err(|error| match error {
        PlaceError::NotFound => DrfError::shaped(StatusCode::NOT_FOUND, json!({"message": "Address does not exist"})),
        error => not_kept(error),
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the services of places refuse.
pub(super) fn not_kept(error: PlaceError) -> DrfError {
    let missing = |body| DrfError::shaped(StatusCode::NOT_FOUND, body);
    match error {
        PlaceError::Invalid(errors) => errors.into(),
        PlaceError::Unknown(PlacePart::Province) => missing(json!({"message": "Province does not exist."})),
        PlaceError::Unknown(PlacePart::City) => missing(json!({"message": "City does not exist."})),
        PlaceError::Apart => DrfError::field("city", "The city does not lie in the province."),
        PlaceError::NotFound => missing(json!(["Not found!"])),
        PlaceError::TooMany(_) => DrfError::detail(StatusCode::BAD_REQUEST, sentence(&error)),
        PlaceError::Database(error) => error.into(),
    }
}
