//! What presence asks the database: who is tied to whom, who hides, and people.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use crate::accounts::{Person, is_present, no_block, person, person_columns};
use crate::database::{Database, DatabaseError};

/// The connections of `accounts`, by account; whoever hides is left out.
pub(super) async fn shown_ties(database: &Database, accounts: &[i64]) -> Result<HashMap<i64, Vec<i64>>, DatabaseError> {
    let engine = database.engine();
    let these = format!("a.id {} AND NOT a.presence_hidden", engine.any("$1"));
    let sql = format!(
        "SELECT a.id AS account_id, c.high_id AS other_id FROM accounts a JOIN connections c ON c.low_id = a.id
         WHERE {these}
         UNION ALL SELECT a.id, c.low_id FROM accounts a JOIN connections c ON c.high_id = a.id WHERE {these}
         UNION ALL SELECT a.id, NULL FROM accounts a WHERE {these}"
    );
    let rows = database.reader().query_all_raw(engine.statement(sql, [engine.ids(accounts)])).await?;
    let mut ties: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in rows {
        let other: Option<i64> = row.try_get("", "other_id")?;
        ties.entry(row.try_get("", "account_id")?).or_default().extend(other);
    }
    Ok(ties)
}

/// The account's connections below the id `below`.
pub(super) async fn ties(database: &Database, account_id: i64, below: i64) -> Result<Vec<i64>, DatabaseError> {
    let sql = "SELECT high_id AS id FROM connections WHERE low_id = $1 AND high_id < $2
               UNION ALL SELECT low_id FROM connections WHERE high_id = $1 AND low_id < $2";
    ids(database, sql, [account_id.into(), below.into()]).await
}

/// Who is in a block with the account bound to `$1`.
const BLOCKED_WITH: &str = "SELECT blocked_id AS id FROM blocks WHERE blocker_id = $1
     UNION SELECT blocker_id FROM blocks WHERE blocked_id = $1";

/// The people of some accounts from the highest id down, at most `limit`: those who do not hide and are there for
/// the viewer.
pub(super) async fn shown_to(
    database: &Database,
    viewer_id: i64,
    accounts: &[i64],
    limit: i64,
) -> Result<Vec<Person>, DatabaseError> {
    let engine = database.engine();
    let sql = format!(
        "SELECT {} FROM accounts a
         WHERE a.id {} AND NOT a.presence_hidden AND {} AND a.id NOT IN ({BLOCKED_WITH}) ORDER BY a.id DESC LIMIT $3",
        person_columns("a", "person_"),
        engine.any("$2"),
        is_present("a")
    );
    let values = [viewer_id.into(), engine.ids(accounts), limit.into()];
    let rows = database.reader().query_all_raw(engine.statement(sql, values)).await?;
    Ok(rows.iter().map(|row| person(row, "person_")).collect::<Result<_, _>>()?)
}

/// Who is in a block with the account.
pub(super) async fn blocked_with(database: &Database, account_id: i64) -> Result<Vec<i64>, DatabaseError> {
    ids(database, BLOCKED_WITH, [account_id.into()]).await
}

/// Whether an account is there for the viewer, and does not hide.
pub(super) async fn may_be_shown(database: &Database, viewer_id: i64, id: i64) -> Result<bool, DatabaseError> {
    let sql = format!(
        "SELECT a.id FROM accounts a WHERE a.id = $1 AND NOT a.presence_hidden AND {} AND {}",
        is_present("a"),
        no_block("a.id", "$2")
    );
    Ok(!ids(database, &sql, [id.into(), viewer_id.into()]).await?.is_empty())
}

/// The people of some accounts, but for those who hide or may not be seen by anybody.
pub(super) async fn shown_people(database: &Database, accounts: &[i64]) -> Result<HashMap<i64, Person>, DatabaseError> {
    let engine = database.engine();
    let sql = format!(
        "SELECT {} FROM accounts a WHERE a.id {} AND NOT a.presence_hidden AND {}",
        person_columns("a", "person_"),
        engine.any("$1"),
        is_present("a")
    );
    let rows = database.reader().query_all_raw(engine.statement(sql, [engine.ids(accounts)])).await?;
    let people = rows.iter().map(|row| person(row, "person_").map(|person| (person.id, person)));
    Ok(people.collect::<Result<_, _>>()?)
}

async fn ids(
    database: &Database,
    sql: &str,
    values: impl IntoIterator<Item = sea_orm::Value>,
) -> Result<Vec<i64>, DatabaseError> {
    let rows = database.reader().query_all_raw(database.engine().statement(sql, values)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}
