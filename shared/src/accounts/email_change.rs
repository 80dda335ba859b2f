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
        email_change::Entity::delete_many()
            .filter(email_change::Column::AccountId.eq(account.id))
            .exec(work.tx())
            .await?;
        let row = email_change::ActiveModel {
            account_id: Set(account.id),
            email: Set(email.shown.clone()),
            email_key: Set(email.key.clone()),
            refused_at: Set(None),
            created_at: Set(work.now()),
            ..Default::default()
        };
        let change = row.insert(work.tx()).await?;
        // Not held back, for the address may be another; but the button on a late link's page counts it.
        self.links().may_ask(work, account.id, Purpose::EmailChange).await?;
        work.ask(&EmailConfirmation { account_id: account.id, change_id: change.id }).await
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
