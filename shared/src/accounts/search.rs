//! Finding people by parts of what they tell of themselves.

use super::error::AccountError;
use super::model::{Criterion, PeopleQuery, Person, SearchedField};
use super::names::folded;
use super::person::{person, person_columns};
use super::profile::Profiles;
use super::visibility::may_see;
use crate::database::like_pattern;
use crate::fields::FieldErrors;
use crate::page::{Page, Span};

/// The longest search text, in characters.
const LONGEST_SEARCH: usize = 100;

impl SearchedField {
    /// The column that holds it as it is compared; each has a trigram index on PostgreSQL.
    const fn column(self) -> &'static str {
        match self {
            Self::Name => "a.name_folded",
            Self::Email => "a.email_folded",
            Self::Company => "a.company_folded",
            Self::Phone => "a.phone",
        }
    }
}

impl Profiles {
    /// People for whom every criterion holds, newest first; whoever is in a block with the viewer left
    /// out. Case, accents and letter forms do not count; `%` and `_` are themselves.
    ///
    /// # Errors
    /// A text is too long.
    pub async fn search(
        &self,
        viewer_id: i64,
        query: PeopleQuery<'_>,
        span: Span,
    ) -> Result<Page<Person>, AccountError> {
        let mut conditions = vec!["a.id < $2".to_owned(), may_see("$1", "a")];
        if !query.viewer_too {
            conditions.push("a.id <> $1".to_owned());
        }
        let mut values: Vec<sea_orm::Value> = vec![viewer_id.into()];
        values.extend(span.values());
        for Criterion { parameter, fields, text } in query.criteria {
            let Some(compared) = searched(parameter, text)? else {
                return Ok(Page { items: Vec::new(), next: None });
            };
            values.push(like_pattern(&compared).into());
            let place = values.len();
            let alternatives: Vec<_> =
                fields.iter().map(|field| format!(r"{} LIKE ${place} ESCAPE '\'", field.column())).collect();
            conditions.push(format!("({})", alternatives.join(" OR ")));
        }
        let sql = format!(
            "SELECT {} FROM accounts a WHERE {} ORDER BY a.id DESC LIMIT $3 OFFSET $4",
            person_columns("a", ""),
            conditions.join(" AND "),
        );
        let statement = self.writer().engine().statement(sql, values);
        let rows = self.writer().database().query_by_value(statement).await?;
        let people = rows.iter().map(|row| person(row, "")).collect::<Result<_, _>>()?;
        Ok(Page::of(people, span, |person: &Person| person.id))
    }
}

/// A search text as it is compared; `None` when it has marks and joiners alone, of which nothing is compared, so
/// that nothing contains it.
///
/// # Errors
/// It is too long, or has a NUL in it.
pub(crate) fn searched(parameter: &'static str, text: &str) -> Result<Option<String>, FieldErrors> {
    if text.chars().count() > LONGEST_SEARCH || text.contains('\0') {
        let message = format!("Must have at most {LONGEST_SEARCH} characters, and none of them NUL.");
        return Err(FieldErrors::one(parameter, message));
    }
    let compared = folded(text);
    Ok((!compared.is_empty() || text.trim().is_empty()).then_some(compared))
}
