//! What a client has missed: everything in its inbox whose version is above the one it has.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde_json::json;

use super::parts::{lateral, windowed};
use super::row::LockedInbox;
use crate::accounts::{Person, no_block, person};
use crate::chats::{MESSAGE_COLUMNS, message};
use crate::database::{Database, DatabaseError, Engine};
use crate::events::{MessageView, NotificationView, ReadMark, Unread};
use crate::notifications::{view, view_columns};

/// Changes answered at once; a client with more asks again.
const LIMIT: i64 = 1_000;

/// An inbox as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxState {
    /// Its version.
    pub version: i64,
    /// What is unread.
    pub unread: Unread,
}

/// One change that was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// A notification that the client does not know.
    New(Box<NotificationView>),
    /// One that it knows, and that has changed.
    Changed {
        /// As it stands.
        view: Box<NotificationView>,
        /// The inbox's version when it arrived.
        created_version: i64,
    },
    /// One that it knows, and that is gone.
    Removed {
        /// Which.
        id: i64,
        /// The version of the removal.
        version: i64,
    },
    /// A message that the client does not know, or that has changed since.
    Message {
        /// As it stands.
        view: Box<MessageView>,
        /// The inbox's version of its last change.
        version: i64,
        /// The inbox's version when it was sent.
        created_version: i64,
        /// Whether it is new to the client.
        new: bool,
    },
    /// A message that it knows, and that is gone.
    MessageRemoved {
        /// From which chat.
        chat_id: i64,
        /// Which.
        id: i64,
        /// The version of the removal.
        version: i64,
    },
    /// A read mark.
    ReadThrough {
        /// As it stands.
        mark: ReadMark,
        /// Its version.
        version: i64,
    },
    /// A chat that a block has hidden.
    ChatRemoved {
        /// Which.
        id: i64,
        /// The version of the removal.
        version: i64,
    },
}

/// What was missed after a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUp {
    /// The inbox as it stands.
    pub state: InboxState,
    /// The version that the changes lead to: the inbox's, or less when there is more.
    pub through: i64,
    /// The changes, by version.
    pub missed: Vec<Missed>,
    /// Whether there is more above `through`.
    pub more: bool,
    /// The version that was asked from can't be resumed from: it lies above the inbox's, or below
    /// what has been swept. The client reads its inbox anew.
    pub reset: bool,
}

/// Reads what was missed.
#[derive(Debug, Clone)]
pub struct CatchUps {
    database: Database,
}

impl CatchUps {
    /// Over `database`.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// What was missed, by account and the version asked from; one query, however many wait.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn missed(&self, asked: &HashSet<(i64, i64)>) -> Result<HashMap<(i64, i64), CatchUp>, DatabaseError> {
        let engine = self.database.engine();
        // State and changes come from one statement, so from one snapshot.
        let rows = engine.rows("$1", &[("account_id", "bigint"), ("after", "bigint")]);
        let changes = match engine {
            Engine::Postgres => lateral(),
            Engine::Sqlite => windowed(&rows),
        };
        let sql = format!(
            "SELECT i.account_id, r.after, i.version AS inbox_version, i.floor, i.unread_notifications,
                 i.unread_messages, ch.what, ch.version AS change_version, ch.created_version, ch.removed, ch.subject,
                 ch.what <> 'notification' AND NOT ({unblocked}) AS hidden, {notification}, {MESSAGE_COLUMNS},
                 k.account_id AS reader_id, k.read_through, k.read_at AS marked_at
             FROM {rows} JOIN inboxes i ON i.account_id = r.account_id
             LEFT JOIN {changes}
             LEFT JOIN notifications n ON ch.what = 'notification' AND n.id = ch.subject
             LEFT JOIN messages m ON ch.what IN ('sent', 'received') AND m.id = ch.subject
             LEFT JOIN chat_members k ON ch.what IN ('read', 'heard') AND k.chat_id = ch.subject
                 AND k.account_id = CASE ch.what WHEN 'read' THEN i.account_id ELSE ch.other_id END
             JOIN accounts o ON o.id = i.account_id LEFT JOIN accounts a ON a.id = ch.other_id
             ORDER BY i.account_id, r.after, ch.version",
            unblocked = no_block("ch.other_id", "i.account_id"),
            notification = view_columns(),
        );
        let wanted: Vec<_> = asked.iter().map(|(id, after)| json!({"account_id": id, "after": after})).collect();
        let wanted = serde_json::Value::Array(wanted).to_string();
        let statement = engine.statement(sql, [wanted.into(), (LIMIT + 1).into()]);
        let rows = self.database.reader().query_all_raw(statement).await?;

        let mut answers: HashMap<(i64, i64), CatchUp> = HashMap::new();
        let mut read: HashMap<(i64, i64), i64> = HashMap::new();
        for row in &rows {
            let account_id: i64 = row.try_get("", "account_id")?;
            let after: i64 = row.try_get("", "after")?;
            let answer = match answers.entry((account_id, after)) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => entry.insert(begin(row, after)?),
            };
            // An account that has missed nothing has a row too.
            let what: Option<String> = row.try_get("", "what")?;
            let Some(what) = what.filter(|_| !answer.reset) else { continue };
            let read = read.entry((account_id, after)).or_insert(0);
            *read += 1;
            if *read > LIMIT {
                answer.more = true;
                continue;
            }
            answer.through = row.try_get("", "change_version")?;
            answer.missed.extend(change(row, &what, after)?);
        }
        for answer in answers.values_mut().filter(|answer| !answer.more) {
            answer.through = answer.state.version;
        }
        Ok(answers)
    }

    /// The inboxes of the accounts as they stand.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn states(&self, accounts: &[i64]) -> Result<HashMap<i64, InboxState>, DatabaseError> {
        let engine = self.database.engine();
        let sql = format!(
            "SELECT account_id, version, unread_notifications, unread_messages FROM inboxes WHERE account_id {}",
            engine.any("$1")
        );
        let rows = self.database.reader().query_all_raw(engine.statement(sql, [engine.ids(accounts)])).await?;
        let states = rows.iter().map(|row| {
            let LockedInbox { version, unread } = LockedInbox::read(row)?;
            Ok((row.try_get("", "account_id")?, InboxState { version, unread }))
        });
        Ok(states.collect::<Result<_, DbErr>>()?)
    }
}

fn begin(row: &QueryResult, after: i64) -> Result<CatchUp, DbErr> {
    let version: i64 = row.try_get("", "inbox_version")?;
    let floor: i64 = row.try_get("", "floor")?;
    let unread = Unread {
        notifications: row.try_get("", "unread_notifications")?,
        messages: row.try_get("", "unread_messages")?,
    };
    let reset = after > version || after < floor;
    Ok(CatchUp { state: InboxState { version, unread }, through: version, missed: Vec::new(), more: false, reset })
}

/// The change of a row, if the client is to hear of it.
fn change(row: &QueryResult, what: &str, after: i64) -> Result<Option<Missed>, DbErr> {
    let version: i64 = row.try_get("", "change_version")?;
    let created_version: i64 = row.try_get("", "created_version")?;
    let subject: i64 = row.try_get("", "subject")?;
    let removed: bool = row.try_get("", "removed")?;
    let hidden: bool = row.try_get("", "hidden")?;
    let known = created_version <= after;
    Ok(match what {
        // What came and went while the client was away, it never knew.
        "notification" | "sent" | "received" if removed && !known => None,
        "notification" if removed => Some(Missed::Removed { id: subject, version }),
        "notification" if known => Some(Missed::Changed { view: Box::new(view(row)?), created_version }),
        "notification" => Some(Missed::New(Box::new(view(row)?))),
        "read" if hidden => Some(Missed::ChatRemoved { id: subject, version }),
        _ if hidden => None,
        "read" | "heard" => Some(Missed::ReadThrough { mark: mark(row, subject)?, version }),
        _ if removed => {
            Some(Missed::MessageRemoved { chat_id: row.try_get("message_", "chat_id")?, id: subject, version })
        }
        _ => {
            let (owner, other): (Person, Person) = (person(row, "recipient_")?, person(row, "actor_")?);
            let account_id = owner.id;
            let (sender, receiver) = if what == "sent" { (owner, other) } else { (other, owner) };
            let view = Box::new(message(row, sender, receiver)?.told_to(account_id));
            Some(Missed::Message { view, version, created_version, new: !known })
        }
    })
}

fn mark(row: &QueryResult, chat_id: i64) -> Result<ReadMark, DbErr> {
    Ok(ReadMark {
        chat_id,
        account_id: row.try_get("", "reader_id")?,
        through: row.try_get("", "read_through")?,
        read_at: row.try_get("", "marked_at")?,
    })
}
