//! Reads of requests that more than one service needs.

use sea_orm::ConnectionTrait;

use super::error::ConnectionError;
use super::model::{Request, request, request_columns};
use crate::accounts::no_block;
use crate::database::Engine;

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
