//! The inbox row: its lock orders every change of an account's inbox, so that commit order is
//! version order.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, QueryResult};

use crate::database::{DatabaseError, Engine};
use crate::events::Unread;
use crate::jobs::UnitOfWork;

/// An inbox: locked, as it will be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LockedInbox {
    pub(crate) version: i64,
    pub(crate) unread: Unread,
}

impl LockedInbox {
    /// Takes the next `by` versions; answers the one before and the last.
    pub(crate) fn advance(&mut self, by: i64) -> (i64, i64) {
        let after = self.version;
        self.version += by;
        (after, self.version)
    }

    pub(crate) fn read(row: &QueryResult) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            version: row.try_get("", "version")?,
            unread: Unread {
                notifications: row.try_get("", "unread_notifications")?,
                messages: row.try_get("", "unread_messages")?,
            },
        })
    }
}

/// An inbox as it stands, not locked; `None` when the account is gone.
pub(crate) async fn state(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
) -> Result<Option<LockedInbox>, DatabaseError> {
    let sql = "SELECT version, unread_notifications, unread_messages FROM inboxes WHERE account_id = $1";
    let row = db.query_one_raw(engine.statement(sql, [account_id.into()])).await?;
    Ok(row.map(|row| LockedInbox::read(&row)).transpose()?)
}

/// Locks inboxes by account id from the lowest up: the lock order of everything that changes more
/// than one. Accounts that are gone are left out.
pub(crate) async fn lock(work: &UnitOfWork, accounts: &[i64]) -> Result<BTreeMap<i64, LockedInbox>, DatabaseError> {
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
pub(crate) async fn write_back(work: &UnitOfWork, inboxes: &BTreeMap<i64, LockedInbox>) -> Result<(), DatabaseError> {
    let engine = work.engine();
    work.tx().execute_raw(engine.statement(update_sql(engine), [rows(inboxes)])).await?;
    Ok(())
}

/// The statement that writes locked inboxes back, their rows bound to `$1` by [`rows`].
pub(crate) fn update_sql(engine: Engine) -> String {
    let columns =
        [("account_id", "bigint"), ("version", "bigint"), ("notifications", "bigint"), ("messages", "bigint")];
    format!(
        "UPDATE inboxes SET version = r.version, unread_notifications = r.notifications, unread_messages = r.messages
         FROM {} WHERE inboxes.account_id = r.account_id",
        engine.rows("$1", &columns)
    )
}

/// The rows of [`update_sql`].
pub(crate) fn rows(inboxes: &BTreeMap<i64, LockedInbox>) -> sea_orm::Value {
    let rows: Vec<_> = inboxes
        .iter()
        .map(|(account_id, inbox)| {
            serde_json::json!({
                "account_id": account_id, "version": inbox.version,
                "notifications": inbox.unread.notifications, "messages": inbox.unread.messages,
            })
        })
        .collect();
    serde_json::Value::Array(rows).to_string().into()
}

/// Raises the versions that inboxes can be resumed from, by account: below them a trace is gone. The
/// inboxes are locked by this.
pub(crate) async fn raise_floors(work: &UnitOfWork, floors: &BTreeMap<i64, i64>) -> Result<(), DatabaseError> {
    let engine = work.engine();
    let accounts: Vec<i64> = floors.keys().copied().collect();
    lock(work, &accounts).await?;
    let sql = format!(
        "UPDATE inboxes SET floor = r.floor FROM {} WHERE inboxes.account_id = r.account_id AND inboxes.floor < r.floor",
        engine.rows("$1", &[("account_id", "bigint"), ("floor", "bigint")])
    );
    let floors: Vec<_> =
        floors.iter().map(|(id, floor)| serde_json::json!({"account_id": id, "floor": floor})).collect();
    let floors = serde_json::Value::Array(floors).to_string();
    work.tx().execute_raw(engine.statement(sql, [floors.into()])).await?;
    Ok(())
}

/// A change that has its version.
pub(crate) struct Versioned<T> {
    pub(crate) what: T,
    pub(crate) after: i64,
    pub(crate) version: i64,
    pub(crate) unread: Unread,
}

/// Gives each change the next version of its locked inbox, which `count` has count it.
pub(crate) fn number<T>(
    changes: Vec<T>,
    inboxes: &mut BTreeMap<i64, LockedInbox>,
    account: impl Fn(&T) -> i64,
    count: impl Fn(&T, &mut LockedInbox),
) -> Vec<Versioned<T>> {
    changes
        .into_iter()
        .filter_map(|what| {
            let inbox = inboxes.get_mut(&account(&what))?;
            count(&what, inbox);
            let (after, version) = inbox.advance(1);
            Some(Versioned { what, after, version, unread: inbox.unread })
        })
        .collect()
}
