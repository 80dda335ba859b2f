//! The chats of an account that goes: the others hear that they are gone.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use super::service::Chats;
use crate::database::DatabaseError;
use crate::events::{Change, Event, InboxEvent};
use crate::inboxes::{self, LockedInbox};

/// Chats in one transaction.
const BATCH: u32 = 500;

impl Chats {
    /// Takes some of the chats with an account from those whom it wrote with; answers whether there may be
    /// more. No trace stays: a client that was away reads its inbox anew.
    ///
    /// # Errors
    /// The database refuses; nothing is done then.
    pub async fn retract(&self, account_id: i64) -> Result<bool, DatabaseError> {
        let mut work = self.writer.begin().await?;
        let engine = work.engine();
        let theirs = "SELECT chat_id, account_id, unread FROM chat_members WHERE other_id = $1
            ORDER BY account_id LIMIT $2";
        let found =
            work.tx().query_all_raw(engine.statement(theirs, [account_id.into(), i64::from(BATCH).into()])).await?;
        let accounts: Vec<i64> = found.iter().map(|row| row.try_get("", "account_id")).collect::<Result<_, _>>()?;
        let mut inboxes = inboxes::lock(&work, &accounts).await?;
        // Asked again under the locks: somebody may have read meanwhile.
        let delete = format!(
            "DELETE FROM chat_members WHERE other_id = $1 AND account_id {} RETURNING chat_id, account_id, unread, last_message_id",
            engine.any("$2")
        );
        let values = [account_id.into(), engine.ids(&accounts)];
        let rows = work.tx().query_all_raw(engine.statement(delete, values)).await?;
        let mut gone = Vec::with_capacity(rows.len());
        for row in &rows {
            let other: i64 = row.try_get("", "account_id")?;
            let unread: i64 = row.try_get("", "unread")?;
            // A chat in which nothing was said is known to nobody else.
            if row.try_get::<i64>("", "last_message_id")? > 0 {
                gone.push((row.try_get::<i64>("", "chat_id")?, other, unread));
            }
        }
        let account = |(_, account_id, _): &(i64, i64, i64)| *account_id;
        let count = |(_, _, unread): &(i64, i64, i64), inbox: &mut LockedInbox| inbox.unread.messages -= unread;
        let gone = inboxes::number(gone, &mut inboxes, account, count);
        inboxes::write_back(&work, &inboxes).await?;
        let floors: BTreeMap<i64, i64> = gone.iter().map(|one| (one.what.1, one.version)).collect();
        inboxes::raise_floors(&work, &floors).await?;
        for one in gone {
            let change = Change::ChatsRemoved { chats: vec![one.what.0] };
            let (account_id, after, version, unread) = (one.what.1, one.after, one.version, one.unread);
            work.tell(Event::Inbox(InboxEvent { account_id, after, version, unread, change, origin: None }));
        }
        work.commit().await?;
        Ok(rows.len() == BATCH as usize)
    }
}
