//! Reading people from rows: the one list of what of an account others see.

use sea_orm::{DbErr, QueryResult};

use super::model::Person;

const COLUMNS: [&str; 8] = ["id", "username", "full_name", "email", "phone", "company_name", "industry", "avatar"];

/// The columns that [`person`] reads, of the account `alias`.
pub(crate) fn person_columns(alias: &str, prefix: &str) -> String {
    COLUMNS.map(|column| format!("{alias}.{column} AS {prefix}{column}")).join(", ")
}

/// Reads a person from the columns that begin with `prefix`.
pub(crate) fn person(row: &QueryResult, prefix: &str) -> Result<Person, DbErr> {
    Ok(Person {
        id: row.try_get(prefix, "id")?,
        username: row.try_get(prefix, "username")?,
        full_name: row.try_get(prefix, "full_name")?,
        email: row.try_get(prefix, "email")?,
        phone: row.try_get(prefix, "phone")?,
        company_name: row.try_get(prefix, "company_name")?,
        industry: row.try_get(prefix, "industry")?,
        avatar: row.try_get(prefix, "avatar")?,
    })
}
