//! What presence asks the database: who is tied to whom, who hides, and people.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, Value};

use crate::accounts::{Person, is_present, no_block, person, person_columns};
use crate::database::{Database, DatabaseError};

/// Whether an account hides, and whom it is connected with.
#[derive(Debug, Default)]
pub(super) struct Tied {
    pub(super) hidden: bool,
    pub(super) others: Vec<i64>,
}

/// Those of `accounts` that are not gone.
pub(super) async fn tied(database: &Database, accounts: &[i64]) -> Result<HashMap<i64, Tied>, DatabaseError> {
    let engine = database.engine();
    let these = format!("a.id {}", engine.any("$1"));
    let sql = format!(
        "SELECT a.id AS account_id, a.presence_hidden AS hidden, c.high_id AS other_id
         FROM accounts a JOIN connections c ON c.low_id = a.id WHERE {these}
         UNION ALL SELECT a.id, a.presence_hidden, c.low_id
         FROM accounts a JOIN connections c ON c.high_id = a.id WHERE {these}
         UNION ALL SELECT a.id, a.presence_hidden, NULL FROM accounts a WHERE {these}"
    );
    let rows = database.reader().query_all_raw(engine.statement(sql, [engine.ids(accounts)])).await?;
    let mut tied: HashMap<i64, Tied> = HashMap::new();
    for row in rows {
        let other: Option<i64> = row.try_get("", "other_id")?;
        let tied = tied.entry(row.try_get("", "account_id")?).or_default();
        tied.hidden = row.try_get("", "hidden")?;
        tied.others.extend(other);
    }
    Ok(tied)
}

/// Those of `accounts` who hide.
pub(super) async fn hidden(database: &Database, accounts: &[i64]) -> Result<HashSet<i64>, DatabaseError> {
    let engine = database.engine();
    let sql = format!("SELECT id FROM accounts WHERE presence_hidden AND id {}", engine.any("$1"));
    Ok(ids(database, &sql, [engine.ids(accounts)]).await?.into_iter().collect())
}

/// The account's connections below the id `below`, from the highest down, at most `most`.
pub(super) async fn ties_below(
    database: &Database,
    account_id: i64,
    below: i64,
    most: usize,
) -> Result<Vec<i64>, DatabaseError> {
    // Each side by its index: of those with very many, no more is read than is answered.
    let sql = "SELECT id FROM (
             SELECT * FROM (SELECT high_id AS id FROM connections WHERE low_id = $1 AND high_id < $2
                 ORDER BY high_id DESC LIMIT $3) AS higher
             UNION ALL SELECT * FROM (SELECT low_id AS id FROM connections WHERE high_id = $1 AND low_id < $2
                 ORDER BY low_id DESC LIMIT $3) AS lower) AS ties
         ORDER BY id DESC LIMIT $3";
    ids(database, sql, [account_id.into(), below.into(), count(most)]).await
}

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
         WHERE a.id {} AND NOT a.presence_hidden AND {} AND {} ORDER BY a.id DESC LIMIT $3",
        person_columns("a", "person_"),
        engine.any("$2"),
        is_present("a"),
        no_block("a.id", "$1")
    );
    let values = [viewer_id.into(), engine.ids(accounts), limit.into()];
    let rows = database.reader().query_all_raw(engine.statement(sql, values)).await?;
    Ok(rows.iter().map(|row| person(row, "person_")).collect::<Result<_, _>>()?)
}

/// Who is in a block with the account: all of them, or some that are more than `most`.
pub(super) async fn blocked_with(database: &Database, account_id: i64, most: usize) -> Result<Vec<i64>, DatabaseError> {
    let sql = "SELECT id FROM (SELECT blocked_id AS id FROM blocks WHERE blocker_id = $1 LIMIT $2) AS by_them
         UNION SELECT id FROM (SELECT blocker_id AS id FROM blocks WHERE blocked_id = $1 LIMIT $2) AS of_them";
    ids(database, sql, [account_id.into(), count(most + 1)]).await
}

/// Those of `accounts` who are in a block with the viewer.
pub(super) async fn blocked_among(
    database: &Database,
    viewer_id: i64,
    accounts: &[i64],
) -> Result<HashSet<i64>, DatabaseError> {
    let any = database.engine().any("$2");
    let sql = format!(
        "SELECT blocked_id AS id FROM blocks WHERE blocker_id = $1 AND blocked_id {any}
         UNION SELECT blocker_id FROM blocks WHERE blocked_id = $1 AND blocker_id {any}"
    );
    let values = [viewer_id.into(), database.engine().ids(accounts)];
    Ok(ids(database, &sql, values).await?.into_iter().collect())
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

fn count(number: usize) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

async fn ids(
    database: &Database,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<i64>, DatabaseError> {
    let rows = database.reader().query_all_raw(database.engine().statement(sql, values)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}
