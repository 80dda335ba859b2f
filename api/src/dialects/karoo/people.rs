//! People, as this dialect shows them, and finding one by email.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;
use shared::accounts::{Account, AccountError, Person};

use super::{address_of, refused};
use crate::App;
use crate::dialects::drf::{DrfError, Fields, QueryFields, Signed};

/// Personal information.
#[derive(Debug, Serialize)]
pub(super) struct PersonBody {
    avatar: Option<String>,
    full_name: Option<String>,
    phone_number: Option<String>,
    email: Option<String>,
}

impl PersonBody {
    /// Of a person; the avatar is a whole address.
    pub(super) fn new(app: &App, person: Person) -> Self {
        let Person { full_name, phone, email, avatar, .. } = person;
        let avatar = avatar.map(|key| address_of(app, &key));
        Self { avatar, full_name, phone_number: phone, email }
    }

    /// Of an account whose email is to be another.
    pub(super) fn awaiting(app: &App, account: Account, email: String) -> Self {
        Self { email: Some(email), ..Self::new(app, account.into()) }
    }
}

/// `GET /users/search/`: the person of an email, named in the query or in a body.
pub(super) async fn search(
    State(app): State<App>,
    Signed(caller): Signed,
    QueryFields(mut query): QueryFields,
    mut fields: Fields,
) -> Result<Json<PersonBody>, DrfError> {
    let email = query.optional_text("email").flatten().or_else(|| fields.optional_text("email").flatten());
    query.check()?;
    fields.check()?;
    let Some(email) = email else {
        return Err(DrfError::shaped(StatusCode::BAD_REQUEST, json!({"error": "Email is required"})));
    };
    match app.core.profiles.bearer(caller.account_id, &email).await {
        Ok(person) => Ok(Json(PersonBody::new(&app, person))),
        Err(AccountError::NotFound) => {
            let nobody = json!({"message": "User with this email not found"});
            Err(DrfError::shaped(StatusCode::NOT_FOUND, nobody))
        }
        Err(error) => Err(refused(error)),
    }
}
