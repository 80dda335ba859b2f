//! People and their requests, put into the database in bulk.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::Failure;

/// Puts in the accounts 1 to `count`, each with a session of the same number and an empty inbox.
pub(crate) async fn load(database: &DatabaseConnection, count: u32) -> Result<(), Failure> {
    let statements = [
        "INSERT INTO accounts (id, username, username_key, password_hash, full_name, search, active, created_at, updated_at)
         SELECT n, 'person' || n, 'person' || n, '!', 'Person ' || n, 'person' || n, TRUE, now(), now()
         FROM generate_series(1, $1) AS n",
        "INSERT INTO sessions (id, account_id, surface, rotated_at, created_at, expires_at)
         SELECT n, n, 'v1', now(), now(), now() + interval '30 days' FROM generate_series(1, $1) AS n",
        "INSERT INTO inboxes (account_id) SELECT n FROM generate_series(1, $1) AS n",
    ];
    for sql in statements {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [i64::from(count).into()]);
        database.execute_raw(statement).await?;
    }
    Ok(())
}

/// A pending connection request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Request {
    /// Its number.
    pub(crate) id: i64,
    /// Who sent it, and is told of the decision.
    pub(crate) from: i64,
    /// Who decides.
    pub(crate) to: i64,
}

/// Puts in people and `count` pending requests from the accounts 1 to `senders`, each to another
/// account, and has the statistics taken. The requests are numbered from 1; those that follow one
/// another have different senders, and different receivers, so that they contend as little as
/// those of strangers do.
pub(crate) async fn load_requests(
    database: &DatabaseConnection,
    senders: u32,
    count: u32,
) -> Result<Vec<Request>, Failure> {
    let receivers = count.div_ceil(senders).max(1);
    load(database, senders + receivers).await?;
    let sql = "INSERT INTO connection_requests (id, from_id, to_id, status, created_at)
        SELECT k + 1, 1 + k % $1, 1 + $1 + (k / $1 + (k % $1) * GREATEST($2 / $1, 1)) % $2, 'pending', now()
        FROM generate_series(0, $3 - 1) AS k";
    let values = [i64::from(senders).into(), i64::from(receivers).into(), i64::from(count).into()];
    database.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    settle(database).await?;
    let sql = "SELECT id, from_id, to_id FROM connection_requests ORDER BY id";
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (id, from, to) = (row.try_get("", "id")?, row.try_get("", "from_id")?, row.try_get("", "to_id")?);
        Ok::<_, sea_orm::DbErr>(Request { id, from, to })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Takes statistics, and has what was loaded written, so that it is not written while measuring.
pub(crate) async fn settle(database: &DatabaseConnection) -> Result<(), Failure> {
    database.execute_unprepared("VACUUM ANALYZE").await?;
    // Not everybody may ask for it on a server that was named.
    let _ = database.execute_unprepared("CHECKPOINT").await;
    Ok(())
}
