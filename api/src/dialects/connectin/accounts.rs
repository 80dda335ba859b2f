//! Registration, signing in, search.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use shared::accounts::{
    Confirmation, Criterion, Details, DialectSession, PeopleQuery, Person, Registration, SearchedField,
};
use utoipa::ToSchema;

use super::person::PersonRow;
use crate::App;
use crate::dialects::drf::{AccountWords, BadRequestBody, DetailBody, DrfError, Fields, Listed, QueryFields, Signed};
use crate::dialects::shared_paths::{credentials, named_as_username};
use crate::http::ClientAddress;

/// What a registration says.
#[derive(ToSchema)]
#[schema(as = connectin::RegisterFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct RegisterFields {
    username: String,
    email: String,
    #[schema(format = Password)]
    password: String,
    full_name: Option<String>,
    contact_number: Option<String>,
    address: Option<String>,
    industry: Option<String>,
    company_name: Option<String>,
}

/// A new account: the row of its person, and its address.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Registered)]
pub(super) struct RegisteredBody {
    #[serde(flatten)]
    person: PersonRow,
    address: Option<String>,
}

/// Make an account.
///
/// It may sign in at once.
#[utoipa::path(
    post, path = "/api/user/register/", tag = "connectin", operation_id = "connectinRegister",
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
        email: Some(fields.text("email")),
        password: fields.secret("password"),
        details: Details {
            full_name: fields.optional_text("full_name"),
            phone: fields.optional_text("contact_number"),
            company_name: fields.optional_text("company_name"),
            industry: fields.optional_text("industry"),
            address: fields.optional_text("address"),
        },
        confirmation: Confirmation::Never,
        unique_phone: false,
        faults: fields.faults(),
    };
    let registered = app.core.registrations.register(registration, &address.to_string()).await;
    let account =
        registered.map_err(|error| DrfError::of_account(error, AccountWords::with_phone("contact_number")))?;
    let address = account.address.clone();
    Ok((StatusCode::CREATED, Json(RegisteredBody { person: Person::from(account).into(), address })))
}

/// A name and a password.
#[derive(ToSchema)]
#[schema(as = connectin::SignInFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct SignInFields {
    /// The username, or the email.
    username: String,
    #[schema(format = Password)]
    password: String,
}

/// A session that begins.
#[derive(Serialize, ToSchema)]
#[schema(as = connectin::SignedIn)]
pub(super) struct SignedInBody {
    refresh: String,
    access: String,
    user: PersonRow,
}

/// Sign in.
#[utoipa::path(
    post, path = "/api/user/login/", tag = "connectin", operation_id = "connectinSignIn", request_body = SignInFields,
    responses(
        (status = 200, description = "The session", body = SignedInBody),
        (status = 401, description = "No such account, or another password", body = DetailBody),
        (status = 429, description = "Too often under this name; `Retry-After` says when", body = DetailBody),
    )
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<SignedInBody>, DrfError> {
    let sign_in = credentials(&headers, &mut fields)?;
    let session = app.core.sessions.sign_in_to_dialect(sign_in).await.map_err(named_as_username)?;
    let DialectSession { account, access, refresh, .. } = session;
    Ok(Json(SignedInBody { refresh, access, user: Person::from(account).into() }))
}

/// The parameters of a search, and what each looks into.
const SEARCHED: [(&str, SearchedField); 4] = [
    ("name", SearchedField::Name),
    ("email", SearchedField::Email),
    ("company_name", SearchedField::Company),
    ("number", SearchedField::Phone),
];

/// Search people.
///
/// Those for whom everything that is given holds. Texts are substrings.
#[utoipa::path(
    get, path = "/api/user/search/", tag = "connectin", operation_id = "connectinSearchPeople", security(("token" = [])),
    params(
        ("name" = Option<String>, Query, description = "Of the username, or of the full name"),
        ("email" = Option<String>, Query, description = "Of the email"),
        ("company_name" = Option<String>, Query, description = "Of the company's name"),
        ("number" = Option<String>, Query, description = "Of the contact number"),
        Listed,
    ),
    responses(
        (status = 200, description = "People", body = [PersonRow]),
        (status = 400, description = "`non_field_errors`: none of the four is given", body = BadRequestBody),
    )
)]
pub(super) async fn search(
    State(app): State<App>,
    Signed(caller): Signed,
    Listed(span): Listed,
    QueryFields(mut query): QueryFields,
) -> Result<Json<Vec<PersonRow>>, DrfError> {
    let given = SEARCHED.map(|(parameter, field)| (parameter, [field], query.optional_text(parameter).flatten()));
    query.check()?;
    let criteria: Vec<Criterion<'_>> = given
        .iter()
        .filter_map(|(parameter, fields, text)| Some(Criterion { parameter, fields, text: text.as_deref()? }))
        .collect();
    if criteria.is_empty() {
        return Err(DrfError::non_field("Give at least one of name, email, company_name and number."));
    }
    let query = PeopleQuery { criteria: &criteria, viewer_too: true };
    let page = app.core.profiles.search(caller.account_id, query, span).await?;
    Ok(Json(page.items.into_iter().map(PersonRow::from).collect()))
}
