//! Holding listings: whoever changes one, its pictures or its reviews holds its row first.

use sea_orm::ConnectionTrait;

use crate::accounts::may_see;
use crate::database::{DatabaseError, Engine};
use crate::jobs::UnitOfWork;

/// Whose a listing is that a viewer, or nobody in particular, may see; `lock` may hold it.
pub(super) async fn owner_seen(
    db: &impl ConnectionTrait,
    engine: Engine,
    viewer: Option<i64>,
    id: i64,
    lock: &str,
) -> Result<Option<i64>, DatabaseError> {
    let sql = format!(
        "SELECT l.account_id FROM listings l JOIN accounts a ON a.id = l.account_id WHERE l.id = $2 AND {} {lock}",
        may_see("$1", "a")
    );
    let row = db.query_one_raw(engine.statement(sql, [viewer.into(), id.into()])).await?;
    Ok(row.map(|row| row.try_get("", "account_id")).transpose()?)
}

/// The same of a listing that is then held until the transaction ends.
pub(super) async fn hold_seen(work: &UnitOfWork, account_id: i64, id: i64) -> Result<Option<i64>, DatabaseError> {
    let engine = work.engine();
    owner_seen(work.tx(), engine, Some(account_id), id, engine.postgres_only("FOR UPDATE OF l")).await
}

/// Holds a listing, whoever sees it, until the transaction ends; answers whether it is there.
pub(super) async fn hold(work: &UnitOfWork, id: i64) -> Result<bool, DatabaseError> {
    let engine = work.engine();
    let sql = format!("SELECT id FROM listings WHERE id = $1 {}", engine.postgres_only("FOR UPDATE"));
    Ok(work.tx().query_one_raw(engine.statement(sql, [id.into()])).await?.is_some())
}
