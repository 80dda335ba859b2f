//! Following links: what activates an account, or confirms a new email.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, SqlErr};

use super::tokens::Known;
use super::{Links, Purpose};
use crate::accounts::error::{AccountError, Unique};
use crate::accounts::model::Account;
use crate::accounts::names::folded;
use crate::accounts::queries;
use crate::entities::{account, email_change};
use crate::jobs::UnitOfWork;

/// The purposes of links that confirm an email.
pub(super) const CONFIRMING: [Purpose; 2] = [Purpose::Activation, Purpose::EmailChange];

impl Links {
    /// Activates the account of a link, or gives it its new email, once; the email is confirmed then, and
    /// whoever bears the same one unconfirmed loses it.
    ///
    /// # Errors
    /// The link was used, is too old, or never was; somebody else confirmed the email first.
    pub async fn activate(&self, token: &str) -> Result<Account, AccountError> {
        let work = self.writer.begin().await?;
        let known = self.known(work.tx(), token).await?.ok_or(AccountError::SpentLink)?;
        // Of two bearers who confirm at once, the second finds that it has lost the email.
        work.lock_word(known.email_key.as_deref().unwrap_or_default()).await?;
        // Held, so that what is confirmed is the email that the mail went to.
        let account = queries::hold(work.tx(), known.account_id).await?;
        let account = account.filter(|account| account.suspended_at.is_none()).ok_or(AccountError::SpentLink)?;
        self.use_up(&work, token, &CONFIRMING).await?;
        let change = self.confirmed(&work, account, &known).await?;
        queries::take_email(work.tx(), known.email_key.as_deref(), known.account_id).await?;
        let account = change.update(work.tx()).await.map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => AccountError::taken(Unique::Email),
            _ => error.into(),
        })?;
        work.commit().await?;
        Ok(account.into())
    }

    /// The account as it is once the email of the link is confirmed.
    async fn confirmed(
        &self,
        work: &UnitOfWork,
        account: account::Model,
        known: &Known,
    ) -> Result<account::ActiveModel, AccountError> {
        let now = work.now();
        let change = self.meant(work.tx(), &account, known).await?;
        let mut row = account::ActiveModel::from(account);
        if let Some(change) = change {
            email_change::Entity::delete_by_id(change.id).exec(work.tx()).await?;
            row.email_folded = Set(Some(folded(&change.email)));
            row.email = Set(Some(change.email));
            row.email_key = Set(Some(change.email_key));
        }
        row.active = Set(true);
        row.email_confirmed_at = Set(Some(now));
        row.email_refused_at = Set(None);
        row.updated_at = Set(now);
        Ok(row)
    }

    /// The change that a link confirms, if it is the link of one.
    ///
    /// # Errors
    /// The email of the link is no longer the account's, nor the one that waits; somebody else confirmed it.
    pub(super) async fn meant(
        &self,
        db: &impl ConnectionTrait,
        account: &account::Model,
        known: &Known,
    ) -> Result<Option<email_change::Model>, AccountError> {
        let change = if known.purpose == Purpose::EmailChange {
            let change = email_change::Entity::find().filter(email_change::Column::AccountId.eq(account.id));
            Some(change.one(db).await?.ok_or(AccountError::SpentLink)?)
        } else {
            None
        };
        let email = change.as_ref().map_or(account.email_key.as_ref(), |change| Some(&change.email_key));
        if email == known.email_key.as_ref() {
            return Ok(change);
        }
        let lost = match &known.email_key {
            Some(key) => queries::email_confirmed(db, key, account.id).await?,
            None => false,
        };
        Err(if lost { AccountError::taken(Unique::Email) } else { AccountError::SpentLink })
    }
}
