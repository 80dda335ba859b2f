//! Accounts of the staff, whom an operator makes.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::prelude::*;

use super::error::AccountError;
use super::model::{Account, Confirmation, NewStaff, Registration};
use super::names::{Email, Username};
use super::queries;
use super::registration::Registrations;
use crate::entities::account;
use crate::fields::FieldErrors;

impl Registrations {
    /// Makes an active account of the staff by the rules of registration. Its email, if it has one,
    /// counts as confirmed: whoever bears it unconfirmed and can't sign in loses it.
    ///
    /// # Errors
    /// Input that does not fit; a username or an email that is taken.
    pub async fn create_staff(&self, new: NewStaff) -> Result<Account, AccountError> {
        let NewStaff { username, email, password } = new;
        let mut blank = FieldErrors::default();
        if username.trim().is_empty() {
            // A registration would make one of the email.
            blank.add("username", "This field may not be blank.");
        }
        let registration = Registration {
            username: Some(username),
            email,
            password,
            confirmation: Confirmation::Staff,
            ..Registration::default()
        };
        let (draft, errors) = self.draft(&registration);
        let taken = draft.claims().taken(self.writer.database().reader(), None).await?;
        AccountError::refuse(taken, blank.beside(errors))?;
        let password_hash = self.passwords.hash(registration.password).await?;
        let mut work = self.writer.begin().await?;
        let account = self.insert(&mut work, draft, password_hash).await?;
        if account.email_confirmed {
            let key = account.email.as_deref().map(Email::key);
            queries::take_email(work.tx(), key.as_deref(), account.id).await?;
        }
        work.commit().await?;
        Ok(account)
    }

    /// Makes the account of a username one of the staff; nothing else of it changes. Its sessions know
    /// within 30 s.
    ///
    /// # Errors
    /// There is none.
    pub async fn promote(&self, username: &str) -> Result<Account, AccountError> {
        let key = Username::key(username).ok_or(AccountError::NotFound)?;
        let work = self.writer.begin().await?;
        let query = account::Entity::find()
            .filter(account::Column::UsernameKey.eq(key))
            .filter(account::Column::DeletedAt.is_null())
            .lock_exclusive();
        let held = query.one(work.tx()).await?.ok_or(AccountError::NotFound)?;
        let mut change: account::ActiveModel = held.into();
        change.staff = Set(true);
        change.updated_at = Set(work.now());
        let account = change.update(work.tx()).await?;
        work.commit().await?;
        Ok(account.into())
    }
}
