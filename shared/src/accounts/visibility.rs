//! Who is there for whom: the conditions that every read of other people bears.

use sea_orm::ConnectionTrait;

use crate::database::{DatabaseError, Engine};

/// That the account `a` may be seen at all: active, and not suspended.
pub(crate) fn is_present(a: &str) -> String {
    format!("{a}.active AND {a}.suspended_at IS NULL")
}

/// That the account `a` may be suggested to others; written as the indexes are.
pub(crate) fn may_be_suggested(a: &str) -> String {
    format!("{} AND NOT {a}.suggestions_refused", is_present(a))
}

/// That no block stands between the accounts of two columns or placeholders.
pub(crate) fn no_block(one: &str, other: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocker_id = {one} AND b.blocked_id = {other})
         OR (b.blocker_id = {other} AND b.blocked_id = {one}))"
    )
}

/// That the account `a` is there for the account of a column or placeholder.
pub(crate) fn may_see(viewer: &str, a: &str) -> String {
    format!("{} AND {}", is_present(a), no_block(&format!("{a}.id"), viewer))
}

/// Whether `id` is an account that `viewer_id` may meet: active, and in no block with them.
pub(crate) async fn can_meet(
    db: &impl ConnectionTrait,
    engine: Engine,
    viewer_id: i64,
    id: i64,
) -> Result<bool, DatabaseError> {
    let sql = format!("SELECT 1 AS there FROM accounts a WHERE a.id = $1 AND {}", may_see("$2", "a"));
    Ok(db.query_one_raw(engine.statement(sql, [id.into(), viewer_id.into()])).await?.is_some())
}
