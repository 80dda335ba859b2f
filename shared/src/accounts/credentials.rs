//! Passwords after registration: changed by their owner, or set anew by whoever reads the account's mail.

use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;

use super::error::{AccountError, SessionError};
use super::links::{Links, Purpose};
use super::model::{Account, ProfileChange};
use super::names::Email;
use super::password::{LONGEST_CREDENTIAL, Passwords};
use super::profile::Profiles;
use super::queries;
use super::sessions::{Caller, NewSession, Sessions};
use crate::entities::{account, account_token, email_change};
use crate::fields::FieldErrors;
use crate::jobs::{UnitOfWork, Writer};

/// Changes what an account is held by. A new password ends its sessions (their tokens, and their sockets on
/// every node), the links that were mailed for it, and a new email that waits: whoever knew the old password
/// is out.
#[derive(Debug, Clone)]
pub struct Credentials {
    writer: Writer,
    passwords: Passwords,
    sessions: Sessions,
    links: Links,
    profiles: Profiles,
}

impl Credentials {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, passwords: Passwords, sessions: Sessions, links: Links, profiles: Profiles) -> Self {
        Self { writer, passwords, sessions, links, profiles }
    }

    /// Changes one's own password, ends all of one's sessions, and begins a new one.
    ///
    /// # Errors
    /// `current_password` is wrong; the new one (`password`) does not fit the rules; too often.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: String,
        password: String,
        user_agent: Option<String>,
    ) -> Result<NewSession, SessionError> {
        let account = self.confirmed(caller.account_id, current, "current_password").await?;
        let hash = self.hashed(&account, password).await?;
        let mut work = self.writer.begin().await?;
        let account = still_confirmed(&work, &account, "current_password").await?;
        set_password(&work, account.id, &hash).await?;
        let ended = self.sessions.end_all_in(&mut work, account.id).await?;
        let session = self.sessions.open_in(&work, account, user_agent).await?;
        work.commit().await?;
        self.sessions.cache().end(&ended).await;
        Ok(session)
    }

    /// Asks for another email, which takes the old one's place once the link in a mail to it is followed.
    ///
    /// # Errors
    /// `password` is wrong; the email is none, or is taken; too often.
    pub async fn change_email(
        &self,
        caller: &Caller,
        email: String,
        password: String,
    ) -> Result<Account, AccountError> {
        self.confirmed(caller.account_id, password, "password").await?;
        let key = Email::key(&email);
        let change = ProfileChange { new_email: Some(email), ..ProfileChange::default() };
        let account = self.profiles.change(caller.account_id, change).await?;
        if account.pending_email.is_some() && account.email.as_deref().map(Email::key) == Some(key) {
            // Who asks for the email that they have does not want the one that waits.
            self.profiles.forget_pending(self.writer.database().writer(), account.id).await?;
            return Ok(Account { pending_email: None, ..account });
        }
        Ok(account)
    }

    /// Sets the password of the account of a mailed link, once, and ends all of its sessions.
    ///
    /// # Errors
    /// The link was used, is too old, or never was; the password does not fit the rules.
    pub async fn reset_password(&self, token: &str, password: String) -> Result<Account, AccountError> {
        let known = self.links.known(self.writer.database().reader(), token).await?;
        let account_id = known.ok_or(AccountError::SpentLink)?.account_id;
        let account = queries::find(self.writer.database().reader(), account_id).await?;
        let account = account.filter(|account| account.deleted_at.is_none()).ok_or(AccountError::SpentLink)?;
        // A link that is spent is told before a password that does not fit.
        if self.links.live(token).await? != Some(Purpose::PasswordReset) {
            return Err(AccountError::SpentLink);
        }
        let hash = self.hashed(&account, password).await?;
        let mut work = self.writer.begin().await?;
        let account = queries::hold(work.tx(), account_id).await?.ok_or(AccountError::SpentLink)?;
        let known = self.links.use_up(&work, token, &[Purpose::PasswordReset]).await?;
        if account.email_key != known.email_key {
            return Err(AccountError::SpentLink); // it went to an address that the account has no longer
        }
        set_password(&work, account.id, &hash).await?;
        let ended = self.sessions.end_all_in(&mut work, account.id).await?;
        work.commit().await?;
        self.sessions.cache().end(&ended).await;
        Ok(account.into())
    }

    /// The account, if the password is its own.
    pub(super) async fn confirmed(
        &self,
        account_id: i64,
        password: String,
        field: &'static str,
    ) -> Result<account::Model, AccountError> {
        let account = queries::living(self.writer.database().reader(), account_id).await?.ok_or(AccountError::Ended)?;
        self.sessions.count_attempt(&account.id.to_string()).await?;
        let short = password.chars().count() <= LONGEST_CREDENTIAL;
        if short && self.passwords.verify(password, Some(account.password_hash.clone())).await? {
            Ok(account)
        } else {
            Err(wrong(field))
        }
    }

    async fn hashed(&self, account: &account::Model, password: String) -> Result<String, AccountError> {
        let names = [
            ("username", Some(account.username.as_str())),
            ("email address", account.email.as_deref()),
            ("full name", account.full_name.as_deref()),
        ];
        let mut errors = FieldErrors::default();
        for message in Passwords::check_rules(&password, &names) {
            errors.add("password", message);
        }
        errors.check()?;
        Ok(self.passwords.hash(password).await?)
    }
}

fn wrong(field: &'static str) -> AccountError {
    FieldErrors::one(field, "The password is wrong.").into()
}

/// The account, held, if it still has the password that was compared: of many who change it at once, one
/// does, and nobody overrules a change with the password from before it.
pub(super) async fn still_confirmed(
    work: &UnitOfWork,
    compared: &account::Model,
    field: &'static str,
) -> Result<account::Model, AccountError> {
    let account = queries::hold(work.tx(), compared.id).await?.ok_or(AccountError::Ended)?;
    if account.password_hash == compared.password_hash { Ok(account) } else { Err(wrong(field)) }
}

/// Sets the password of an account that is held. Links that were mailed for it are spent, and a new email
/// that waits is forgotten.
async fn set_password(work: &UnitOfWork, account_id: i64, hash: &str) -> Result<(), AccountError> {
    let change = account::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(account_id),
        password_hash: Set(hash.to_owned()),
        updated_at: Set(work.now()),
        ..Default::default()
    };
    account::Entity::update(change).exec_without_returning(work.tx()).await?;
    account_token::Entity::update_many()
        .col_expr(account_token::Column::UsedAt, Expr::value(work.now()))
        .filter(account_token::Column::AccountId.eq(account_id))
        .filter(account_token::Column::UsedAt.is_null())
        .exec(work.tx())
        .await?;
    email_change::Entity::delete_many().filter(email_change::Column::AccountId.eq(account_id)).exec(work.tx()).await?;
    Ok(())
}
