//! Registration, and one's own account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use shared::accounts::{Account, Confirmation, NameChange, ProfileChange, Registration, SessionKey};
use shared::fields::FieldErrors;

use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};
use crate::http::{ClientAddress, user_agent};

/// A session that begins.
#[derive(Serialize)]
pub(super) struct KeyBody {
    key: String,
}

impl From<SessionKey> for KeyBody {
    fn from(key: SessionKey) -> Self {
        Self { key: key.into_text() }
    }
}

/// `POST /registration/`: makes an account and signs it in. The password is given twice.
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
#[derive(Serialize)]
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

/// `GET /auth/user/`
pub(super) async fn show(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UserBody>, DrfError> {
    Ok(Json(app.core.profiles.own(caller.account_id).await.map_err(refused)?.into()))
}

/// `PATCH` and `PUT /auth/user/`: changes what is given of the username and the two names.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
    let change = ProfileChange {
        username: fields.given("username").then(|| fields.text("username")),
        name: NameChange { first: fields.optional_text("first_name"), last: fields.optional_text("last_name") },
        faults: fields.faults(),
        ..ProfileChange::default()
    };
    Ok(Json(app.core.profiles.change(caller.account_id, change).await.map_err(refused)?.into()))
}
