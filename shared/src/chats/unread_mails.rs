//! Mails about messages that stay unread: one, until something is read.
//!
//! A row of `mail_requests` says that a mail was asked for since the account last read something. Messages
//! write it, reading takes it away, and who looks whether the mail is due has it too, each under the lock of
//! the account's inbox: so every message that stays unread is told of, and none twice.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, QueryResult};

use crate::accounts::{Kept, is_present, mark_refused, no_block};
use crate::database::DatabaseError;
use crate::events::MessageView;
use crate::inboxes;
use crate::jobs::payloads::UnreadMessages;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::clock::Timestamp;

/// The word in `mail_requests`.
const PURPOSE: &str = "unread_messages";

/// A mail about unread messages, to be written.
#[derive(Clone)]
pub struct UnreadOrder {
    /// Whose they are.
    pub account_id: i64,
    /// Where to.
    pub email: String,
    /// The email as it is compared.
    pub email_key: Option<String>,
    /// To whom.
    pub name: String,
    /// How many messages are unread.
    pub messages: i64,
    /// How many people they are from.
    pub people: i64,
}

impl std::fmt::Debug for UnreadOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnreadOrder").field("account_id", &self.account_id).finish_non_exhaustive()
    }
}

/// What is to become of a job.
#[derive(Debug, Clone)]
pub enum UnreadMail {
    /// There is nothing to tell, or nobody who wants to hear it.
    Nothing,
    /// What is unread may still be read, until then.
    Early(Timestamp),
    /// It is to be sent.
    Due(UnreadOrder),
}

/// Mails about unread messages.
#[derive(Debug, Clone)]
pub struct UnreadMails {
    writer: Writer,
    /// How long a message stays unread before a mail tells of it.
    after: TimeDelta,
}

impl UnreadMails {
    /// After so many minutes.
    #[must_use]
    pub fn new(writer: Writer, minutes: u32) -> Self {
        Self { writer, after: TimeDelta::minutes(minutes.into()) }
    }

    /// Asks for a mail about a message, unless one was asked for since its receiver read something. The
    /// `first` of all that are unread asks in any case: what was asked for before has nothing left to tell.
    /// The receiver's inbox is locked, and may be mailed about.
    pub(super) async fn ask(&self, work: &UnitOfWork, message: &MessageView, first: bool) -> Result<(), DatabaseError> {
        let account_id = message.receiver.id;
        let statement = work.engine().statement(
            "INSERT INTO mail_requests (account_id, purpose, asked_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, purpose) DO UPDATE SET asked_at = excluded.asked_at WHERE $4",
            [account_id.into(), PURPOSE.into(), work.now().into(), first.into()],
        );
        if work.tx().execute_raw(statement).await?.rows_affected() == 1 {
            let job = UnreadMessages { account_id, message_id: message.id, asked_at: work.now() };
            work.ask_at(&job, work.now() + self.after).await?;
        }
        Ok(())
    }

    /// Whether the mail of a job is due. One that has nothing to tell leaves the next message free to ask.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn look(&self, job: &UnreadMessages) -> Result<UnreadMail, DatabaseError> {
        let work = self.writer.begin().await?;
        inboxes::lock(&work, &[job.account_id]).await?;
        let row = waiting(&work, job).await?;
        let oldest: Option<Timestamp> = row.as_ref().map(|row| row.try_get("", "oldest")).transpose()?.flatten();
        let mail = match (row, oldest.map(|oldest| oldest + self.after)) {
            (Some(_), Some(due)) if due > work.now() => UnreadMail::Early(due),
            (Some(row), Some(_)) => UnreadMail::Due(order(&row, job.account_id)?),
            _ => {
                let statement = work.engine().statement(
                    "DELETE FROM mail_requests WHERE account_id = $1 AND purpose = $2 AND asked_at = $3",
                    [job.account_id.into(), PURPOSE.into(), job.asked_at.into()],
                );
                work.tx().execute_raw(statement).await?;
                UnreadMail::Nothing
            }
        };
        work.commit().await?;
        Ok(mail)
    }

    /// Notes that the mail of an order was accepted by the server, or refused for good, which its owner shall
    /// see. Part of the caller's work.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn answered(&self, work: &UnitOfWork, order: &UnreadOrder, refused: bool) -> Result<(), DatabaseError> {
        let refused_at = refused.then(|| work.now());
        let email = order.email_key.as_deref();
        mark_refused(work.tx(), work.engine(), Kept::Account, order.account_id, email, refused_at).await
    }
}

/// That the account `a` is mailed about its unread messages.
pub(super) fn may_be_mailed(a: &str) -> String {
    format!(
        "({} AND {a}.unread_mails AND {a}.deleted_at IS NULL AND {a}.email IS NOT NULL
          AND {a}.email_confirmed_at IS NOT NULL AND {a}.email_refused_at IS NULL)",
        is_present(a)
    )
}

/// Something was read: the next message asks for a mail anew. The account's inbox is locked.
pub(super) async fn forget(work: &UnitOfWork, account_id: i64) -> Result<(), DatabaseError> {
    let statement = work.engine().statement(
        "DELETE FROM mail_requests WHERE account_id = $1 AND purpose = $2",
        [account_id.into(), PURPOSE.into()],
    );
    work.tx().execute_raw(statement).await?;
    Ok(())
}

/// The account of a job, if it may be mailed and the job is still the one that was asked for: what it has not
/// read, and since when the oldest of what came from the job's message on is there.
async fn waiting(work: &UnitOfWork, job: &UnreadMessages) -> Result<Option<QueryResult>, DatabaseError> {
    let sql = format!(
        "SELECT a.email, a.email_key, COALESCE(a.full_name, a.username) AS name, i.unread_messages AS messages,
             (SELECT count(*) FROM chat_members u WHERE u.account_id = a.id AND u.unread > 0) AS people,
             (SELECT m.created_at FROM chat_members k
              JOIN messages m ON m.chat_id = k.chat_id AND m.id > k.read_through
                  AND m.id > k.hidden_through AND m.id >= $2
              WHERE k.account_id = a.id AND k.last_message_id >= $2 AND m.receiver_id = a.id
                  AND m.removed_at IS NULL AND {}
              ORDER BY m.id LIMIT 1) AS oldest
         FROM accounts a JOIN inboxes i ON i.account_id = a.id
         JOIN mail_requests q ON q.account_id = a.id AND q.purpose = $3 AND q.asked_at = $4
         WHERE a.id = $1 AND {}",
        no_block("k.other_id", "k.account_id"),
        may_be_mailed("a"),
    );
    let values = [job.account_id.into(), job.message_id.into(), PURPOSE.into(), job.asked_at.into()];
    Ok(work.tx().query_one_raw(work.engine().statement(sql, values)).await?)
}

fn order(row: &QueryResult, account_id: i64) -> Result<UnreadOrder, DatabaseError> {
    Ok(UnreadOrder {
        account_id,
        email: row.try_get("", "email")?,
        email_key: row.try_get("", "email_key")?,
        name: row.try_get("", "name")?,
        messages: row.try_get("", "messages")?,
        people: row.try_get("", "people")?,
    })
}
