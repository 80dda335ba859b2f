//! The inbox row: its lock orders every change of an account's inbox, so that commit order is
//! version order.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, QueryResult};

use crate::database::{DatabaseError, Engine};
use crate::events::Unread;
use crate::jobs::UnitOfWork;

/// A locked inbox, as it will be.
#[derive(Debug, Clone, Copy)]
pub(super) struct LockedInbox {
    pub(super) version: i64,
    pub(super) unread: Unread,
}

impl LockedInbox {
    /// Takes the next `by` versions; answers the one before and the last.
    pub(super) fn advance(&mut self, by: i64) -> (i64, i64) {
        let after = self.version;
        self.version += by;
        (after, self.version)
    }

    pub(super) fn read(row: &QueryResult) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            version: row.try_get("", "version")?,
            unread: Unread {
                notifications: row.try_get("", "unread_notifications")?,
                messages: row.try_get("", "unread_messages")?,
            },
        })
    }
}

/// Locks inboxes by account id from the lowest up: the lock order of everything that changes more
/// than one. Accounts that are gone are left out.
pub(super) async fn lock(work: &UnitOfWork, accounts: &[i64]) -> Result<BTreeMap<i64, LockedInbox>, DatabaseError> {
    let engine = work.engine();
    let sql = format!(
        "SELECT account_id, version, unread_notifications, unread_messages FROM inboxes
         WHERE account_id {} ORDER BY account_id {}",
        engine.any("$1"),
        engine.postgres_only("FOR UPDATE")
    );
    let rows = work.tx().query_all_raw(engine.statement(sql, [engine.ids(accounts)])).await?;
    let inboxes = rows.iter().map(|row| Ok((row.try_get("", "account_id")?, LockedInbox::read(row)?)));
    Ok(inboxes.collect::<Result<_, sea_orm::DbErr>>()?)
}

/// Writes locked inboxes back.
pub(super) async fn write_back(work: &UnitOfWork, inboxes: &BTreeMap<i64, LockedInbox>) -> Result<(), DatabaseError> {
    let engine = work.engine();
    work.tx().execute_raw(engine.statement(update_sql(engine), [rows(inboxes)])).await?;
    Ok(())
}

/// Removes notifications, each with the version of its removal. A trace stays for a while, so that
/// clients that are away hear of it.
pub(super) async fn remove(
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

/// The statement that writes locked inboxes back, their rows bound to `$1` by [`rows`].
pub(super) fn update_sql(engine: Engine) -> String {
    let columns = [("account_id", "bigint"), ("version", "bigint"), ("unread", "bigint")];
    format!(
        "UPDATE inboxes SET version = r.version, unread_notifications = r.unread
         FROM {} WHERE inboxes.account_id = r.account_id",
        engine.rows("$1", &columns)
    )
}

/// The rows of [`update_sql`].
pub(super) fn rows(inboxes: &BTreeMap<i64, LockedInbox>) -> sea_orm::Value {
    let rows: Vec<_> = inboxes
        .iter()
        .map(|(account_id, inbox)| {
            serde_json::json!({
                "account_id": account_id, "version": inbox.version, "unread": inbox.unread.notifications,
            })
        })
        .collect();
    serde_json::Value::Array(rows).to_string().into()
}
