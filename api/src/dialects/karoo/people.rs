//! People, as this dialect shows them, and finding one by email.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shared::accounts::{Account, AccountError, Person};
use utoipa::{IntoParams, ToSchema};

use super::refusals::{ErrorBody, ToldBody};
use super::{address_of, refused};
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields, QueryFields, Signed};

/// Personal information.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = karoo::Person)]
pub(super) struct PersonBody {
    /// The whole address of their picture.
    #[schema(required, format = "uri")]
    avatar: Option<String>,
    /// What they are called.
    #[schema(required)]
    full_name: Option<String>,
    /// Their telephone number.
    #[schema(required)]
    phone_number: Option<String>,
    /// Their email.
    #[schema(required)]
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

/// Whom to find.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Their email. The body of the request may have it instead, as JSON or as a form.
    email: Option<String>,
}

impl SearchQuery {
    fn read(query: &mut Fields, fields: &mut Fields) -> Self {
        let email = query.optional_text("email").flatten().or_else(|| fields.optional_text("email").flatten());
        Self { email }
    }
}

/// Find the person of an email.
#[utoipa::path(
    get, path = "/users/search/", tag = "karoo", operation_id = "karooSearch",
    security(("token" = [])), params(SearchQuery),
    responses(
        (status = 200, description = "The person", body = PersonBody),
        (status = 400, description = "No email is given", body = ErrorBody),
        (status = 404, description = "Nobody has the email, or nobody whom the caller may see", body = ToldBody),
        (status = 413, description = "The body has more than 1 MiB", body = DetailBody),
        (status = 415, description = "The body is of another type", body = DetailBody),
    )
)]
pub(super) async fn search(
    State(app): State<App>,
    Signed(caller): Signed,
    QueryFields(mut query): QueryFields,
    mut fields: Fields,
) -> Result<Json<PersonBody>, DrfError> {
    let SearchQuery { email } = SearchQuery::read(&mut query, &mut fields);
    query.check()?;
    fields.check()?;
    let Some(email) = email else {
        return Err(ErrorBody::refusal(StatusCode::BAD_REQUEST, "Email is required"));
    };
    match app.core.profiles.bearer(caller.account_id, &email).await {
        Ok(person) => Ok(Json(PersonBody::new(&app, person))),
        Err(AccountError::NotFound) => Err(ToldBody::refusal(StatusCode::NOT_FOUND, "User with this email not found")),
        Err(error) => Err(refused(error)),
    }
}
