//! A new email, which waits for its confirmation beside the old one.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::links::Purpose;
use super::model::PendingEmail;
use super::names::Email;
use super::profile::Profiles;
use crate::database::DatabaseError;
use crate::entities::{account, email_change};
use crate::jobs::UnitOfWork;
use crate::jobs::payloads::EmailConfirmation;

impl Profiles {
    /// Puts an email in the place of whichever waits, and asks for the mail that confirms it. Part of the
    /// caller's work, in which the account is held.
    pub(super) async fn await_confirmation(
        &self,
        work: &mut UnitOfWork,
        account: &account::Model,
        email: &Email,
    ) -> Result<(), DatabaseError> {
        let waiting = email_change::Entity::find().filter(email_change::Column::AccountId.eq(account.id));
        let waiting = waiting.one(work.tx()).await?;
        let again = waiting.as_ref().is_some_and(|waiting| waiting.email_key == email.key);
        // Another address is not held back; the one that waits already is.
        let asked = self.links().may_ask(work, account.id, Purpose::EmailChange).await?;
        if again && !asked {
            return Ok(());
        }
        self.forget_pending(work.tx(), account.id).await?;
        let row = email_change::ActiveModel {
            account_id: Set(account.id),
            email: Set(email.shown.clone()),
            email_key: Set(email.key.clone()),
            refused_at: Set(None),
            created_at: Set(work.now()),
            ..Default::default()
        };
        let change = row.insert(work.tx()).await?;
        if self.links().may_mail(&email.key).await {
            work.ask(&EmailConfirmation { account_id: account.id, change_id: change.id }).await?;
        }
        Ok(())
    }

    /// Forgets the email that waits; its link is dead then.
    pub(super) async fn forget_pending(&self, db: &impl ConnectionTrait, account_id: i64) -> Result<(), DatabaseError> {
        let waiting = email_change::Entity::delete_many().filter(email_change::Column::AccountId.eq(account_id));
        waiting.exec(db).await?;
        Ok(())
    }

    /// The email that waits.
    pub(super) async fn pending_email(
        &self,
        db: &impl ConnectionTrait,
        account_id: i64,
    ) -> Result<Option<PendingEmail>, DatabaseError> {
        let change = email_change::Entity::find().filter(email_change::Column::AccountId.eq(account_id));
        Ok(change.one(db).await?.map(PendingEmail::from))
    }
}
