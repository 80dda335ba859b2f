//! Taking notifications out of inboxes. A trace of each stays for a while, so that clients that are
//! away hear of it.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::database::DatabaseError;
use crate::inboxes::{LockedInbox, Versioned, number};
use crate::jobs::UnitOfWork;

/// A notification that is to go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removal {
    pub(super) id: i64,
    pub(super) account_id: i64,
    unread: bool,
}

impl Removal {
    /// From a row with `id`, `account_id` and `unread`.
    pub(super) fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            account_id: row.try_get("", "account_id")?,
            unread: row.try_get("", "unread")?,
        })
    }
}

/// Removes notifications of locked inboxes; answers each with the version of its removal.
pub(super) async fn remove(
    work: &UnitOfWork,
    removals: Vec<Removal>,
    inboxes: &mut BTreeMap<i64, LockedInbox>,
) -> Result<Vec<Versioned<Removal>>, DatabaseError> {
    let count = |removal: &Removal, inbox: &mut LockedInbox| inbox.unread.notifications -= i64::from(removal.unread);
    let removed = number(removals, inboxes, |removal| removal.account_id, count);
    if removed.is_empty() {
        return Ok(removed);
    }
    write(work, removed.iter().map(|one| (one.what.id, one.version))).await?;
    Ok(removed)
}

/// Writes down that notifications are gone, each with the version of its removal.
pub(super) async fn write(
    work: &UnitOfWork,
    removals: impl IntoIterator<Item = (i64, i64)>,
) -> Result<(), DatabaseError> {
    let engine = work.engine();
    let sql = format!(
        "UPDATE notifications SET removed_at = $2, version = r.version FROM {} WHERE notifications.id = r.id",
        engine.rows("$1", &[("id", "bigint"), ("version", "bigint")])
    );
    let rows: Vec<_> =
        removals.into_iter().map(|(id, version)| serde_json::json!({"id": id, "version": version})).collect();
    let rows = serde_json::Value::Array(rows).to_string();
    work.tx().execute_raw(engine.statement(sql, [rows.into(), work.now().into()])).await?;
    Ok(())
}
