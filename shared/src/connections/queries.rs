//! Reads of requests and blocks that more than one service needs.

use sea_orm::ConnectionTrait;

use super::error::ConnectionError;
use super::model::{Request, request, request_columns};
use crate::database::{DatabaseError, Engine};

/// That no block stands between the accounts of two columns.
pub(super) fn no_block(one: &str, other: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocker_id = {one} AND b.blocked_id = {other})
         OR (b.blocker_id = {other} AND b.blocked_id = {one}))"
    )
}

/// The request, if the account is part of it and no block stands between the two.
pub(super) async fn find_request(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
    id: i64,
) -> Result<Request, ConnectionError> {
    let sql = format!(
        "SELECT {} FROM connection_requests r JOIN accounts f ON f.id = r.from_id JOIN accounts t ON t.id = r.to_id
         WHERE r.id = $1 AND (r.from_id = $2 OR r.to_id = $2) AND {}",
        request_columns("r"),
        no_block("r.from_id", "r.to_id")
    );
    let row = db.query_one_raw(engine.statement(sql, [id.into(), account_id.into()])).await?;
    Ok(request(&row.ok_or(ConnectionError::NotFound)?)?)
}

/// Whether `id` is an account that `viewer_id` may meet: active, and in no block with them.
pub(super) async fn can_meet(
    db: &impl ConnectionTrait,
    engine: Engine,
    viewer_id: i64,
    id: i64,
) -> Result<bool, DatabaseError> {
    let sql = format!(
        "SELECT 1 AS there FROM accounts a WHERE a.id = $1 AND a.active AND a.suspended_at IS NULL AND {}",
        no_block("a.id", "$2")
    );
    Ok(db.query_one_raw(engine.statement(sql, [id.into(), viewer_id.into()])).await?.is_some())
}
