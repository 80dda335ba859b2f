//! The mark on an email that a mail server refuses for good.

use sea_orm::ConnectionTrait;

use crate::database::{DatabaseError, Engine};
use crate::ports::clock::Timestamp;

/// Where the email of an account is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is the account's.
    Account,
    /// It is to be, and waits for its confirmation.
    Change,
}

/// Notes when an email was refused, or that it takes mail (`None`), if it is still the one. Part of the
/// caller's transaction.
pub(crate) async fn mark_refused(
    tx: &impl ConnectionTrait,
    engine: Engine,
    kept: Kept,
    account_id: i64,
    email_key: Option<&str>,
    refused_at: Option<Timestamp>,
) -> Result<(), DatabaseError> {
    let (table, column, id) = match kept {
        Kept::Account => ("accounts", "email_refused_at", "id"),
        Kept::Change => ("email_changes", "refused_at", "account_id"),
    };
    // What is as it should be is not written: most mails are taken.
    let sql =
        format!("UPDATE {table} SET {column} = $1 WHERE {id} = $2 AND email_key = $3 AND ({column} IS NULL) <> ($4)");
    let values =
        [refused_at.into(), account_id.into(), email_key.map(str::to_owned).into(), refused_at.is_none().into()];
    tx.execute_raw(engine.statement(sql, values)).await?;
    Ok(())
}
