//! Making accounts.

use std::sync::Arc;

use sea_orm::prelude::*;
use sea_orm::{ActiveValue, ActiveValue::Set, ConnectionTrait, IntoActiveModel, SqlErr};

use super::error::AccountError;
use super::folding::fold;
use super::model::{Account, Confirmation, Details, Registration};
use super::names::{Email, Username};
use super::password::Passwords;
use super::queries::{self, EmailClaim};
use crate::config::Activation;
use crate::entities::{account, inbox};
use crate::fields::FieldErrors;
use crate::jobs::payloads::AccountActivation;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::rate_limits::RateLimiter;

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
    claim: EmailClaim,
    active: bool,
    details: Details,
    unique_phone: bool,
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
    /// Input that does not fit; a username, an email or a phone number that is taken; too often.
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

    /// What is wrong with a registration by itself, whoever bears its names: for surfaces that found
    /// other fields wrong, and answer everything at once.
    #[must_use]
    pub fn faults(&self, registration: &Registration) -> FieldErrors {
        self.check(registration).err().unwrap_or_default()
    }

    fn check(&self, registration: &Registration) -> Result<Checked, FieldErrors> {
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
        let (claim, active) = match (registration.confirmation, self.activation) {
            (Confirmation::Never, _) => (EmailClaim::Any, true),
            (Confirmation::AsConfigured, Activation::Off) => (EmailClaim::Usable, true),
            (Confirmation::AsConfigured, Activation::Required) | (Confirmation::Always, _) => {
                (EmailClaim::Confirmed, false)
            }
        };
        if !active && given(&registration.email).is_none() {
            errors.add("email", "An email is required: the account is activated by mail.");
        }
        let details = registration.details.check(&mut errors);
        let names = [
            ("username", named.as_deref()),
            ("email address", registration.email.as_deref()),
            ("full name", details.full_name.as_ref().and_then(Option::as_deref)),
        ];
        for message in Passwords::check_rules(&registration.password, &names) {
            errors.add("password", message);
        }
        errors.check()?;
        // Without an error above there is a username.
        let username = username.ok_or_else(|| FieldErrors::one("username", "This field is required."))?;
        let unique_phone = registration.unique_phone;
        Ok(Checked { username, made, email, claim, active, details, unique_phone })
    }

    /// Refuses taken names before the costly hash; [`Self::insert`] looks again, under locks.
    async fn check_free(&self, checked: &mut Checked) -> Result<(), AccountError> {
        let reader = self.writer.database().reader();
        if queries::username_taken(reader, &checked.username.key, None).await? {
            if !checked.made {
                return Err(AccountError::UsernameTaken);
            }
            checked.username = numbered(&checked.username)?;
        }
        checked.contacts_free(reader).await
    }

    async fn insert(
        &self,
        work: &mut UnitOfWork,
        mut checked: Checked,
        password_hash: String,
    ) -> Result<Account, AccountError> {
        let now = work.now();
        if checked.made {
            // Nobody typed this name, so nobody is told that it is taken.
            work.lock_word(&checked.username.key).await?;
            if queries::username_taken(work.tx(), &checked.username.key, None).await? {
                checked.username = numbered(&checked.username)?;
            }
        }
        if let Some(email) = &checked.email {
            work.lock_word(&email.key).await?;
        }
        if let Some(phone) = checked.claimed_phone() {
            work.lock_word(phone).await?;
        }
        checked.contacts_free(work.tx()).await?;
        let Checked { username, email, active, details, .. } = checked;
        let mut row = account::Model {
            id: 0,
            username: username.shown,
            username_key: username.key,
            email_key: email.as_ref().map(|email| email.key.clone()),
            email: email.map(|email| email.shown),
            email_confirmed_at: None,
            password_hash,
            full_name: None,
            phone: None,
            company_name: None,
            industry: None,
            address: None,
            search: String::new(),
            name_folded: String::new(),
            email_folded: None,
            company_folded: None,
            folding: 0,
            active,
            staff: false,
            suspended_at: None,
            created_at: now,
            updated_at: now,
        };
        details.apply(&mut row);
        fold(&mut row);
        let row = account::ActiveModel { id: ActiveValue::NotSet, ..row.into_active_model() }.reset_all();
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

impl Checked {
    /// The phone number that nobody else may bear.
    fn claimed_phone(&self) -> Option<&str> {
        self.details.phone.as_ref().filter(|_| self.unique_phone).and_then(Option::as_deref)
    }

    async fn contacts_free(&self, db: &impl ConnectionTrait) -> Result<(), AccountError> {
        if let Some(email) = &self.email
            && queries::email_taken(db, email, self.claim, None).await?
        {
            return Err(AccountError::EmailTaken);
        }
        if let Some(phone) = self.claimed_phone()
            && queries::phone_taken(db, phone, None).await?
        {
            return Err(AccountError::PhoneTaken);
        }
        Ok(())
    }
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
