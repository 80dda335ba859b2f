//! Profiles: one's own, and people as others see them.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, FromQueryResult};

use super::error::AccountError;
use super::model::{Account, Person, PersonPage, ProfileChange};
use super::names::{Username, folded};
use super::queries;
use super::registration::{LONGEST_NAME, search_text};
use crate::entities::account;
use crate::fields::{FieldErrors, optional_text};
use crate::jobs::Writer;

/// The longest postal address, in characters.
const LONGEST_ADDRESS: usize = 500;
/// The longest search text, in characters.
const LONGEST_SEARCH: usize = 100;

/// Reads and changes profiles.
#[derive(Debug, Clone)]
pub struct Profiles {
    writer: Writer,
}

impl Profiles {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// One's own account.
    ///
    /// # Errors
    /// It is gone.
    pub async fn own(&self, account_id: i64) -> Result<Account, AccountError> {
        let account = queries::find(self.writer.database().reader(), account_id).await?;
        account.map(Account::from).ok_or(AccountError::NotFound)
    }

    /// Changes what is given of one's own profile.
    ///
    /// # Errors
    /// Input that does not fit; a username that is taken.
    pub async fn change(&self, account_id: i64, change: ProfileChange) -> Result<Account, AccountError> {
        let mut errors = FieldErrors::default();
        let username = change.username.as_deref().and_then(|name| errors.take("username", Username::parse(name)));
        let mut take = |field, value: &Option<Option<String>>, longest| {
            let value = value.as_ref().map(Option::as_deref);
            errors.take(field, optional_text(value, longest)).flatten()
        };
        let full_name = take("full_name", &change.full_name, LONGEST_NAME);
        let company_name = take("company_name", &change.company_name, LONGEST_NAME);
        let industry = take("industry", &change.industry, LONGEST_NAME);
        let address = take("address", &change.address, LONGEST_ADDRESS);
        let phone = errors.take("phone", phone(change.phone.as_ref().map(Option::as_deref))).flatten();
        errors.check()?;

        let work = self.writer.begin().await?;
        let account = queries::find(work.tx(), account_id).await?.ok_or(AccountError::NotFound)?;
        if let Some(username) = &username
            && queries::username_taken(work.tx(), &username.key, Some(account_id)).await?
        {
            return Err(AccountError::UsernameTaken);
        }
        let mut row: account::ActiveModel = account.clone().into();
        let mut shown = (account.username, account.full_name, account.company_name);
        if let Some(username) = username {
            shown.0.clone_from(&username.shown);
            row.username = Set(username.shown);
            row.username_key = Set(username.key);
        }
        if let Some(value) = full_name {
            shown.1.clone_from(&value);
            row.full_name = Set(value);
        }
        if let Some(value) = company_name {
            shown.2.clone_from(&value);
            row.company_name = Set(value);
        }
        if let Some(value) = industry {
            row.industry = Set(value);
        }
        if let Some(value) = address {
            row.address = Set(value);
        }
        if let Some(value) = phone {
            row.phone = Set(value);
        }
        row.search = Set(search_text(&shown.0, shown.1.as_deref(), shown.2.as_deref()));
        row.updated_at = Set(work.now());
        let account = row.update(work.tx()).await.map_err(|error| match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => AccountError::UsernameTaken,
            _ => error.into(),
        })?;
        work.commit().await?;
        Ok(account.into())
    }

    /// A person, unless there is a block between the two: then it looks as if nobody were there.
    ///
    /// # Errors
    /// Nobody is there.
    pub async fn person(&self, viewer_id: i64, id: i64) -> Result<Person, AccountError> {
        let statement = self.writer.engine().statement(
            format!("SELECT a.id, a.username, a.full_name, a.company_name, a.industry FROM accounts a WHERE a.id = $2 AND {VISIBLE}"),
            [viewer_id.into(), id.into()],
        );
        let person = Person::find_by_statement(statement).one(self.writer.database().reader()).await?;
        person.ok_or(AccountError::NotFound)
    }

    /// People whose name, username or company contains `text`, newest first, below the id `below`;
    /// the viewer and whoever is in a block with them left out.
    ///
    /// # Errors
    /// The text is too long.
    pub async fn search(
        &self,
        viewer_id: i64,
        text: &str,
        below: Option<i64>,
        limit: u32,
    ) -> Result<PersonPage, AccountError> {
        if text.chars().count() > LONGEST_SEARCH || text.contains('\0') {
            let message = format!("Must have at most {LONGEST_SEARCH} characters, and none of them NUL.");
            return Err(FieldErrors::one("q", message).into());
        }
        let pattern = format!("%{}%", escaped(&folded(text)));
        let statement = self.writer.engine().statement(
            format!(
                "SELECT a.id, a.username, a.full_name, a.company_name, a.industry FROM accounts a
                 WHERE a.search LIKE $2 ESCAPE '\\' AND a.id < $3 AND a.id <> $1 AND {VISIBLE}
                 ORDER BY a.id DESC LIMIT $4"
            ),
            [viewer_id.into(), pattern.into(), below.unwrap_or(i64::MAX).into(), (i64::from(limit) + 1).into()],
        );
        let mut items = Person::find_by_statement(statement).all(self.writer.database().reader()).await?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = if more { items.last().map(|person| person.id) } else { None };
        Ok(PersonPage { items, next })
    }
}

/// That `a` may be seen by the account `$1`: active, and in no block with it.
const VISIBLE: &str = "a.active AND a.suspended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM blocks b WHERE (b.blocker_id = a.id AND b.blocked_id = $1) OR (b.blocker_id = $1 AND b.blocked_id = a.id))";

/// `%`, `_` and `\` as themselves in a LIKE pattern.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// A phone number: `^\+?\d{7,15}$`.
fn phone(value: Option<Option<&str>>) -> Result<Option<Option<String>>, String> {
    let Some(value) = value else { return Ok(None) };
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return Ok(Some(None)) };
    let digits = value.strip_prefix('+').unwrap_or(value);
    if (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(Some(Some(value.to_owned())))
    } else {
        Err("Enter a valid phone number: 7 to 15 digits, perhaps after a plus.".to_owned())
    }
}
