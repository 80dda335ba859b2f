//! Making accounts.

use std::sync::Arc;

use sea_orm::prelude::*;
use sea_orm::{ActiveValue, ActiveValue::Set, IntoActiveModel, SqlErr};

use super::error::{AccountError, Unique};
use super::folding::fold;
use super::links::Links;
use super::model::{Account, Confirmation, Details, Registration};
use super::names::{Email, Username};
use super::password::Passwords;
use super::queries::{self, Claims, EmailClaim};
use super::sessions::{SessionKey, Sessions};
use crate::config::Activation;
use crate::entities::{account, inbox};
use crate::fields::FieldErrors;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::rate_limits::RateLimiter;

/// Makes accounts.
#[derive(Debug, Clone)]
pub struct Registrations {
    pub(super) writer: Writer,
    pub(super) passwords: Passwords,
    activation: Activation,
    links: Links,
    sessions: Sessions,
    limiter: Arc<dyn RateLimiter>,
    a_minute: u32,
}

/// What a new account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It waits for its activation.
    Waiting,
    /// It may sign in.
    Active,
    /// The same, one of the staff, whose email needs no confirmation.
    Staff,
}

/// A registration, as far as its fields fit.
pub(super) struct Draft {
    /// There is one, unless something does not fit.
    username: Option<Username>,
    /// Whether the username was made here, and may be made again.
    made: bool,
    email: Option<Email>,
    claim: EmailClaim,
    standing: Standing,
    details: Details,
    unique_phone: bool,
}

impl Draft {
    /// What nobody else may bear. A username that was made here is no claim: another is made.
    pub(super) fn claims(&self) -> Claims<'_> {
        Claims {
            username: self.username.as_ref().filter(|_| !self.made),
            email: self.email.as_ref().map(|email| (email, self.claim)),
            phone: self.details.claimed_phone(self.unique_phone),
        }
    }
}

impl Registrations {
    /// Over the given parts.
    pub fn new(
        writer: Writer,
        passwords: Passwords,
        activation: Activation,
        links: Links,
        sessions: Sessions,
        limiter: Arc<dyn RateLimiter>,
        a_minute: u32,
    ) -> Self {
        Self { writer, passwords, activation, links, sessions, limiter, a_minute }
    }

    /// Makes an account, and asks for the activation mail where one is needed. `address` is where
    /// the call came from.
    ///
    /// # Errors
    /// Input that does not fit; a username, an email or a phone number that is taken; too often.
    pub async fn register(&self, registration: Registration, address: &str) -> Result<Account, AccountError> {
        let (draft, password_hash) = self.prepare(registration, address).await?;
        let mut work = self.writer.begin().await?;
        let account = self.insert(&mut work, draft, password_hash).await?;
        work.commit().await?;
        Ok(account)
    }

    /// The same, with a session of the new account that is held by a key. For surfaces whose accounts may
    /// sign in at once; `user_agent` is what the client calls itself.
    ///
    /// # Errors
    /// As for [`Self::register`].
    pub async fn register_for_key(
        &self,
        registration: Registration,
        address: &str,
        user_agent: Option<String>,
    ) -> Result<SessionKey, AccountError> {
        let (draft, password_hash) = self.prepare(registration, address).await?;
        let mut work = self.writer.begin().await?;
        let account = self.insert(&mut work, draft, password_hash).await?;
        let key = self.sessions.open_key_in(&work, account.id, user_agent).await?;
        work.commit().await?;
        Ok(key)
    }

    /// What is to be inserted, and the hash of its password, if everything fits.
    async fn prepare(&self, registration: Registration, address: &str) -> Result<(Draft, String), AccountError> {
        let (draft, errors) = self.draft(&registration);
        let errors = registration.faults.beside(errors);
        // Also when something else does not fit: who bears what is told either way.
        if errors.is_empty() || draft.claims().any() {
            self.limiter.count(&format!("register:{address}"), self.a_minute).await?;
        }
        // Before the costly hash; `insert` looks again, under locks.
        let taken = draft.claims().taken(self.writer.database().reader(), None).await?;
        AccountError::refuse(taken, errors)?;
        let password_hash = self.passwords.hash(registration.password).await?;
        Ok((draft, password_hash))
    }

    pub(super) fn draft(&self, registration: &Registration) -> (Draft, FieldErrors) {
        let mut errors = FieldErrors::default();
        let given =
            |value: &Option<String>| value.as_deref().map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
        let email = given(&registration.email).and_then(|email| errors.take("email", Email::parse(&email)));
        let named = given(&registration.username);
        let made = named.is_none();
        let (claim, standing) = match (registration.confirmation, self.activation) {
            (Confirmation::Never, _) => (EmailClaim::Any, Standing::Active),
            (Confirmation::Staff, _) => (EmailClaim::Usable, Standing::Staff),
            (Confirmation::AsConfigured, Activation::Off) => (EmailClaim::Usable, Standing::Active),
            (Confirmation::AsConfigured, Activation::Required) | (Confirmation::Always, _) => {
                (EmailClaim::Confirmed, Standing::Waiting)
            }
        };
        if standing == Standing::Waiting && given(&registration.email).is_none() {
            errors.add("email", "An email is required: the account is activated by mail.");
        }
        let username = match (&named, &email) {
            (Some(name), _) => errors.take("username", Username::parse(name)),
            (None, Some(email)) => errors.take("username", name_from(email)),
            (None, None) => {
                // Where the email is required, that says it all.
                if standing != Standing::Waiting && given(&registration.email).is_none() {
                    errors.add("username", "Either a username or an email is required.");
                }
                None
            }
        };
        let details = registration.details.check(&mut errors);
        let names = [
            ("username", named.as_deref()),
            ("email address", registration.email.as_deref()),
            ("full name", details.full_name.as_ref().and_then(Option::as_deref)),
        ];
        for message in Passwords::check_rules(&registration.password, &names) {
            errors.add("password", message);
        }
        let unique_phone = registration.unique_phone;
        (Draft { username, made, email, claim, standing, details, unique_phone }, errors)
    }

    pub(super) async fn insert(
        &self,
        work: &mut UnitOfWork,
        mut draft: Draft,
        password_hash: String,
    ) -> Result<Account, AccountError> {
        let now = work.now();
        if draft.made
            && let Some(username) = &mut draft.username
        {
            // Nobody typed this name, so nobody is told that it is taken.
            work.lock_word(&username.key).await?;
            if queries::username_taken(work.tx(), &username.key, None).await? {
                *username = numbered(username)?;
            }
        }
        draft.claims().lock(work).await?;
        AccountError::refuse(draft.claims().taken(work.tx(), None).await?, FieldErrors::default())?;
        let Draft { username, email, standing, details, .. } = draft;
        let staff = standing == Standing::Staff;
        let username = username.ok_or_else(|| FieldErrors::one("username", "This field is required."))?;
        let mut row = account::Model {
            id: 0,
            username: username.shown,
            username_key: username.key,
            email_key: email.as_ref().map(|email| email.key.clone()),
            email_confirmed_at: email.as_ref().filter(|_| staff).map(|_| now),
            email: email.map(|email| email.shown),
            email_refused_at: None,
            password_hash,
            full_name: None,
            first_name: None,
            last_name: None,
            phone: None,
            company_name: None,
            industry: None,
            address: None,
            avatar: None,
            search: String::new(),
            name_folded: String::new(),
            email_folded: None,
            company_folded: None,
            industry_folded: None,
            folding: 0,
            active: standing != Standing::Waiting,
            staff,
            presence_hidden: false,
            suggestions_refused: false,
            unread_mails: false,
            suspended_at: None,
            deleted_at: None,
            created_at: now,
            updated_at: now,
        };
        details.apply(&mut row);
        fold(&mut row);
        let row = account::ActiveModel { id: ActiveValue::NotSet, ..row.into_active_model() }.reset_all();
        let row = row.insert(work.tx()).await.map_err(|error| match error.sql_err() {
            // Only the username can be: an email that is confirmed already was looked for under its lock.
            Some(SqlErr::UniqueConstraintViolation(_)) => AccountError::taken(Unique::Username),
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
            self.links.ask_activation(work, row.id, row.email_key.as_deref()).await?;
        }
        Ok(row.into())
    }
}

/// A username from an email's local part.
fn name_from(email: &Email) -> Result<Username, String> {
    let local = email.shown.split('@').next().unwrap_or_default();
    let name: String =
        local.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')).take(60).collect();
    // Nobody typed this name, so nobody is told that its letters form none.
    Username::parse(&name).or_else(|_| Username::parse("user"))
}

/// The same with a random number behind it.
fn numbered(username: &Username) -> Result<Username, FieldErrors> {
    let number: u32 = rand::random_range(1_000..1_000_000_000);
    Username::parse(&format!("{}-{number}", username.shown))
        .or_else(|_| Username::parse(&format!("user-{number}")))
        .map_err(|message| FieldErrors::one("username", message))
}
