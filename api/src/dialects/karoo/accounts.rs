//! `POST /users/register/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::accounts::{Confirmation, Details, Registration};
use utoipa::ToSchema;

use super::refusals::ToldBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields};
use crate::http::ClientAddress;

/// Who signs up.
#[derive(ToSchema)]
#[schema(as = karoo::RegistrationFields)]
pub(super) struct RegistrationFields {
    /// Their email, which they sign in by once it is confirmed.
    #[schema(format = Email)]
    email: String,
    /// Their password.
    #[schema(format = Password)]
    password: String,
    /// What they are called.
    full_name: String,
}

impl RegistrationFields {
    fn read(fields: &mut Fields) -> Self {
        Self { email: fields.text("email"), password: fields.secret("password"), full_name: fields.text("full_name") }
    }
}

/// Sign up.
///
/// The account signs in once the link in its mail is followed, within two minutes; signing in before that sends
/// another link.
#[utoipa::path(
    post, path = "/users/register/", tag = "karoo", operation_id = "karooRegister",
    request_body = RegistrationFields,
    responses(
        (status = 201, description = "The account is made, and waits for its activation", body = ToldBody),
        (status = 429, description = "Too many from one address; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn register(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    mut fields: Fields,
) -> Result<(StatusCode, Json<ToldBody>), DrfError> {
    let RegistrationFields { email, password, full_name } = RegistrationFields::read(&mut fields);
    let registration = Registration {
        username: None,
        email: Some(email),
        password,
        details: Details { full_name: Some(Some(full_name)), ..Details::default() },
        confirmation: Confirmation::Always,
        unique_phone: false,
        faults: fields.faults(),
    };
    app.core.registrations.register(registration, &address.to_string()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(ToldBody::new("User registered successfully."))))
}
