//! What is swept from inboxes: first read notifications are removed like any other (so that every
//! client hears of it), and much later the traces of what was removed are deleted.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;

use super::removal;
use super::service::Notifications;
use crate::database::DatabaseError;
use crate::events::{Change, Event, InboxEvent};
use crate::inboxes;
use crate::ports::clock::Timestamp;

/// Rows in one transaction.
const BATCH: u32 = 1_000;

impl Notifications {
    /// Removes notifications that were read before `before`; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn expire_read(&self, before: Timestamp) -> Result<bool, DatabaseError> {
        let mut work = self.writer().begin().await?;
        let engine = work.engine();
        let old = engine.statement(
            "SELECT account_id FROM notifications WHERE read_at < $1 AND removed_at IS NULL LIMIT $2",
            [before.into(), i64::from(BATCH).into()],
        );
        let old = work.tx().query_all_raw(old).await?;
        let accounts: BTreeSet<i64> =
            old.iter().map(|row| row.try_get("", "account_id")).collect::<Result<_, sea_orm::DbErr>>()?;
        let accounts: Vec<i64> = accounts.into_iter().collect();
        let mut inboxes = inboxes::lock(&work, &accounts).await?;
        // Which they are is asked under the locks: their owners and other workers remove some too.
        let sql = format!(
            "SELECT account_id, id FROM notifications
             WHERE read_at < $1 AND removed_at IS NULL AND account_id {} ORDER BY id LIMIT $2",
            engine.any("$3")
        );
        let values = [before.into(), i64::from(BATCH).into(), engine.ids(&accounts)];
        let rows = work.tx().query_all_raw(engine.statement(sql, values)).await?;
        let mut by_account: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for row in &rows {
            by_account.entry(row.try_get("", "account_id")?).or_default().push(row.try_get("", "id")?);
        }
        let mut versions = Vec::with_capacity(rows.len());
        for (account_id, ids) in by_account {
            let Some(inbox) = inboxes.get_mut(&account_id) else { continue };
            let (after, version) = inbox.advance(i64::try_from(ids.len()).unwrap_or(i64::MAX));
            versions.extend(ids.iter().copied().zip(after + 1..));
            let change = Change::Removed { notifications: ids };
            work.tell(Event::Inbox(InboxEvent {
                account_id,
                after,
                version,
                unread: inbox.unread,
                change,
                origin: None,
            }));
        }
        removal::write(&work, versions).await?;
        inboxes::write_back(&work, &inboxes).await?;
        work.commit().await?;
        Ok(old.len() == BATCH as usize)
    }

    /// Deletes traces of notifications removed before `before`, and raises the version that their
    /// inboxes can be resumed from; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn purge_removed(&self, before: Timestamp) -> Result<bool, DatabaseError> {
        let work = self.writer().begin().await?;
        let engine = work.engine();
        // Before the inboxes, against the order of locks: nobody else touches what is removed, and two
        // workers that sweep pass each other by.
        let sql = format!(
            "DELETE FROM notifications WHERE id {} RETURNING account_id, version",
            engine.any_of(&format!(
                "SELECT id FROM notifications WHERE removed_at < $1 ORDER BY removed_at LIMIT $2 {}",
                engine.postgres_only("FOR UPDATE SKIP LOCKED")
            ))
        );
        let delete = engine.statement(sql, [before.into(), i64::from(BATCH).into()]);
        let rows = work.tx().query_all_raw(delete).await?;
        let mut floors: BTreeMap<i64, i64> = BTreeMap::new();
        for row in &rows {
            let version: i64 = row.try_get("", "version")?;
            floors
                .entry(row.try_get("", "account_id")?)
                .and_modify(|floor| *floor = (*floor).max(version))
                .or_insert(version);
        }
        inboxes::raise_floors(&work, &floors).await?;
        work.commit().await?;
        Ok(rows.len() == BATCH as usize)
    }
}
