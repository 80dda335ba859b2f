//! `POST /api/register/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::{Confirmation, Registration};

use super::user::{UserBody, details, named_as_contact};
use crate::App;
use crate::dialects::drf::{DrfError, Fields};
use crate::http::ClientAddress;

/// A new account.
#[derive(Debug, Serialize)]
pub(super) struct RegisteredBody {
    id: i64,
    username: String,
    message: &'static str,
    user: UserBody,
}

/// Makes an account that may sign in at once. `username` and `password` are required.
pub(super) async fn register(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    mut fields: Fields,
) -> Result<(StatusCode, Json<RegisteredBody>), DrfError> {
    let registration = Registration {
        username: Some(fields.text("username")),
        password: fields.secret("password"),
        email: fields.optional_text("email").flatten(),
        details: details(&mut fields),
        confirmation: Confirmation::Never,
        unique_phone: true,
        faults: fields.faults(),
    };
    let account =
        app.core.registrations.register(registration, &address.to_string()).await.map_err(named_as_contact)?;
    let body = RegisteredBody {
        id: account.id,
        username: account.username.clone(),
        message: "User registered successfully.",
        user: account.into(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}
