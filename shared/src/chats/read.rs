//! Read marks: how far somebody has read, which both inboxes hear of.

use sea_orm::ConnectionTrait;

use super::error::ChatError;
use super::model::ChatRead;
use super::service::Chats;
use crate::accounts::no_block;
use crate::events::{Change, Event, InboxEvent, ReadMark};
use crate::inboxes;

impl Chats {
    /// Marks as read what came in a chat up to the message `through`. Less than was read before changes
    /// nothing.
    ///
    /// # Errors
    /// The account is not in it, or a block stands between the two.
    pub async fn read(&self, account_id: i64, chat_id: i64, through: i64) -> Result<ChatRead, ChatError> {
        let other_id = self.other(account_id, chat_id).await?;
        let mut work = self.writer.begin().await?;
        let engine = work.engine();
        let mut inboxes = inboxes::lock(&work, &[account_id, other_id]).await?;
        // What the mark comes to is asked under the locks, which whoever sends takes too.
        let sql = format!(
            "SELECT k.read_through, k.read_at, k.unread, n.through,
                 (SELECT count(*) FROM messages m WHERE m.chat_id = k.chat_id AND m.receiver_id = k.account_id
                  AND m.id > COALESCE(n.through, 0) AND m.removed_at IS NULL) AS left_unread
             FROM chat_members k CROSS JOIN (SELECT max(id) AS through FROM messages
                 WHERE chat_id = $1 AND receiver_id = $2 AND id <= $3) AS n
             WHERE k.chat_id = $1 AND k.account_id = $2 AND {}",
            no_block("k.other_id", "k.account_id")
        );
        let statement = engine.statement(sql, [chat_id.into(), account_id.into(), through.into()]);
        let row = work.tx().query_one_raw(statement).await?.ok_or(ChatError::NotFound)?;
        let (before, unread): (i64, i64) = (row.try_get("", "read_through")?, row.try_get("", "unread")?);
        let next: Option<i64> = row.try_get("", "through")?;
        let inbox = inboxes.get_mut(&account_id).ok_or(ChatError::NotFound)?;
        let Some(through) = next.filter(|next| *next > before) else {
            let mark = ReadMark { chat_id, account_id, through: before, read_at: row.try_get("", "read_at")? };
            return Ok(ChatRead { read: 0, mark, unread: inbox.unread, version: inbox.version });
        };
        let left: i64 = row.try_get("", "left_unread")?;
        let mark = ReadMark { chat_id, account_id, through, read_at: Some(work.now()) };
        inbox.unread.messages -= unread - left;
        let (after, version) = inbox.advance(1);
        let own = inbox.unread;
        let mut events =
            vec![InboxEvent { account_id, after, version, unread: own, change: Change::ReadThrough(mark) }];
        let mut heard = 0;
        if let Some(inbox) = inboxes.get_mut(&other_id) {
            let (after, version) = inbox.advance(1);
            heard = version;
            let (account_id, unread) = (other_id, inbox.unread);
            events.push(InboxEvent { account_id, after, version, unread, change: Change::ReadThrough(mark) });
        }
        let update = engine.statement(
            "UPDATE chat_members SET read_through = $3, read_at = $4, unread = $5, version = $6, other_version = $7
             WHERE chat_id = $1 AND account_id = $2",
            [
                chat_id.into(),
                account_id.into(),
                through.into(),
                mark.read_at.into(),
                left.into(),
                version.into(),
                heard.into(),
            ],
        );
        work.tx().execute_raw(update).await?;
        inboxes::write_back(&work, &inboxes).await?;
        for event in events {
            work.tell(Event::Inbox(event));
        }
        work.commit().await?;
        Ok(ChatRead { read: unread - left, mark, unread: own, version })
    }
}
