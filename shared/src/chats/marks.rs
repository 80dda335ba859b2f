//! Surfaces whose clients never say what they have: how far each has delivered, and what lies beyond.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::error::ChatError;
use super::model::{JOINED, columns_between, message_between};
use super::service::Chats;
use crate::accounts::no_block;
use crate::database::DatabaseError;
use crate::events::MessageView;

/// Messages read at once.
const PART: u32 = 500;

/// Messages that a surface has not delivered.
#[derive(Debug, Clone)]
pub struct Undelivered {
    /// In the order of their arrival.
    pub messages: Vec<MessageView>,
    /// The version of the inbox that they lead to: go on after it.
    pub through: i64,
    /// Whether there may be more.
    pub more: bool,
}

impl Chats {
    /// Up to which version of an inbox `surface` has delivered its messages; 0 before the first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delivered(&self, account_id: i64, surface: &str) -> Result<i64, ChatError> {
        let statement = self.writer.engine().statement(
            "SELECT version FROM delivery_marks WHERE account_id = $1 AND surface = $2",
            [account_id.into(), surface.into()],
        );
        let row = self.writer.database().reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "version")).transpose()?.unwrap_or(0))
    }

    /// What came to an account after the version `after` of its inbox, up to the version `through`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn undelivered(&self, account_id: i64, after: i64, through: i64) -> Result<Undelivered, ChatError> {
        let sql = format!(
            "SELECT {}, m.receiver_created_version AS arrived FROM messages m {JOINED}
             WHERE m.receiver_id = $1 AND m.receiver_created_version > $2 AND m.receiver_created_version <= $3
                 AND m.removed_at IS NULL AND {}
             ORDER BY m.receiver_created_version LIMIT $4",
            columns_between(),
            no_block("m.sender_id", "m.receiver_id")
        );
        let values = [account_id.into(), after.into(), through.into(), i64::from(PART).into()];
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let messages = rows.iter().map(message_between).collect::<Result<Vec<_>, _>>()?;
        let more = messages.len() == PART as usize;
        let last = rows.last().map(|row| row.try_get("", "arrived")).transpose()?;
        Ok(Undelivered { messages, through: last.filter(|_| more).unwrap_or(through), more })
    }

    /// Moves the marks of a surface on, by account; none goes back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn mark_delivered(&self, surface: &str, marks: &HashMap<i64, i64>) -> Result<(), DatabaseError> {
        let engine = self.writer.engine();
        // An account that is gone has no inbox, and gets no mark. Written from the lowest up, since several
        // processes may write some of the same.
        let sql = format!(
            "INSERT INTO delivery_marks (account_id, surface, version)
             SELECT r.account_id, $2, r.version FROM {} JOIN inboxes i ON i.account_id = r.account_id
             WHERE r.version > 0 ORDER BY r.account_id
             ON CONFLICT (account_id, surface) DO UPDATE SET version = excluded.version
             WHERE excluded.version > delivery_marks.version",
            engine.rows("$1", &[("account_id", "bigint"), ("version", "bigint")])
        );
        let rows: Vec<_> = marks.iter().map(|(id, version)| json!({"account_id": id, "version": version})).collect();
        let rows = serde_json::Value::Array(rows).to_string();
        let statement = engine.statement(sql, [rows.into(), surface.into()]);
        self.writer.database().writer().execute_raw(statement).await?;
        Ok(())
    }
}
