//! Holding listings: whoever changes one, its pictures or its reviews holds its row first.

use sea_orm::ConnectionTrait;

use super::error::ListingError;
use crate::accounts::may_see;
use crate::database::DatabaseError;
use crate::jobs::UnitOfWork;

/// Holds a listing that the account may see until the transaction ends; answers whose it is.
pub(super) async fn hold_seen(work: &UnitOfWork, account_id: i64, id: i64) -> Result<i64, ListingError> {
    let engine = work.engine();
    let sql = format!(
        "SELECT l.account_id FROM listings l JOIN accounts a ON a.id = l.account_id WHERE l.id = $1 AND {} {}",
        may_see("$2", "a"),
        engine.postgres_only("FOR UPDATE OF l")
    );
    let row = work.tx().query_one_raw(engine.statement(sql, [id.into(), account_id.into()])).await?;
    Ok(row.ok_or(ListingError::NotFound)?.try_get("", "account_id")?)
}

/// Holds a listing, whoever sees it, until the transaction ends; answers whether it is there.
pub(super) async fn hold(work: &UnitOfWork, id: i64) -> Result<bool, DatabaseError> {
    let engine = work.engine();
    let sql = format!("SELECT id FROM listings WHERE id = $1 {}", engine.postgres_only("FOR UPDATE"));
    Ok(work.tx().query_one_raw(engine.statement(sql, [id.into()])).await?.is_some())
}
