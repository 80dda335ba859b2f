//! The embedded `api` on SQLite: stops, starts again, and owns its data.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use shared::config::Config;
use shared::database::Database;
use shared::ports::clock::SystemClock;
use shared::{Core, Ports};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use crate::children::eventually;
use crate::world::{Api, Decisions, at_a_random_moment, check, on_sqlite, requests_for, run};

/// A core over the data of an `api` that may run beside it.
pub(crate) async fn core(folder: &Path) -> Core {
    let mut config = Config::default();
    config.server.data = folder.join("data");
    config.database.url = format!("sqlite://{}", config.server.data.join("kith.db").display());
    let database = Database::connect(&config.database, &SystemClock).await.expect("the database answers");
    let ports = Ports::connect(&config, Arc::new(SystemClock)).expect("ports in memory");
    Core::new(config, database, ports).await.expect("a core")
}

#[tokio::test]
async fn a_stop_and_a_start_find_everything() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let api = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    let (ann, bob) = (api.join("ann").await, api.join("bob").await);
    let request = ann.ask(&bob).await;
    assert_eq!(bob.accept(request).await.expect("an answer"), 200);
    // It holds password hashes; its log too.
    for name in ["kith.db", "kith.db-wal"] {
        let file = folder.path().join("data").join(name).metadata().expect("a file");
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
    }
    api.process.stop().await;

    let api = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    // The token of before is good still: the signing key was kept.
    let mut ann = ann;
    ann.address.clone_from(&api.address);
    eventually("ann is told", async || ann.inbox().await == ["accepted"]).await;
    let bob = api.sign_in("bob").await;
    eventually("bob was told once at most", async || bob.inbox().await.len() <= 1).await;
    api.process.stop().await;
}

#[tokio::test]
async fn a_stop_under_load_leaves_no_lease_behind_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let api = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    let person = api.join("decider").await;
    let core = core(folder.path()).await;
    let requests = requests_for(&core, person.id, 2_000).await;
    let decisions = Decisions::start(&person, requests.clone());
    decisions.answered(30).await;
    at_a_random_moment().await;
    api.process.stop().await;
    let outcome = decisions.end().await;
    assert!(outcome.kept.len() < requests.len(), "it was stopped in the middle");

    // The queue went with the process: whoever starts now must not wait for its leases.
    let sql = "SELECT count(*) AS jobs FROM outbox WHERE lease_until > $1";
    let statement = core.database.engine().statement(sql, [core.writer.now().into()]);
    let row = core.database.reader().query_one_raw(statement).await.expect("an answer").expect("a row");
    let leased: i64 = row.try_get("", "jobs").expect("a number");
    let left = core.outbox.depth().await.expect("an answer");
    assert_eq!(leased, 0, "of {left} jobs that were left");

    let api = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    api.process.stop().await;
    check(&core, &requests, &outcome).await;
}

#[tokio::test]
async fn after_a_kill_every_answered_decision_is_told_once() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut environment = on_sqlite(folder.path());
    environment.push(("KITH_OUTBOX_LEASE", "1".to_owned()));
    let api = Api::start(folder.path(), &environment).await;
    let person = api.join("decider").await;
    let core = core(folder.path()).await;
    let requests = requests_for(&core, person.id, 2_000).await;
    let decisions = Decisions::start(&person, requests.clone());
    decisions.answered(30).await;
    at_a_random_moment().await;
    api.process.kill();
    let outcome = decisions.end().await;

    let api = Api::start(folder.path(), &environment).await;
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    api.process.stop().await;
    check(&core, &requests, &outcome).await;
}

#[tokio::test]
async fn a_second_process_on_the_same_data_is_refused() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let first = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    let second = run(&["serve"], folder.path(), &on_sqlite(folder.path())).ended(Duration::from_secs(10)).await;
    assert!(!second.status.success());
    let data = folder.path().join("data");
    let message = format!("api: KITH_DATA {}: another Kith process uses this folder\n", data.display());
    assert!(second.stderr.ends_with(&message), "{second:#?}");
    first.join("ann").await; // unharmed
    first.process.stop().await;

    let third = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    third.sign_in("ann").await;
    // A lock dies with its process, however that ends.
    third.process.kill();
    Api::start(folder.path(), &on_sqlite(folder.path())).await.process.stop().await;
}
