//! What a block does to the chat of the two: it is there for neither, and counts for neither.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::accounts::no_block;
use crate::database::DatabaseError;
use crate::events::{Change, Event, InboxEvent};
use crate::inboxes::{LockedInbox, Versioned, number};
use crate::jobs::UnitOfWork;

/// A chat that is hidden from one of its two.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HiddenChat {
    chat_id: i64,
    account_id: i64,
    unread: i64,
}

impl HiddenChat {
    /// What its account is told.
    pub(crate) fn event(one: &Versioned<Self>) -> Event {
        let Versioned { what, after, version, unread } = one;
        let change = Change::ChatsRemoved { chats: vec![what.chat_id] };
        Event::Inbox(InboxEvent {
            account_id: what.account_id,
            after: *after,
            version: *version,
            unread: *unread,
            change,
            origin: None,
        })
    }
}

/// Hides the chats of pairs of accounts, whose inboxes are locked: what was unread counts no longer. A pair
/// whose block is lifted already, and a chat in which nothing was said, are passed over. Answers each with
/// its version.
pub(crate) async fn hide(
    work: &UnitOfWork,
    pairs: &[(i64, i64)],
    inboxes: &mut BTreeMap<i64, LockedInbox>,
) -> Result<Vec<Versioned<HiddenChat>>, DatabaseError> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let engine = work.engine();
    let sql = format!(
        "SELECT DISTINCT k.chat_id, k.account_id, k.unread FROM {}
         JOIN chats c ON c.low_id = r.low_id AND c.high_id = r.high_id JOIN chat_members k ON k.chat_id = c.id
         WHERE k.last_message_id > 0 AND NOT ({}) ORDER BY k.chat_id, k.account_id",
        engine.rows("$1", &[("low_id", "bigint"), ("high_id", "bigint")]),
        no_block("c.low_id", "c.high_id")
    );
    let rows: Vec<_> =
        pairs.iter().map(|(one, other)| json!({"low_id": one.min(other), "high_id": one.max(other)})).collect();
    let rows = serde_json::Value::Array(rows).to_string();
    let rows = work.tx().query_all_raw(engine.statement(sql, [rows.into()])).await?;
    let chats = rows
        .iter()
        .map(|row| {
            Ok(HiddenChat {
                chat_id: row.try_get("", "chat_id")?,
                account_id: row.try_get("", "account_id")?,
                unread: row.try_get("", "unread")?,
            })
        })
        .collect::<Result<Vec<_>, sea_orm::DbErr>>()?;
    let count = |chat: &HiddenChat, inbox: &mut LockedInbox| inbox.unread.messages -= chat.unread;
    let hidden = number(chats, inboxes, |chat| chat.account_id, count);
    let sql = format!(
        "UPDATE chat_members SET unread = 0, hidden_through = last_message_id, version = r.version FROM {}
         WHERE chat_members.chat_id = r.chat_id AND chat_members.account_id = r.account_id",
        engine.rows("$1", &[("chat_id", "bigint"), ("account_id", "bigint"), ("version", "bigint")])
    );
    let rows: Vec<_> = hidden
        .iter()
        .map(|one| json!({"chat_id": one.what.chat_id, "account_id": one.what.account_id, "version": one.version}))
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    work.tx().execute_raw(engine.statement(sql, [rows.into()])).await?;
    Ok(hidden)
}
