//! What a mail runner needs of a link: whom to write to, that the mail has left, that it was refused.

use chrono::TimeDelta;
use sea_orm::DatabaseTransaction;
use sea_orm::prelude::*;

use super::tokens::hashed;
use super::{LinkJob, Links, Purpose};
use crate::accounts::error::AccountError;
use crate::accounts::queries;
use crate::accounts::refusals::{Kept, mark_refused};
use crate::database::DatabaseError;
use crate::entities::{account, account_token, email_change};
use crate::jobs::payloads::EmailConfirmation;
use crate::ports::clock::Timestamp;

/// A mail with a link, to be written.
#[derive(Clone)]
pub struct MailOrder {
    /// What the link is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub account_id: i64,
    /// Where to.
    pub email: String,
    /// To whom.
    pub name: String,
    /// The token of the link; its hash alone is kept.
    pub token: String,
    /// The email as it is compared.
    pub email_key: Option<String>,
}

impl std::fmt::Debug for MailOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailOrder").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

/// An address that a link goes to.
struct Receiver {
    account: account::Model,
    email: String,
    email_key: Option<String>,
}

impl Receiver {
    /// An account at its own address.
    fn of(account: account::Model) -> Option<Self> {
        Some(Self { email: account.email.clone()?, email_key: account.email_key.clone(), account })
    }
}

impl Links {
    /// Makes the link of a job, and commits its hash; `None` when there is nothing to send any more. Its
    /// life begins with [`Self::sent`].
    ///
    /// # Errors
    /// The database refuses.
    pub async fn order(&self, job: &LinkJob) -> Result<Option<MailOrder>, AccountError> {
        let (purpose, receiver) = match job {
            LinkJob::Activation(job) => {
                let account = self.reader(job.account_id, account::Model::waits_for_confirmation).await?;
                (Purpose::Activation, account.and_then(Receiver::of))
            }
            LinkJob::PasswordReset(job) => {
                let account = self.reader(job.account_id, |account| account.active).await?;
                (Purpose::PasswordReset, account.and_then(Receiver::of))
            }
            LinkJob::EmailChange(job) => (Purpose::EmailChange, self.new_receiver(job).await?),
        };
        let Some(Receiver { account, email, email_key }) = receiver else { return Ok(None) };
        let token = self.issue(account.id, purpose, email_key.clone()).await?;
        let (account_id, name) = (account.id, account.full_name.unwrap_or(account.username));
        Ok(Some(MailOrder { purpose, account_id, email, name, token, email_key }))
    }

    /// The account, if it is there and fits.
    async fn reader(
        &self,
        account_id: i64,
        fits: impl Fn(&account::Model) -> bool,
    ) -> Result<Option<account::Model>, AccountError> {
        let account = queries::find(self.writer.database().writer(), account_id).await?;
        Ok(account.filter(|account| account.suspended_at.is_none() && fits(account)))
    }

    /// The new address of an account, if it still waits and nobody has confirmed it meanwhile.
    async fn new_receiver(&self, job: &EmailConfirmation) -> Result<Option<Receiver>, AccountError> {
        let db = self.writer.database().writer();
        let Some(account) = self.reader(job.account_id, |account| account.active).await? else { return Ok(None) };
        let Some(change) = email_change::Entity::find_by_id(job.change_id).one(db).await? else { return Ok(None) };
        if queries::email_confirmed(db, &change.email_key, account.id).await? {
            return Ok(None);
        }
        Ok(Some(Receiver { account, email: change.email, email_key: Some(change.email_key) }))
    }

    /// The mail of an order was accepted by the server: its link lives from now, and its address is one
    /// that takes mail. Part of the caller's transaction.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sent(&self, tx: &DatabaseTransaction, order: &MailOrder) -> Result<(), DatabaseError> {
        // Lock order: the account, then its tokens.
        self.mark(tx, order, None).await?;
        let expires_at = self.writer.now() + TimeDelta::seconds(self.lifetime(order.purpose));
        account_token::Entity::update_many()
            .col_expr(account_token::Column::ExpiresAt, Expr::value(expires_at))
            .filter(account_token::Column::Hash.eq(hashed(&order.token)))
            .exec(tx)
            .await?;
        Ok(())
    }

    /// The mail of an order was refused for good: its owner shall see that. Part of the caller's
    /// transaction.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn refused(&self, tx: &DatabaseTransaction, order: &MailOrder) -> Result<(), DatabaseError> {
        self.mark(tx, order, Some(self.writer.now())).await
    }

    /// Notes when the address was refused, if it is still the one.
    async fn mark(
        &self,
        tx: &DatabaseTransaction,
        order: &MailOrder,
        refused_at: Option<Timestamp>,
    ) -> Result<(), DatabaseError> {
        let kept = match order.purpose {
            Purpose::EmailChange => Kept::Change,
            Purpose::Activation | Purpose::PasswordReset => Kept::Account,
        };
        let engine = self.writer.engine();
        mark_refused(tx, engine, kept, order.account_id, order.email_key.as_deref(), refused_at).await
    }
}
