//! Profile and search, and people as this dialect shows them.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::accounts::{Caller, Criterion, PeopleQuery, Person, ProfileChange, SearchedField};
use shared::page::Span;
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DrfError, Fields, QueryFields, Signed};
use crate::dialects::shared_paths::{UserBody, details, named_as_contact};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::UserLite)]
pub(super) struct UserLite {
    /// The same as `id`.
    user_id: i64,
    id: i64,
    username: String,
    full_name: Option<String>,
    email: Option<String>,
    contact: Option<String>,
    company_name: Option<String>,
}

impl From<Person> for UserLite {
    fn from(person: Person) -> Self {
        let Person { id, username, full_name, email, phone, company_name, .. } = person;
        Self { user_id: id, id, username, full_name, email, contact: phone, company_name }
    }
}

/// Read one's own account.
#[utoipa::path(
    get, path = "/api/profile/", tag = "connections_notifications", operation_id = "connectionsNotificationsFindProfile",
    security(("token" = [])), responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn profile(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UserBody>, DrfError> {
    Ok(Json(app.core.profiles.own(caller.account_id).await?.into()))
}

/// What of an account can be set. Null or blank empties a field.
#[derive(ToSchema)]
#[schema(as = connections_notifications::ProfileFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct ProfileFields {
    /// It can't be emptied.
    username: Option<String>,
    email: Option<String>,
    full_name: Option<String>,
    /// A phone number.
    contact: Option<String>,
    company_name: Option<String>,
    address: Option<String>,
    industry: Option<String>,
}

/// Set one's own account.
///
/// Changes what is given, as `PATCH` does.
#[utoipa::path(
    put, path = "/api/profile/", tag = "connections_notifications", operation_id = "connectionsNotificationsReplaceProfile",
    security(("token" = [])), request_body = ProfileFields,
    responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn replace(
    State(app): State<App>,
    Signed(caller): Signed,
    fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
    set(&app, &caller, fields).await
}

/// Change one's own account.
#[utoipa::path(
    patch, path = "/api/profile/", tag = "connections_notifications", operation_id = "connectionsNotificationsChangeProfile",
    security(("token" = [])), request_body = ProfileFields,
    responses((status = 200, description = "The account", body = UserBody))
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
    set(&app, &caller, fields).await
}

async fn set(app: &App, caller: &Caller, mut fields: Fields) -> Result<Json<UserBody>, DrfError> {
    let change = ProfileChange {
        username: fields.given("username").then(|| fields.text("username")),
        email: fields.optional_text("email"),
        details: details(&mut fields),
        unique_phone: true,
        faults: fields.faults(),
        ..ProfileChange::default()
    };
    let account = app.core.profiles.change(caller.account_id, change).await.map_err(named_as_contact)?;
    Ok(Json(account.into()))
}

/// People found at most.
const MOST: u32 = 50;

/// People who were found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connections_notifications::Found)]
pub(super) struct FoundBody {
    results: Vec<UserLite>,
}

/// Search people.
///
/// Those one of whose five fields (username, full name, company, email, contact) contains the text; 50 at most.
#[utoipa::path(
    get, path = "/api/search_users/", tag = "connections_notifications", operation_id = "connectionsNotificationsSearchPeople",
    security(("token" = [])), params(("q" = Option<String>, Query, description = "The text")),
    responses((status = 200, description = "People", body = FoundBody))
)]
pub(super) async fn search(
    State(app): State<App>,
    Signed(caller): Signed,
    QueryFields(mut query): QueryFields,
) -> Result<Json<FoundBody>, DrfError> {
    let text = query.optional_text("q").flatten();
    query.check()?;
    let Some(text) = text else { return Ok(Json(FoundBody { results: Vec::new() })) };
    let fields = &[SearchedField::Name, SearchedField::Company, SearchedField::Email, SearchedField::Phone];
    let criteria = &[Criterion { parameter: "q", fields, text: &text }];
    let query = PeopleQuery { criteria, viewer_too: true };
    let page = app.core.profiles.search(caller.account_id, query, Span::newest(MOST)).await?;
    Ok(Json(FoundBody { results: page.items.into_iter().map(UserLite::from).collect() }))
}
