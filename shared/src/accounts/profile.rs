//! Profiles: one's own, and people as others see them.

use std::sync::Arc;

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::error::{AccountError, Unique};
use super::folding::fold;
use super::links::Links;
use super::model::{Account, Person, ProfileChange};
use super::names::{Email, Username};
use super::person::{person, person_columns};
use super::queries::{self, Claims, EmailClaim};
use super::visibility::may_see;
use crate::fields::FieldErrors;
use crate::jobs::Writer;
use crate::media::{Avatars, refer};
use crate::ports::rate_limits::RateLimiter;

/// Reads and changes profiles.
#[derive(Debug, Clone)]
pub struct Profiles {
    writer: Writer,
    links: Links,
    avatars: Avatars,
    limiter: Arc<dyn RateLimiter>,
    email_changes_a_minute: u32,
}

impl Profiles {
    /// Over the given parts.
    pub fn new(
        writer: Writer,
        links: Links,
        avatars: Avatars,
        limiter: Arc<dyn RateLimiter>,
        email_changes_a_minute: u32,
    ) -> Self {
        Self { writer, links, avatars, limiter, email_changes_a_minute }
    }

    pub(super) fn links(&self) -> &Links {
        &self.links
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// One's own account.
    ///
    /// # Errors
    /// It is gone.
    pub async fn own(&self, account_id: i64) -> Result<Account, AccountError> {
        let db = self.writer.database().reader();
        let account = queries::living(db, account_id).await?.ok_or(AccountError::Ended)?;
        let pending_email = self.pending_email(db, account_id).await?;
        Ok(Account { pending_email, ..account.into() })
    }

    /// Changes what is given of one's own profile.
    ///
    /// # Errors
    /// Input that does not fit; a username, an email or a phone number that is taken.
    pub async fn change(&self, account_id: i64, change: ProfileChange) -> Result<Account, AccountError> {
        let mut errors = FieldErrors::default();
        let username = change.username.as_deref().and_then(|name| errors.take("username", Username::parse(name)));
        let email = change.email.map(|email| {
            let given = email.filter(|email| !email.trim().is_empty());
            given.and_then(|email| errors.take("email", Email::parse(&email)))
        });
        let next = change.new_email.as_deref().and_then(|email| errors.take("email", Email::parse(email)));
        let details = change.details.check(&mut errors);
        let name = change.name.check(&mut errors);
        let mut errors = change.faults.beside(errors);
        let new_email = email.as_ref().and_then(Option::as_ref);
        let claims = Claims {
            username: username.as_ref(),
            // One that is to be confirmed is kept out by a confirmed one alone.
            email: new_email
                .map(|email| (email, EmailClaim::Any))
                .or(next.as_ref().map(|email| (email, EmailClaim::Confirmed))),
            phone: details.claimed_phone(change.unique_phone),
        };

        if let Some(email) = &next {
            // A form that is sent whole bears the email that one has, which changes nothing.
            let account = queries::find(self.writer.database().reader(), account_id).await?;
            if account.is_none_or(|account| account.email_key.as_ref() != Some(&email.key)) {
                let key = format!("email-change:{account_id}");
                self.limiter.count(&key, self.email_changes_a_minute).await?;
            }
        }
        let avatar = match change.avatar {
            // Not stored for nothing.
            Some(Some(upload)) if errors.is_empty() => Some(Some(self.avatars.take_in(account_id, upload).await?)),
            Some(Some(_)) | None => None,
            Some(None) => Some(None),
        };
        let mut work = self.writer.begin().await?;
        claims.lock(&work).await?;
        let mut account = queries::hold(work.tx(), account_id).await?.ok_or(AccountError::Ended)?;
        let mut taken = claims.taken(work.tx(), Some(account_id)).await?;
        // What one bears already, one may go on bearing.
        taken.retain(|one| match one {
            Unique::Username => true,
            Unique::Email => claims.email.map(|(email, _)| &email.key) != account.email_key.as_ref(),
            Unique::Phone => claims.phone != account.phone.as_deref(),
        });
        name.check_joined(&account, &mut errors);
        AccountError::refuse(taken, errors)?;
        if let Some(username) = username {
            (account.username, account.username_key) = (username.shown, username.key);
        }
        if let Some(email) = email {
            let key = email.as_ref().map(|email| email.key.clone());
            // The same address, perhaps in another case, stays as confirmed as it was.
            account.email_confirmed_at = account.email_confirmed_at.filter(|_| account.email_key == key);
            account.email_refused_at = account.email_refused_at.filter(|_| account.email_key == key);
            (account.email, account.email_key) = (email.map(|email| email.shown), key);
        }
        if let Some(email) = next.filter(|email| account.email_key.as_ref() != Some(&email.key)) {
            self.await_confirmation(&mut work, &account, &email).await?;
        }
        if let Some(key) = avatar {
            refer(&work, key.as_ref(), account.avatar.as_deref()).await?;
            account.avatar = key.map(|key| key.as_str().to_owned());
        }
        details.apply(&mut account);
        name.apply(&mut account);
        fold(&mut account);
        account.updated_at = work.now();
        let row = account.into_active_model().reset_all();
        let account = row.update(work.tx()).await.map_err(|error| match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => AccountError::taken(Unique::Username),
            _ => error.into(),
        })?;
        let pending_email = self.pending_email(work.tx(), account_id).await?;
        work.commit().await?;
        Ok(Account { pending_email, ..account.into() })
    }

    /// Who bears an email: whoever confirmed it, else an active account. It looks as if nobody did while
    /// there is a block between the two.
    ///
    /// # Errors
    /// Nobody does.
    pub async fn bearer(&self, viewer_id: i64, email: &str) -> Result<Person, AccountError> {
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        queries::email_bearer(db, engine, viewer_id, email).await?.ok_or(AccountError::NotFound)
    }

    /// A person, unless there is a block between the two: then it looks as if nobody were there.
    ///
    /// # Errors
    /// Nobody is there.
    pub async fn person(&self, viewer_id: i64, id: i64) -> Result<Person, AccountError> {
        let sql =
            format!("SELECT {} FROM accounts a WHERE a.id = $2 AND {}", person_columns("a", ""), may_see("$1", "a"));
        let statement = self.writer.engine().statement(sql, [viewer_id.into(), id.into()]);
        let row = self.writer.database().reader().query_one_raw(statement).await?;
        Ok(person(&row.ok_or(AccountError::NotFound)?, "")?)
    }
}
