//! The end of an account: its owner deletes it, and a worker takes out what it left with others.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::credentials::{Credentials, still_confirmed};
use super::error::AccountError;
use super::folding::fold;
use super::sessions::{Caller, Sessions};
use crate::chats::Chats;
use crate::database::DatabaseError;
use crate::jobs::payloads::AccountDeleted;
use crate::jobs::{Outbox, Writer};
use crate::listings::{self, Reviews};
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
    chats: Chats,
    reviews: Reviews,
}

impl Deletions {
    /// Over the given parts.
    #[must_use]
    pub fn new(
        writer: Writer,
        sessions: Sessions,
        credentials: Credentials,
        delivery: Delivery,
        chats: Chats,
        reviews: Reviews,
    ) -> Self {
        Self { outbox: Outbox::new(writer.database().clone()), writer, sessions, credentials, delivery, chats, reviews }
    }

    /// Deletes one's own account. What it told of itself is gone at once, its names are free, its sessions
    /// end; what it left with others goes when a worker gets to it ([`Self::finish`]).
    ///
    /// # Errors
    /// `password` is wrong; too often.
    pub async fn delete(&self, caller: &Caller, password: String) -> Result<(), AccountError> {
        let compared = self.credentials.confirmed(caller.account_id, password, "password").await?;
        let mut work = self.writer.begin().await?;
        let now = work.now();
        let mut account = still_confirmed(&work, &compared, "password").await?;
        refer(&work, None, account.avatar.as_deref()).await?;
        account.avatar = None;
        account.active = false;
        account.staff = false;
        account.suspended_at = Some(now);
        account.deleted_at = Some(now);
        account.username = format!("deleted-{}", account.id);
        // No username can have a colon in it, so this one keeps nobody from a name.
        account.username_key = format!("deleted:{}", account.id);
        // No password has this hash, so that a sign-in that has compared the old one gets no session.
        account.password_hash = String::new();
        account.email = None;
        account.email_key = None;
        account.email_confirmed_at = None;
        account.full_name = None;
        account.first_name = None;
        account.last_name = None;
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
        // By itself, with no account held: whoever decides or blocks takes the two in either order. Should this
        // process die before it, the job takes them out pending.
        let statement = self.writer.engine().statement(
            "UPDATE connection_requests SET status = 'cancelled', decided_at = $1
             WHERE (from_id = $2 OR to_id = $2) AND status = 'pending'",
            [now.into(), id.into()],
        );
        self.writer.database().writer().execute_raw(statement).await?;
        Ok(())
    }

    /// Takes a deleted account out, a part at a time: its notifications and chats from the inboxes of
    /// others, so that each hears of it and counts right; its reviews, and their stars off the listings of others; then
    /// what is its own; then itself. Answers whether that was all.
    /// `job` is the outbox row that asks for it; it may come twice.
    ///
    /// # Errors
    /// The database refuses; what is taken out stays so.
    pub async fn finish(&self, job: i64, account_id: i64) -> Result<bool, DatabaseError> {
        if self.delivery.retract(account_id).await?
            || self.chats.retract(account_id).await?
            || self.reviews.retract(account_id).await?
        {
            return Ok(false);
        }
        if listings::remove_some_of(&self.writer, account_id).await? {
            return Ok(false);
        }
        let engine = self.writer.engine();
        // What it said is kept by nobody, a report neither.
        let statement = engine.statement(
            "UPDATE reports SET quoted = NULL WHERE id IN
                 (SELECT id FROM reports WHERE account_id = $1 AND quoted IS NOT NULL LIMIT $2)",
            [account_id.into(), PART.into()],
        );
        if self.writer.database().writer().execute_raw(statement).await?.rows_affected() > 0 {
            return Ok(false);
        }
        for (table, condition) in OWN {
            let statement = engine.delete_some(table, condition, [account_id.into(), PART.into()]);
            let deleted = self.writer.database().writer().execute_raw(statement).await?.rows_affected();
            if deleted == PART.unsigned_abs() {
                return Ok(false);
            }
        }
        self.take_out(job, account_id).await
    }

    async fn take_out(&self, job: i64, account_id: i64) -> Result<bool, DatabaseError> {
        let work = self.writer.begin().await?;
        if self.outbox.take(work.tx(), &[job]).await?.is_empty() {
            return Ok(true); // done already
        }
        // Lock order: inbox, then account, as whoever writes a notification takes them.
        let lock = work.engine().postgres_only("FOR UPDATE");
        for sql in [
            format!("SELECT account_id FROM inboxes WHERE account_id = $1 {lock}"),
            format!("SELECT id FROM accounts WHERE id = $1 {lock}"),
        ] {
            work.tx().query_one_raw(work.engine().statement(sql, [account_id.into()])).await?;
        }
        // What came in between is the next part's: the row's end would wait for whoever holds it, who may wait
        // for the row.
        let left = "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM notifications WHERE actor_id = $1)
            OR EXISTS (SELECT 1 FROM connection_requests WHERE from_id = $1 OR to_id = $1)
            OR EXISTS (SELECT 1 FROM connections WHERE low_id = $1 OR high_id = $1)
            OR EXISTS (SELECT 1 FROM chats WHERE low_id = $1 OR high_id = $1)
            OR EXISTS (SELECT 1 FROM blocks WHERE blocker_id = $1 OR blocked_id = $1)
            OR EXISTS (SELECT 1 FROM reviews WHERE account_id = $1)
            OR EXISTS (SELECT 1 FROM listings WHERE account_id = $1)";
        if work.tx().query_one_raw(work.engine().statement(left, [account_id.into()])).await?.is_some() {
            work.rollback().await;
            return Ok(false);
        }
        let delete = "DELETE FROM accounts WHERE id = $1 AND deleted_at IS NOT NULL";
        work.tx().execute_raw(work.engine().statement(delete, [account_id.into()])).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// Rows of one table that are deleted at once.
const PART: i64 = 1_000;

/// What is an account's own, which may be a lot. The rest goes with its row.
const OWN: [(&str, &str); 22] = [
    ("notifications", "account_id = $1"),
    ("connection_requests", "from_id = $1"),
    ("connection_requests", "to_id = $1"),
    ("connections", "low_id = $1"),
    ("connections", "high_id = $1"),
    ("blocks", "blocker_id = $1"),
    ("blocks", "blocked_id = $1"),
    ("delivery_marks", "account_id = $1"),
    ("messages", "sender_id = $1"),
    ("messages", "receiver_id = $1"),
    ("chat_members", "account_id = $1"),
    // One that the other still counts is left to the next part: somebody wrote in it until the last moment.
    ("chats", "low_id = $1 AND NOT EXISTS (SELECT 1 FROM chat_members k WHERE k.chat_id = chats.id)"),
    ("chats", "high_id = $1 AND NOT EXISTS (SELECT 1 FROM chat_members k WHERE k.chat_id = chats.id)"),
    ("suggestion_dismissals", "account_id = $1"),
    ("suggestion_dismissals", "dismissed_id = $1"),
    ("contact_messages", "account_id = $1"),
    ("saved_listings", "account_id = $1"),
    ("case_messages", "case_id IN (SELECT id FROM cases WHERE account_id = $1)"),
    ("cases", "account_id = $1"),
    ("reports", "reporter_id = $1"),
    ("sessions", "account_id = $1"),
    ("account_tokens", "account_id = $1"),
];
