//! Following links: what activates an account, or confirms a new email.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, SqlErr};

use super::tokens::Known;
use super::{Links, Purpose};
use crate::accounts::error::{AccountError, Unique};
use crate::accounts::model::Account;
use crate::accounts::names::folded;
use crate::accounts::queries;
use crate::entities::{account, email_change};
use crate::jobs::UnitOfWork;

/// The purposes of links that confirm an email.
const CONFIRMING: [Purpose; 2] = [Purpose::Activation, Purpose::EmailChange];

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
        let current = account.email_key.clone();
        let id = account.id;
        let mut row = account::ActiveModel::from(account);
        if known.purpose == Purpose::EmailChange {
            let change = email_change::Entity::find().filter(email_change::Column::AccountId.eq(id));
            let change = change.one(work.tx()).await?;
            // Another change has taken its place since.
            let change = change.filter(|change| Some(&change.email_key) == known.email_key.as_ref());
            let change = change.ok_or(AccountError::SpentLink)?;
            email_change::Entity::delete_by_id(change.id).exec(work.tx()).await?;
            row.email_folded = Set(Some(folded(&change.email)));
            row.email = Set(Some(change.email));
            row.email_key = Set(Some(change.email_key));
        } else if current != known.email_key {
            return Err(AccountError::SpentLink); // the account has another email by now
        }
        row.active = Set(true);
        row.email_confirmed_at = Set(Some(now));
        row.email_refused_at = Set(None);
        row.updated_at = Set(now);
        Ok(row)
    }
}
