//! `POST /api/register/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::{Confirmation, Registration};
use utoipa::ToSchema;

use super::user::{UserBody, details, named_as_contact};
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields};
use crate::http::ClientAddress;

/// What a registration says.
#[derive(ToSchema)]
#[schema(as = shared_paths::RegisterFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct RegisterFields {
    username: String,
    #[schema(format = Password)]
    password: String,
    email: Option<String>,
    full_name: Option<String>,
    /// A phone number.
    contact: Option<String>,
    company_name: Option<String>,
    address: Option<String>,
    industry: Option<String>,
}

/// A new account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = shared_paths::Registered)]
pub(super) struct RegisteredBody {
    id: i64,
    username: String,
    message: &'static str,
    user: UserBody,
}

/// Make an account.
///
/// It may sign in at once.
#[utoipa::path(
    post, path = "/api/register/", tag = "shared_paths", operation_id = "sharedPathsRegister",
    request_body = RegisterFields,
    responses(
        (status = 201, description = "The account", body = RegisteredBody),
        (status = 429, description = "Too many registrations from this address; `Retry-After` says when", body = DetailBody),
    )
)]
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
