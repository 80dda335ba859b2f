//! The traces of messages that were removed: they go when nobody can be waiting for them any more.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use super::service::Chats;
use crate::database::DatabaseError;
use crate::inboxes;
use crate::ports::clock::Timestamp;

/// Rows in one transaction.
const BATCH: u32 = 1_000;

impl Chats {
    /// Deletes traces of messages removed before `before`, and raises the versions that their inboxes can be
    /// resumed from; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn purge_removed(&self, before: Timestamp) -> Result<bool, DatabaseError> {
        let work = self.writer.begin().await?;
        let engine = work.engine();
        // Before the inboxes, against the order of locks: nobody else touches what is removed, and two workers
        // that sweep pass each other by.
        let sql = format!(
            "DELETE FROM messages WHERE id {} RETURNING sender_id, sender_version, receiver_id, receiver_version",
            engine.any_of(&format!(
                "SELECT id FROM messages WHERE removed_at < $1 ORDER BY removed_at LIMIT $2 {}",
                engine.postgres_only("FOR UPDATE SKIP LOCKED")
            ))
        );
        let rows = work.tx().query_all_raw(engine.statement(sql, [before.into(), i64::from(BATCH).into()])).await?;
        let mut floors: BTreeMap<i64, i64> = BTreeMap::new();
        for row in &rows {
            for (account, version) in [("sender_id", "sender_version"), ("receiver_id", "receiver_version")] {
                let floor = floors.entry(row.try_get("", account)?).or_default();
                *floor = (*floor).max(row.try_get("", version)?);
            }
        }
        inboxes::raise_floors(&work, &floors).await?;
        work.commit().await?;
        Ok(rows.len() == BATCH as usize)
    }
}
