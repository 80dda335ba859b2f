//! Cases as they are stored and shown.

use sea_orm::{DbErr, QueryResult};

use crate::accounts::{Person, person, person_columns};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// What cases are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseKind {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub title: String,
}

/// Something that somebody asks whoever runs this Kith.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub id: i64,
    /// Of which kind it is.
    pub kind: CaseKind,
    /// Whose it is.
    pub person: Person,
    /// What it is about.
    pub title: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When something was last said in it.
    pub updated_at: Timestamp,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
}

/// What was said in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMessage {
    /// Its number.
    pub id: i64,
    /// The case.
    pub case_id: i64,
    /// What it says.
    pub text: String,
    /// Whether the staff say it, else whoever's case it is.
    pub from_staff: bool,
    /// Who wrote it, for the staff; nobody when one of them has left since.
    pub author: Option<Person>,
    /// When.
    pub created_at: Timestamp,
}

/// A case with all that was said in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeCase {
    /// The case.
    pub case: Case,
    /// What was said, oldest first.
    pub messages: Vec<CaseMessage>,
}

/// A case that is to be opened.
#[derive(Debug, Clone, Default)]
pub struct NewCase {
    /// Of which kind.
    pub kind_id: i64,
    /// What it is about, at most 200 characters.
    pub title: String,
    /// The client's key for this request.
    pub idempotency_key: Option<String>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// A message that is to be written.
#[derive(Debug, Clone, Default)]
pub struct NewCaseMessage {
    /// What it says, at most 4,000 characters.
    pub text: String,
    /// The client's key for this request.
    pub idempotency_key: Option<String>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// Which cases the staff look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseFilter {
    /// Those that are not closed.
    Open,
    /// All.
    All,
}

/// What [`case`] reads; a condition on the case `c` follows.
pub(super) fn selected_cases() -> String {
    format!(
        "SELECT c.id, c.kind_id, k.title AS kind_title, c.title, c.created_at, c.updated_at, c.closed_at, {}
         FROM cases c JOIN case_kinds k ON k.id = c.kind_id JOIN accounts a ON a.id = c.account_id",
        person_columns("a", "person_")
    )
}

/// Reads a case of [`selected_cases`].
pub(super) fn case(row: &QueryResult) -> Result<Case, DbErr> {
    Ok(Case {
        id: row.try_get("", "id")?,
        kind: CaseKind { id: row.try_get("", "kind_id")?, title: row.try_get("", "kind_title")? },
        person: person(row, "person_")?,
        title: row.try_get("", "title")?,
        created_at: row.try_get("", "created_at")?,
        updated_at: row.try_get("", "updated_at")?,
        closed_at: row.try_get("", "closed_at")?,
    })
}

/// What [`message`] reads; a condition on the message `m` follows.
pub(super) fn selected_messages() -> String {
    format!(
        "SELECT m.id, m.case_id, m.body, m.from_staff, m.created_at, {}
         FROM case_messages m LEFT JOIN accounts a ON a.id = m.author_id",
        person_columns("a", "author_")
    )
}

/// Reads a message of [`selected_messages`].
pub(super) fn message(row: &QueryResult) -> Result<CaseMessage, DbErr> {
    let author: Option<i64> = row.try_get("author_", "id")?;
    Ok(CaseMessage {
        id: row.try_get("", "id")?,
        case_id: row.try_get("", "case_id")?,
        text: row.try_get("", "body")?,
        from_staff: row.try_get("", "from_staff")?,
        author: author.map(|_| person(row, "author_")).transpose()?,
        created_at: row.try_get("", "created_at")?,
    })
}
