//! Workers that start too early, or wrongly.

use sea_orm::ConnectionTrait;
use std::time::Duration;

use super::{WORKER, environment, start};
use crate::children::{EmptyDatabase, Process, Redis, SECRET, eventually, production};

/// How long a process may take to see that it can't start.
const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_worker_waits_for_the_migration_then_works() {
    if !production() {
        return;
    }
    let database = EmptyDatabase::create().await;
    let redis = Redis::start();
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut worker = start(folder.path(), &environment(&database.url(), &redis, "kith"));
    eventually("it says what it waits for", async || worker.stderr().contains("not migrated yet")).await;
    assert!(worker.runs());

    let connection = database.connect().await;
    migration::migrate(&connection).await.expect("the schema is made");
    for sql in [
        "INSERT INTO accounts (id, username, username_key, password_hash, search, active, created_at, updated_at)
         SELECT n, 'person' || n, 'person' || n, '', '', TRUE, now(), now() FROM generate_series(1, 2) AS n",
        "INSERT INTO inboxes (account_id) SELECT id FROM accounts",
        r#"INSERT INTO outbox (queue, name, version, payload, created_at, lease_until)
           VALUES ('notifications', 'request_decided', 2,
                   '{"request_id":1,"actor_id":1,"recipient_id":2,"accepted":true}', now(), now())"#,
    ] {
        connection.execute_unprepared(sql).await.expect("the database obeys");
    }
    let notified = async || {
        let rows = connection.query_all_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Postgres,
            "SELECT 1 FROM notifications WHERE account_id = 2",
        ));
        rows.await.expect("the database answers").len() == 1
    };
    eventually("the notification comes", notified).await;
    worker.stop().await;
}

#[tokio::test]
async fn a_worker_that_waits_for_the_migration_can_be_stopped() {
    if !production() {
        return;
    }
    let database = EmptyDatabase::create().await;
    let redis = Redis::start();
    let folder = tempfile::tempdir().expect("a scratch folder");
    let worker = start(folder.path(), &environment(&database.url(), &redis, "kith"));
    eventually("it says what it waits for", async || worker.stderr().contains("not migrated yet")).await;
    worker.stop().await;
}

/// Needs neither database nor Redis: each is found before anything is connected.
#[tokio::test]
async fn a_wrong_setting_is_named_under_exit_code_78() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut complaints = Vec::new();
    for (name, value) in [
        ("DATABASE_URL", "mysql://localhost/kith"),
        ("REDIS_URL", "http://localhost"),
        ("REDIS_PREFIX", "a b"),
        ("KITH_SECRET", "short"),
        ("KITH_OUTBOX_LEASE", "0"),
        ("KITH_OUTBOX_LEASE", "soon"),
        ("KITH_WORKER_BIND", "nowhere"),
        ("KITH_LOG", "xml"),
        ("RUST_LOG", "kith=loud"),
        ("SMTP_URL", "http://localhost"),
        // Found a moment later than the others, and wrong all the same.
        ("SMTP_URL", "smtp://"),
        ("MAIL_FROM", "nobody"),
        ("KITH_MAIL_PER_MINUTE", "0"),
        ("SMTP_CA_FILE", "/nowhere/ca.pem"),
    ] {
        let mut environment = vec![("REDIS_URL", "redis://127.0.0.1:1".to_owned()), ("KITH_SECRET", SECRET.to_owned())];
        environment.retain(|(set, _)| *set != name);
        environment.push((name, value.to_owned()));
        let ended = Process::start(WORKER, &[], folder.path(), &environment).ended(SOON).await;
        if ended.status.code() != Some(78) || !ended.stderr.contains(&format!("worker: {name}: ")) {
            complaints.push(format!("{name}={value}: {}, {}", ended.status, ended.stderr));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.concat());
}

#[tokio::test]
async fn a_worker_without_redis_says_that_the_api_does_its_work() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let ended = Process::start(WORKER, &[], folder.path(), &[]).ended(SOON).await;
    assert_eq!(ended.status.code(), Some(78), "{ended:#?}");
    assert!(ended.stderr.contains("REDIS_URL") && ended.stdout.is_empty(), "{ended:#?}");
}
