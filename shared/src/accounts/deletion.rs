//! The end of an account: its owner deletes it, and a worker takes out what it left with others.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::credentials::Credentials;
use super::error::AccountError;
use super::folding::fold;
use super::queries;
use super::sessions::{Caller, Sessions};
use crate::database::DatabaseError;
use crate::jobs::payloads::AccountDeleted;
use crate::jobs::{Outbox, Writer};
use crate::media::refer;
use crate::notifications::Delivery;

/// Deletes accounts.
#[derive(Debug, Clone)]
pub struct Deletions {
    writer: Writer,
    outbox: Outbox,
    sessions: Sessions,
    credentials: Credentials,
    delivery: Delivery,
}

impl Deletions {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, sessions: Sessions, credentials: Credentials, delivery: Delivery) -> Self {
        Self { outbox: Outbox::new(writer.database().clone()), writer, sessions, credentials, delivery }
    }

    /// Deletes one's own account. What it told of itself is gone at once, its names are free, its sessions
    /// end; what it left with others goes when a worker gets to it ([`Self::finish`]).
    ///
    /// # Errors
    /// `password` is wrong; too often.
    pub async fn delete(&self, caller: &Caller, password: String) -> Result<(), AccountError> {
        self.credentials.confirmed(caller.account_id, password, "password").await?;
        let mut work = self.writer.begin().await?;
        let account = queries::hold(work.tx(), caller.account_id).await?;
        let mut account = account.filter(|row| row.deleted_at.is_none()).ok_or(AccountError::NotFound)?;
        let now = work.now();
        refer(&work, None, account.avatar.as_deref()).await?;
        account.avatar = None;
        account.active = false;
        account.staff = false;
        account.suspended_at = Some(now);
        account.deleted_at = Some(now);
        account.username = format!("deleted-{}", account.id);
        // No username can have a colon in it, so this one keeps nobody from a name.
        account.username_key = format!("deleted:{}", account.id);
        account.email = None;
        account.email_key = None;
        account.email_confirmed_at = None;
        account.full_name = None;
        account.phone = None;
        account.company_name = None;
        account.industry = None;
        account.address = None;
        account.updated_at = now;
        fold(&mut account);
        let id = account.id;
        account.into_active_model().reset_all().update(work.tx()).await?;
        let ended = self.sessions.end_all_in(&mut work, id).await?;
        work.ask(&AccountDeleted { account_id: id }).await?;
        work.commit().await?;
        self.sessions.cache().end(&ended).await;
        Ok(())
    }

    /// Takes a deleted account's notifications out of the inboxes of others, some at a time, so that
    /// each hears of it and counts right, and then the account with all that is its own. `job` is the
    /// outbox row that asks for it; it may come twice.
    ///
    /// # Errors
    /// The database refuses; what is taken out stays so.
    pub async fn finish(&self, job: i64, account_id: i64) -> Result<(), DatabaseError> {
        loop {
            while self.delivery.retract(account_id).await? {}
            let work = self.writer.begin().await?;
            if self.outbox.take(work.tx(), &[job]).await?.is_empty() {
                return Ok(()); // done already
            }
            // Lock order: inbox, then account, as whoever writes a notification takes them.
            let lock = work.engine().postgres_only("FOR UPDATE");
            for sql in [
                format!("SELECT account_id FROM inboxes WHERE account_id = $1 {lock}"),
                format!("SELECT id FROM accounts WHERE id = $1 {lock}"),
            ] {
                work.tx().query_one_raw(work.engine().statement(sql, [account_id.into()])).await?;
            }
            let left = work.engine().statement(
                "SELECT id FROM notifications WHERE actor_id = $1 AND removed_at IS NULL AND account_id <> $1 LIMIT 1",
                [account_id.into()],
            );
            if work.tx().query_one_raw(left).await?.is_some() {
                work.rollback().await;
                continue; // told in between
            }
            for sql in [
                // What tells of a removal outlives whom it was about.
                "UPDATE notifications SET actor_id = NULL WHERE actor_id = $1 AND account_id <> $1",
                "DELETE FROM accounts WHERE id = $1 AND deleted_at IS NOT NULL",
            ] {
                work.tx().execute_raw(work.engine().statement(sql, [account_id.into()])).await?;
            }
            return work.commit().await;
        }
    }
}
