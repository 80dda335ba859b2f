//! Read marks: how far somebody has read, which both inboxes hear of.

use sea_orm::ConnectionTrait;

use super::error::ChatError;
use super::model::ChatRead;
use super::service::Chats;
use super::unread_mails::forget;
use crate::accounts::no_block;
use crate::events::{Change, Event, InboxEvent, ReadMark};
use crate::inboxes::{self, LockedInbox};
use crate::ports::clock::Timestamp;

impl Chats {
    /// Marks as read what came in a chat up to the message `through`. Less than was read before changes
    /// nothing.
    ///
    /// # Errors
    /// The account is not in it, or a block stands between the two.
    pub async fn read(&self, account_id: i64, chat_id: i64, through: i64) -> Result<ChatRead, ChatError> {
        // Most marks that change nothing are found so without a lock.
        let seen = self.standing(self.writer.database().reader(), account_id, chat_id, through).await?;
        if seen.next.is_none() {
            return self.as_it_was(account_id, chat_id, seen).await;
        }
        let mut work = self.writer.begin().await?;
        let engine = work.engine();
        let mut inboxes = inboxes::lock(&work, &[account_id, seen.other_id]).await?;
        // What the mark comes to is asked under the locks, which whoever sends takes too.
        let Standing { other_id, next, newly_read, .. } =
            self.standing(work.tx(), account_id, chat_id, through).await?;
        let Some(through) = next else {
            // Its connection is given back before another is asked for: those who wait for the locks have the rest.
            work.rollback().await;
            return self.as_it_was(account_id, chat_id, seen).await;
        };
        let inbox = inboxes.get_mut(&account_id).ok_or(ChatError::NotFound)?;
        let mark = ReadMark { chat_id, account_id, through, read_at: Some(work.now()) };
        inbox.unread.messages -= newly_read;
        let (after, version) = inbox.advance(1);
        let own = inbox.unread;
        let mut events = vec![InboxEvent {
            account_id,
            after,
            version,
            unread: own,
            change: Change::ReadThrough(mark),
            origin: None,
        }];
        let mut heard = 0;
        if let Some(inbox) = inboxes.get_mut(&other_id) {
            let (after, version) = inbox.advance(1);
            heard = version;
            let (account_id, unread) = (other_id, inbox.unread);
            events.push(InboxEvent {
                account_id,
                after,
                version,
                unread,
                change: Change::ReadThrough(mark),
                origin: None,
            });
        }
        let update = engine.statement(
            "UPDATE chat_members SET read_through = $3, read_at = $4, unread = unread - $5, version = $6, other_version = $7
             WHERE chat_id = $1 AND account_id = $2",
            [
                chat_id.into(),
                account_id.into(),
                through.into(),
                mark.read_at.into(),
                newly_read.into(),
                version.into(),
                heard.into(),
            ],
        );
        work.tx().execute_raw(update).await?;
        inboxes::write_back(&work, &inboxes).await?;
        forget(&work, account_id).await?;
        for event in events {
            work.tell(Event::Inbox(event));
        }
        work.commit().await?;
        Ok(ChatRead { read: newly_read, mark, unread: own, version })
    }

    /// Where an account stands in a chat, and what reading it up to a message comes to.
    async fn standing(
        &self,
        db: &impl ConnectionTrait,
        account_id: i64,
        chat_id: i64,
        through: i64,
    ) -> Result<Standing, ChatError> {
        let sql = format!(
            "SELECT k.other_id, k.read_through, k.read_at, n.through,
                 (SELECT count(*) FROM messages m WHERE m.chat_id = k.chat_id AND m.receiver_id = k.account_id
                  AND m.id > k.read_through AND m.id > k.hidden_through AND m.id <= n.through
                  AND m.removed_at IS NULL) AS newly_read
             FROM chat_members k CROSS JOIN (SELECT max(id) AS through FROM messages
                 WHERE chat_id = $1 AND receiver_id = $2 AND id <= $3) AS n
             WHERE k.chat_id = $1 AND k.account_id = $2 AND {}",
            no_block("k.other_id", "k.account_id")
        );
        let statement = self.writer.engine().statement(sql, [chat_id.into(), account_id.into(), through.into()]);
        let row = db.query_one_raw(statement).await?.ok_or(ChatError::NotFound)?;
        let (before, next): (i64, Option<i64>) = (row.try_get("", "read_through")?, row.try_get("", "through")?);
        Ok(Standing {
            other_id: row.try_get("", "other_id")?,
            before,
            read_at: row.try_get("", "read_at")?,
            next: next.filter(|next| *next > before),
            newly_read: row.try_get("", "newly_read")?,
        })
    }

    /// That nothing has changed.
    async fn as_it_was(&self, account_id: i64, chat_id: i64, seen: Standing) -> Result<ChatRead, ChatError> {
        let state = inboxes::state(self.writer.database().reader(), self.writer.engine(), account_id).await?;
        let LockedInbox { version, unread } = state.ok_or(ChatError::NotFound)?;
        let mark = ReadMark { chat_id, account_id, through: seen.before, read_at: seen.read_at };
        Ok(ChatRead { read: 0, mark, unread, version })
    }
}

/// Where an account stands in a chat.
struct Standing {
    other_id: i64,
    /// How far it has read.
    before: i64,
    /// When.
    read_at: Option<Timestamp>,
    /// How far it has read with the mark, if that is further.
    next: Option<i64>,
    /// How many unread messages that takes in.
    newly_read: i64,
}
