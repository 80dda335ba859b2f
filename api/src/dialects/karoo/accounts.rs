//! `POST /users/register/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::{Confirmation, Details, Registration};

use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, Fields};
use crate::http::ClientAddress;

/// An account that waits for its activation.
#[derive(Serialize)]
pub(super) struct RegisteredBody {
    message: &'static str,
}

/// Makes an account that signs in once the link in its mail is followed.
pub(super) async fn register(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    mut fields: Fields,
) -> Result<(StatusCode, Json<RegisteredBody>), DrfError> {
    let registration = Registration {
        username: None,
        email: Some(fields.text("email")),
        password: fields.secret("password"),
        details: Details { full_name: Some(Some(fields.text("full_name"))), ..Details::default() },
        confirmation: Confirmation::Always,
        unique_phone: false,
        faults: fields.faults(),
    };
    app.core.registrations.register(registration, &address.to_string()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(RegisteredBody { message: "User registered successfully." })))
}
