//! `api migrate`, and who else starts meanwhile.

use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::children::{EmptyDatabase, Redis, SECRET, eventually, production};
use crate::world::{Api, run};

/// How long a migration may take.
const SOON: Duration = Duration::from_secs(30);

#[tokio::test]
async fn two_migrations_at_once_both_succeed() {
    if !production() {
        return;
    }
    let database = EmptyDatabase::create().await;
    let folder = tempfile::tempdir().expect("a scratch folder");
    let environment = [("DATABASE_URL", database.url()), ("KITH_SECRET", SECRET.to_owned())];
    let begin = || run(&["migrate"], folder.path(), &environment);
    let (one, other) = (begin(), begin());
    for process in [one, other] {
        let ended = process.ended(SOON).await;
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
        assert_eq!(ended.stdout, "the schema is up to date\n");
    }
    // And a third time, when there is nothing left to do.
    let ended = begin().ended(SOON).await;
    assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    let connection = database.connect().await;
    connection.execute_unprepared("SELECT 1 FROM outbox, dead_jobs, settings").await.expect("the tables are there");
}

#[tokio::test]
async fn two_processes_that_serve_an_empty_database_at_once_both_come_up() {
    if !production() {
        return;
    }
    let database = EmptyDatabase::create().await;
    let redis = Redis::start();
    let folder = tempfile::tempdir().expect("a scratch folder");
    let environment = [
        ("DATABASE_URL", database.url()),
        ("REDIS_URL", redis.url()),
        ("KITH_SECRET", SECRET.to_owned()),
        ("KITH_BIND", "127.0.0.1:0".to_owned()),
    ];
    let (one, other) = tokio::join!(Api::start(folder.path(), &environment), Api::start(folder.path(), &environment));
    one.join("ann").await;
    other.sign_in("ann").await;
    one.process.stop().await;
    other.process.stop().await;
}

/// The process dies in its first start, as soon as a table can be seen: the next one must not stumble
/// over half a schema.
#[tokio::test]
async fn a_migration_that_was_killed_on_sqlite_can_be_done_again() {
    let mut refused = Vec::new();
    for round in 0..5 {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let data = folder.path().join("data");
        let environment = [("KITH_DATA", data.display().to_string())];
        let first = run(&["migrate"], folder.path(), &environment);
        let url = format!("sqlite://{}?mode=ro", data.join("kith.db").display());
        eventually("a table is there", async || {
            // Refused until the file is there.
            let Ok(database) = sea_orm::Database::connect(&url).await else { return false };
            let sql = "SELECT 1 FROM sqlite_master WHERE name = 'accounts'";
            let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
            database.query_one_raw(statement).await.is_ok_and(|row| row.is_some())
        })
        .await;
        first.kill();
        let second = run(&["migrate"], folder.path(), &environment).ended(SOON).await;
        if second.status.code() != Some(0) {
            refused.push(format!("round {round}: {}", second.stderr));
        }
    }
    assert!(refused.is_empty(), "{}", refused.concat());
}

#[tokio::test]
async fn two_migrations_at_once_both_succeed_on_sqlite() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let environment = [("KITH_DATA", folder.path().join("data").display().to_string())];
    let begin = || run(&["migrate"], folder.path(), &environment);
    let (one, other) = (begin(), begin());
    for process in [one, other] {
        let ended = process.ended(SOON).await;
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    }
}
