//! Asking for mails with links: at most one in a while for each account and purpose.

use sea_orm::ConnectionTrait;
use sea_orm::prelude::*;

use super::{Links, Purpose, hashed};
use crate::accounts::error::AccountError;
use crate::accounts::queries;
use crate::database::DatabaseError;
use crate::entities::{account, email_change};
use crate::jobs::UnitOfWork;
use crate::jobs::payloads::{AccountActivation, EmailConfirmation, PasswordReset};

/// What came of asking for a new link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way.
    Sent,
    /// One was sent a moment ago.
    JustSent,
    /// There is nothing that a link would do.
    NothingWaits,
}

impl account::Model {
    /// Whether an activation link would do something for the account.
    pub(in crate::accounts) fn waits_for_confirmation(&self) -> bool {
        self.email.is_some() && (!self.active || self.email_confirmed_at.is_none())
    }
}

impl Links {
    /// Asks for the mail that activates an account, unless one was asked for a moment ago. Part of the
    /// caller's work.
    pub(in crate::accounts) async fn ask_activation(
        &self,
        work: &mut UnitOfWork,
        account_id: i64,
        email_key: Option<&str>,
    ) -> Result<Asked, DatabaseError> {
        let asked = self.may_ask(work, account_id, Purpose::Activation).await?;
        if !asked || !self.may_mail(email_key.unwrap_or_default()).await {
            return Ok(Asked::JustSent);
        }
        work.ask(&AccountActivation { account_id }).await?;
        Ok(Asked::Sent)
    }

    /// The same for an account that somebody signs in to who knows its password.
    pub(in crate::accounts) async fn remind(&self, account: &account::Model) -> Result<(), DatabaseError> {
        if account.waits_for_confirmation() {
            let mut work = self.writer.begin().await?;
            self.ask_activation(&mut work, account.id, account.email_key.as_deref()).await?;
            work.commit().await?;
        }
        Ok(())
    }

    /// Sends the activation mail of an account once more, if the username or email is one's that waits
    /// for it. Whoever asks does not hear whether it is; `address` is where the call came from.
    ///
    /// # Errors
    /// Too often.
    pub async fn resend_activation(&self, login: &str, address: &str) -> Result<(), AccountError> {
        self.count(address).await?;
        let found = queries::bearers(self.writer.database(), login).await?;
        match found.iter().find(|account| account.waits_for_confirmation()) {
            Some(account) => Ok(self.remind(account).await?),
            None => Ok(()),
        }
    }

    /// Mails an account a link that sets a new password, if the username or email is an active one's.
    /// Whoever asks does not hear whether it is; `address` is where the call came from.
    ///
    /// # Errors
    /// Too often.
    pub async fn ask_password_reset(&self, login: &str, address: &str) -> Result<(), AccountError> {
        self.count(address).await?;
        let found = queries::bearers(self.writer.database(), login).await?;
        if let Some(account) = found.iter().find(|account| account.can_reset()) {
            let mut work = self.writer.begin().await?;
            self.ask_reset(&mut work, account).await?;
            work.commit().await?;
        }
        Ok(())
    }

    async fn ask_reset(&self, work: &mut UnitOfWork, account: &account::Model) -> Result<Asked, DatabaseError> {
        let asked = self.may_ask(work, account.id, Purpose::PasswordReset).await?;
        if !asked || !self.may_mail(account.email_key.as_deref().unwrap_or_default()).await {
            return Ok(Asked::JustSent);
        }
        work.ask(&PasswordReset { account_id: account.id }).await?;
        Ok(Asked::Sent)
    }

    /// Sends a new link in place of one that was used or is too old, to the address of its account.
    ///
    /// # Errors
    /// Too often.
    pub async fn again(&self, token: &str, address: &str) -> Result<Asked, AccountError> {
        self.count(address).await?;
        let mut work = self.writer.begin().await?;
        let Some(known) = self.known(work.tx(), token).await? else { return Ok(Asked::NothingWaits) };
        let account = queries::find(work.tx(), known.account_id).await?;
        let Some(account) = account.filter(|account| account.suspended_at.is_none()) else {
            return Ok(Asked::NothingWaits);
        };
        let asked = match known.purpose {
            Purpose::Activation if account.waits_for_confirmation() => {
                self.ask_activation(&mut work, account.id, account.email_key.as_deref()).await?
            }
            Purpose::PasswordReset if account.can_reset() => self.ask_reset(&mut work, &account).await?,
            Purpose::EmailChange => {
                let change = email_change::Entity::find().filter(email_change::Column::AccountId.eq(account.id));
                match change.one(work.tx()).await? {
                    // Another change has taken the place of the link's.
                    Some(change) if Some(&change.email_key) == known.email_key.as_ref() => {
                        let asked = self.may_ask(&work, account.id, Purpose::EmailChange).await?;
                        if asked && self.may_mail(&change.email_key).await {
                            work.ask(&EmailConfirmation { account_id: account.id, change_id: change.id }).await?;
                            Asked::Sent
                        } else {
                            Asked::JustSent
                        }
                    }
                    _ => Asked::NothingWaits,
                }
            }
            Purpose::Activation | Purpose::PasswordReset => Asked::NothingWaits,
        };
        work.commit().await?;
        Ok(asked)
    }

    /// Counts a question by where it came from.
    async fn count(&self, address: &str) -> Result<(), AccountError> {
        Ok(self.limiter.count(&format!("links:{address}"), self.asks_a_minute).await?)
    }

    /// Whether one more mail may go to an address now. Others' accounts may bear it too, unconfirmed, so it
    /// is counted by itself; nobody hears that it was too often, as nobody hears whom a mail goes to.
    pub(in crate::accounts) async fn may_mail(&self, email_key: &str) -> bool {
        let key = format!("mail-to:{}", hashed(email_key));
        self.limiter.count(&key, self.mails_to_one_a_minute).await.is_ok()
    }

    /// Notes that a mail of a purpose is asked for now; false when the last one was a moment ago.
    pub(in crate::accounts) async fn may_ask(
        &self,
        work: &UnitOfWork,
        account_id: i64,
        purpose: Purpose,
    ) -> Result<bool, DatabaseError> {
        let statement = work.engine().statement(
            "INSERT INTO mail_requests (account_id, purpose, asked_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, purpose) DO UPDATE SET asked_at = excluded.asked_at
             WHERE mail_requests.asked_at <= $4",
            [account_id.into(), purpose.as_str().into(), work.now().into(), (work.now() - self.pause).into()],
        );
        Ok(work.tx().execute_raw(statement).await?.rows_affected() == 1)
    }
}

impl account::Model {
    fn can_reset(&self) -> bool {
        self.active && self.suspended_at.is_none() && self.email.is_some()
    }
}
