//! Registration, and one's own account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use shared::accounts::{Account, Caller, Confirmation, NameChange, ProfileChange, Registration, SessionKey};
use shared::fields::FieldErrors;
use utoipa::ToSchema;

use super::refused;
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields, Signed};
use crate::http::{ClientAddress, user_agent};

/// What a registration says.
#[derive(ToSchema)]
#[schema(as = silicornya::RegisterFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct RegisterFields {
    username: String,
    email: String,
    #[schema(format = Password)]
    password1: String,
    /// The same again.
    #[schema(format = Password)]
    password2: String,
}

/// A session that begins.
#[derive(Serialize, ToSchema)]
#[schema(as = silicornya::Key)]
pub(super) struct KeyBody {
    /// 40 hexadecimal digits.
    key: String,
}

impl From<SessionKey> for KeyBody {
    fn from(key: SessionKey) -> Self {
        Self { key: key.into_text() }
    }
}

/// Make an account, and sign it in.
///
/// The password is given twice.
#[utoipa::path(
    post, path = "/registration/", tag = "silicornya", operation_id = "silicornyaRegister", request_body = RegisterFields,
    responses(
        (status = 201, description = "The key", body = KeyBody),
        (status = 429, description = "Too many registrations from this address; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn register(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<(StatusCode, Json<KeyBody>), DrfError> {
    let (username, email) = (fields.text("username"), fields.text("email"));
    let (password, repeated) = (fields.secret("password1"), fields.secret("password2"));
    let faults = fields.faults();
    let unlike = !faults.names("password1") && !faults.names("password2") && password != repeated;
    let unlike = unlike.then(|| FieldErrors::one("non_field_errors", "The two password fields didn't match."));
    let registration = Registration {
        username: Some(username),
        email: Some(email),
        password,
        confirmation: Confirmation::Never,
        faults: faults.beside(unlike.unwrap_or_default()),
        ..Registration::default()
    };
    let user_agent = user_agent(&headers);
    let registered = app.core.registrations.register_for_key(registration, &address.to_string(), user_agent).await;
    Ok((StatusCode::CREATED, Json(registered.map_err(refused)?.into())))
}

/// One's own account.
#[derive(Serialize, ToSchema)]
#[schema(as = silicornya::User)]
pub(super) struct UserBody {
    pk: i64,
    username: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

impl From<Account> for UserBody {
    fn from(account: Account) -> Self {
        let Account { id, username, email, first_name, last_name, .. } = account;
        Self { pk: id, username, email, first_name, last_name }
    }
}

/// Read one's own account.
#[utoipa::path(
    get, path = "/auth/user/", tag = "silicornya", operation_id = "silicornyaFindUser", security(("token" = [])),
    responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn show(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UserBody>, DrfError> {
    Ok(Json(app.core.profiles.own(caller.account_id).await.map_err(refused)?.into()))
}

/// What of an account can be set.
#[derive(ToSchema)]
#[schema(as = silicornya::UserFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct UserFields {
    /// It can't be emptied.
    username: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

/// Change one's own account.
///
/// What is given of the username and the two names.
#[utoipa::path(
    patch, path = "/auth/user/", tag = "silicornya", operation_id = "silicornyaChangeUser", security(("token" = [])),
    request_body = UserFields, responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
    set(&app, &caller, fields).await
}

/// Set one's own account.
///
/// Changes what is given, as `PATCH` does.
#[utoipa::path(
    put, path = "/auth/user/", tag = "silicornya", operation_id = "silicornyaReplaceUser", security(("token" = [])),
    request_body = UserFields, responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn replace(
    State(app): State<App>,
    Signed(caller): Signed,
    fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
    set(&app, &caller, fields).await
}

async fn set(app: &App, caller: &Caller, mut fields: Fields) -> Result<Json<UserBody>, DrfError> {
    let change = ProfileChange {
        username: fields.given("username").then(|| fields.text("username")),
        name: NameChange { first: fields.optional_text("first_name"), last: fields.optional_text("last_name") },
        faults: fields.faults(),
        ..ProfileChange::default()
    };
    Ok(Json(app.core.profiles.change(caller.account_id, change).await.map_err(refused)?.into()))
}
