//! Profile and search, and people as this dialect shows them.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::accounts::{Criterion, PeopleQuery, Person, ProfileChange, SearchedField};
use shared::page::Span;

use crate::App;
use crate::dialects::drf::{DrfError, Fields, QueryFields, Signed};
use crate::dialects::shared_paths::{UserBody, details, named_as_contact};

/// A person.
#[derive(Debug, Serialize)]
pub(super) struct UserLite {
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

/// `GET /api/profile/`
pub(super) async fn profile(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UserBody>, DrfError> {
    Ok(Json(app.core.profiles.own(caller.account_id).await?.into()))
}

/// `PUT` and `PATCH /api/profile/`: changes what is given.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<UserBody>, DrfError> {
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
#[derive(Debug, Serialize)]
pub(super) struct FoundBody {
    results: Vec<UserLite>,
}

/// `GET /api/search_users/?q=`: people one of whose five fields contains the text.
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
