//! Making accounts.

use std::sync::Arc;

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, SqlErr};

use super::error::AccountError;
use super::model::{Account, Registration};
use super::names::{Email, Username, folded};
use super::password::Passwords;
use super::queries;
use crate::config::Activation;
use crate::entities::{account, inbox};
use crate::fields::{FieldErrors, text};
use crate::jobs::payloads::AccountActivation;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::rate_limits::RateLimiter;

/// The longest name of a person or a company, in characters.
pub(super) const LONGEST_NAME: usize = 150;

/// Makes accounts.
#[derive(Debug, Clone)]
pub struct Registrations {
    writer: Writer,
    passwords: Passwords,
    activation: Activation,
    limiter: Arc<dyn RateLimiter>,
    a_minute: u32,
}

/// A registration whose fields fit.
struct Checked {
    username: Username,
    /// Whether the username was made here, and may be made again.
    made: bool,
    email: Option<Email>,
    full_name: Option<String>,
}

impl Registrations {
    /// Over the given parts.
    pub fn new(
        writer: Writer,
        passwords: Passwords,
        activation: Activation,
        limiter: Arc<dyn RateLimiter>,
        a_minute: u32,
    ) -> Self {
        Self { writer, passwords, activation, limiter, a_minute }
    }

    /// Makes an account, and asks for the activation mail where one is needed. `address` is where
    /// the call came from.
    ///
    /// # Errors
    /// Input that does not fit; a username or an email that is taken; too often.
    pub async fn register(&self, registration: Registration, address: &str) -> Result<Account, AccountError> {
        let mut checked = self.check(&registration)?;
        self.limiter.count(&format!("register:{address}"), self.a_minute).await?;
        self.check_free(&mut checked).await?;
        let password_hash = self.passwords.hash(registration.password).await?;
        let mut work = self.writer.begin().await?;
        let account = self.insert(&mut work, checked, password_hash).await?;
        work.commit().await?;
        Ok(account)
    }

    fn check(&self, registration: &Registration) -> Result<Checked, AccountError> {
        let mut errors = FieldErrors::default();
        let given =
            |value: &Option<String>| value.as_deref().map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
        let email = given(&registration.email).and_then(|email| errors.take("email", Email::parse(&email)));
        let named = given(&registration.username);
        let made = named.is_none();
        let username = match (&named, &email) {
            (Some(name), _) => errors.take("username", Username::parse(name)),
            (None, Some(email)) => errors.take("username", name_from(email)),
            (None, None) => {
                if registration.email.is_none() || given(&registration.email).is_none() {
                    errors.add("username", "Either a username or an email is required.");
                }
                None
            }
        };
        if self.activation == Activation::Required && given(&registration.email).is_none() {
            errors.add("email", "An email is required: the account is activated by mail.");
        }
        let full_name =
            errors.take("full_name", text(registration.full_name.as_deref().unwrap_or_default(), LONGEST_NAME));
        let names = [named.as_deref().unwrap_or_default(), registration.email.as_deref().unwrap_or_default()];
        errors.take("password", Passwords::check_rules(&registration.password, &names));
        errors.check()?;
        // Without an error above there is a username.
        let username = username.ok_or_else(|| FieldErrors::one("username", "This field is required."))?;
        Ok(Checked { username, made, email, full_name: full_name.flatten() })
    }

    /// Refuses taken names before the costly hash; the unique indexes decide in the end.
    async fn check_free(&self, checked: &mut Checked) -> Result<(), AccountError> {
        let reader = self.writer.database().reader();
        if queries::username_taken(reader, &checked.username.key, None).await? {
            if !checked.made {
                return Err(AccountError::UsernameTaken);
            }
            checked.username = numbered(&checked.username)?;
        }
        if let Some(email) = &checked.email
            && self.email_taken(reader, email).await?
        {
            return Err(AccountError::EmailTaken);
        }
        Ok(())
    }

    /// Where nobody confirms, whoever came first has an email; where everybody does, only who
    /// confirmed it: an unconfirmed claim keeps nobody out.
    async fn email_taken(&self, db: &impl ConnectionTrait, email: &Email) -> Result<bool, AccountError> {
        let confirmed = account::Column::EmailConfirmedAt.is_not_null();
        let bearing = match self.activation {
            Activation::Off => Condition::any().add(confirmed).add(account::Column::Active.eq(true)),
            Activation::Required => Condition::all().add(confirmed),
        };
        let bearer = account::Entity::find().filter(account::Column::EmailKey.eq(&email.key)).filter(bearing);
        Ok(bearer.one(db).await?.is_some())
    }

    async fn insert(
        &self,
        work: &mut UnitOfWork,
        checked: Checked,
        password_hash: String,
    ) -> Result<Account, AccountError> {
        let now = work.now();
        let Checked { mut username, made, email, full_name } = checked;
        if made {
            // Nobody typed this name, so nobody is told that it is taken.
            work.lock_word(&username.key).await?;
            if queries::username_taken(work.tx(), &username.key, None).await? {
                username = numbered(&username)?;
            }
        }
        if let Some(email) = &email {
            work.lock_word(&email.key).await?;
            if self.email_taken(work.tx(), email).await? {
                return Err(AccountError::EmailTaken);
            }
        }
        let row = account::ActiveModel {
            search: Set(search_text(&username.shown, full_name.as_deref(), None)),
            username: Set(username.shown),
            username_key: Set(username.key),
            email_key: Set(email.as_ref().map(|email| email.key.clone())),
            email: Set(email.map(|email| email.shown)),
            password_hash: Set(password_hash),
            full_name: Set(full_name),
            active: Set(self.activation == Activation::Off),
            staff: Set(false),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let row = row.insert(work.tx()).await.map_err(|error| match error.sql_err() {
            // Only the username is unique at this point: the email is not confirmed.
            Some(SqlErr::UniqueConstraintViolation(_)) => AccountError::UsernameTaken,
            _ => error.into(),
        })?;
        let inbox = inbox::ActiveModel {
            account_id: Set(row.id),
            version: Set(0),
            floor: Set(0),
            unread_notifications: Set(0),
            unread_messages: Set(0),
        };
        inbox::Entity::insert(inbox).exec_without_returning(work.tx()).await?;
        if !row.active {
            work.ask(&AccountActivation { account_id: row.id }).await?;
        }
        Ok(row.into())
    }
}

/// What search reads of an account.
pub(super) fn search_text(username: &str, full_name: Option<&str>, company_name: Option<&str>) -> String {
    let parts = [Some(username), full_name, company_name];
    // A line break can't come out of folding, so no match spans two fields.
    parts.into_iter().flatten().map(folded).collect::<Vec<_>>().join("\n")
}

/// A username from an email's local part.
fn name_from(email: &Email) -> Result<Username, String> {
    let local = email.shown.split('@').next().unwrap_or_default();
    let name: String =
        local.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')).take(60).collect();
    Username::parse(if name.is_empty() { "user" } else { &name })
}

/// The same with a random number behind it.
fn numbered(username: &Username) -> Result<Username, FieldErrors> {
    let number: u32 = rand::random_range(1_000..1_000_000_000);
    Username::parse(&format!("{}-{number}", username.shown)).map_err(|message| FieldErrors::one("username", message))
}
