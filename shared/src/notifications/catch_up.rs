//! What a client has missed: everything in its inbox whose version is above the one it has.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::error::NotificationError;
use super::inbox::LockedInbox;
use super::model::{view, view_columns, view_joins};
use crate::database::{Database, Engine};
use crate::events::{NotificationView, Unread};

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
    pub async fn missed(&self, asked: &HashSet<(i64, i64)>) -> Result<HashMap<(i64, i64), CatchUp>, NotificationError> {
        let engine = self.database.engine();
        // State and changes come from one statement, so from one snapshot. The window numbers each
        // account's changes; on PostgreSQL a lateral join stops reading at the limit.
        let rows = engine.rows("$1", &[("account_id", "bigint"), ("after", "bigint")]);
        let state =
            "i.account_id, r.after, i.version AS inbox_version, i.floor, i.unread_notifications, i.unread_messages";
        let removed = "n.created_version, n.removed_at IS NOT NULL AS removed";
        let columns = view_columns();
        // The inbox's: an account that has missed nothing has a row too.
        let joins = view_joins("i.account_id");
        let sql = match engine {
            Engine::Postgres => format!(
                "SELECT {state}, {removed}, {columns} FROM {rows}
                 JOIN inboxes i ON i.account_id = r.account_id
                 LEFT JOIN LATERAL (SELECT * FROM notifications m WHERE m.account_id = i.account_id
                     AND m.version > r.after ORDER BY m.version LIMIT $2) n ON TRUE
                 {joins} ORDER BY i.account_id, r.after, n.version"
            ),
            Engine::Sqlite => format!(
                "SELECT {state}, {removed}, {columns} FROM {rows}
                 JOIN inboxes i ON i.account_id = r.account_id
                 LEFT JOIN (SELECT m.*, asked.after,
                         row_number() OVER (PARTITION BY m.account_id, asked.after ORDER BY m.version) AS place
                     FROM notifications m JOIN {asked} ON asked.account_id = m.account_id
                     WHERE m.version > asked.after) n
                     ON n.account_id = i.account_id AND n.after = r.after AND n.place <= $2
                 {joins} ORDER BY i.account_id, r.after, n.version",
                asked = engine.rows("$1", &[("account_id", "bigint"), ("after", "bigint")]).replace("AS r", "AS asked"),
            ),
        };
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
            let id: Option<i64> = row.try_get("", "id")?;
            if id.is_none() || answer.reset {
                continue;
            }
            let read = read.entry((account_id, after)).or_insert(0);
            *read += 1;
            if *read > LIMIT {
                answer.more = true;
                continue;
            }
            let notification = view(row)?;
            answer.through = notification.version;
            let created_version: i64 = row.try_get("", "created_version")?;
            let known = created_version <= after;
            let removed: bool = row.try_get("", "removed")?;
            match (removed, known) {
                // What came and went while the client was away, it never knew.
                (true, false) => {}
                (true, true) => {
                    answer.missed.push(Missed::Removed { id: notification.id, version: notification.version });
                }
                (false, true) => answer.missed.push(Missed::Changed { view: Box::new(notification), created_version }),
                (false, false) => answer.missed.push(Missed::New(Box::new(notification))),
            }
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
    pub async fn states(&self, accounts: &[i64]) -> Result<HashMap<i64, InboxState>, NotificationError> {
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
        Ok(states.collect::<Result<_, sea_orm::DbErr>>()?)
    }
}

fn begin(row: &sea_orm::QueryResult, after: i64) -> Result<CatchUp, sea_orm::DbErr> {
    let version: i64 = row.try_get("", "inbox_version")?;
    let floor: i64 = row.try_get("", "floor")?;
    let unread = Unread {
        notifications: row.try_get("", "unread_notifications")?,
        messages: row.try_get("", "unread_messages")?,
    };
    let reset = after > version || after < floor;
    Ok(CatchUp { state: InboxState { version, unread }, through: version, missed: Vec::new(), more: false, reset })
}
