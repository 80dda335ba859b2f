//! People as this dialect shows them.

use serde::Serialize;
use shared::accounts::Person;
use utoipa::ToSchema;

/// The row of a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = connectin::Person)]
pub(super) struct PersonRow {
    id: i64,
    username: String,
    full_name: Option<String>,
    email: Option<String>,
    contact_number: Option<String>,
    company_name: Option<String>,
    industry: Option<String>,
}

impl From<Person> for PersonRow {
    fn from(person: Person) -> Self {
        let Person { id, username, full_name, email, phone, company_name, industry, .. } = person;
        Self { id, username, full_name, email, contact_number: phone, company_name, industry }
    }
}
