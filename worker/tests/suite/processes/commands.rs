//! `worker jobs`, on either size, beside whatever else runs.

use serde_json::{Value, json};
use shared::jobs::Queue;
use std::time::Duration;

use super::WORKER;
use crate::children::{Ended, Process, SECRET};
use crate::world::{Job, World};

/// How long a command may take.
const SOON: Duration = Duration::from_secs(30);

/// Runs `worker` with arguments on the data of a world.
async fn run(world: &World, arguments: &[&str]) -> Ended {
    let config = &world.bed.config;
    let mut environment = vec![
        ("KITH_DATA", world.bed.folder().display().to_string()),
        ("DATABASE_URL", world.bed.database_url().to_owned()),
        ("KITH_SECRET", SECRET.to_owned()),
    ];
    if let Some(url) = &config.redis.url {
        environment.extend([("REDIS_URL", url.clone()), ("REDIS_PREFIX", config.redis.prefix.clone())]);
    }
    Process::start(WORKER, arguments, world.bed.folder(), &environment).ended(SOON).await
}

/// What a command printed that did what it was asked.
#[track_caller]
fn done(ended: Ended) -> String {
    assert_eq!((ended.status.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:#?}");
    ended.stdout
}

/// The same, an object a line.
#[track_caller]
fn objects(ended: Ended) -> Vec<Value> {
    done(ended).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[track_caller]
fn refused(ended: &Ended, why: &str) {
    assert_eq!(
        (ended.status.code(), ended.stderr.as_str()),
        (Some(1), format!("worker: {why}\n").as_str()),
        "{ended:#?}"
    );
}

/// A dead job; answers its number.
async fn bury(world: &World, queue: Queue, name: &str, error: &str) -> i64 {
    let sql = "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
               VALUES (1, $1, $2, 1, '{\"account_id\":1}', 4, $3, $4, $4)";
    world.run(sql, [queue.as_str().into(), name.into(), error.into(), world.core.writer.now().into()]).await;
    world.number("SELECT max(id) FROM dead_jobs", []).await
}

#[tokio::test]
async fn queues_and_jobs_are_listed_for_people_and_for_scripts() {
    let world = World::new(1).await;
    let id = bury(&world, Queue::Email, "account_activation", "gone\n\u{1b}[31mwrong").await;
    let waiting = world.write(&Job::decided(1, 1)).await;
    let window = if shared::testing::production() { "0" } else { "-" };
    let text = done(run(&world, &["jobs"]).await);
    let words: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    let queues = [
        vec!["QUEUE", "WAITING", "DUE", "RUNNING", "FAILED", "DEAD", "OLDEST", "WINDOW"],
        vec!["notifications", "1", "1", "0", "0", "0", words[1][6], "s", window],
        vec!["email", "0", "0", "0", "0", "1", "-", window],
        vec!["media", "0", "0", "0", "0", "0", "-", window],
        vec![],
        vec!["DEAD", "QUEUE", "NAME", "TRIED", "DIED", "PAYLOAD", "ERROR"],
    ];
    assert_eq!(words[..6], queues);
    assert_eq!(words[6][..4], [id.to_string().as_str(), "email", "account_activation", "4"]);
    assert_eq!(words[6][5..], ["{\"account_id\":1}", "gone", "[31mwrong"], "nothing that a terminal obeys");
    assert_eq!((words.len(), text.contains('\u{1b}')), (7, false));
    // Columns stand below each other.
    let column = |line: usize, word: &str| text.lines().nth(line).and_then(|line| line.find(word));
    assert_eq!(column(5, "QUEUE"), column(6, "email"));

    let window = shared::testing::production().then_some(0);
    let queues = objects(run(&world, &["jobs", "queues", "--json"]).await);
    let [queue, _, _] = <[Value; 3]>::try_from(queues).expect("three queues");
    let expected = json!({"kind": "queue", "queue": "notifications", "waiting": 1, "due": 1, "running": 0, "failed": 0,
        "dead": 0, "oldest_at": queue["oldest_at"], "window": window});
    assert_eq!(queue, expected);
    let list = objects(run(&world, &["jobs", "list", "--json"]).await);
    let expected = json!({"kind": "dead_job", "id": id, "queue": "email", "name": "account_activation", "attempts": 4,
        "asked_at": list[0]["asked_at"], "died_at": list[0]["asked_at"], "payload": {"account_id": 1},
        "error": "gone\n\u{1b}[31mwrong"});
    assert_eq!(list, [expected]);
    let list = objects(run(&world, &["jobs", "--json", "list", "--waiting", "--queue", "notifications"]).await);
    let payload: Value = serde_json::from_str(&Job::decided(1, 1).payload).expect("JSON");
    let expected = json!({"kind": "job", "id": waiting, "state": "waiting", "queue": "notifications", "name": "request_decided",
        "attempts": 0, "asked_at": list[0]["asked_at"], "next_try_at": list[0]["asked_at"], "held_until": null,
        "holder": null, "payload": payload, "error": null});
    assert_eq!(list, [expected]);
    for nothing in [&["--running"][..], &["--failed"], &["--queue", "media"], &["--name", "nothing"]] {
        let arguments = [&["jobs", "list", "--json"], nothing].concat();
        assert_eq!(done(run(&world, &arguments).await), "", "{nothing:?}");
    }
    for wrong in [
        &["jobs", "list", "--queue", "mail"][..],
        &["jobs", "list", "--dead", "--failed"],
        &["jobs", "retry"],
        &["jobs", "drop", "1", "--all"],
        // What serves queues looks like a filter, and is none.
        &["--queues", "email", "jobs", "drop", "--all"],
        &["--concurrency", "1", "jobs"],
    ] {
        assert_eq!(run(&world, wrong).await.status.code(), Some(2), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_list_that_is_cut_off_says_so_and_goes_on() {
    let world = World::new(1).await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(bury(&world, Queue::Email, name, "gone").await);
    }
    let part = objects(run(&world, &["jobs", "list", "--limit", "2", "--json"]).await);
    let shown: Vec<_> = part.iter().map(|object| (object["kind"].as_str(), object["id"].as_i64())).collect();
    assert_eq!(shown, [(Some("dead_job"), Some(ids[2])), (Some("dead_job"), Some(ids[1])), (Some("more"), None)]);
    assert_eq!(part[2], json!({"kind": "more", "below": ids[1]}));
    let below = ids[1].to_string();
    let rest = objects(run(&world, &["jobs", "list", "--limit", "2", "--below", &below, "--json"]).await);
    assert_eq!(rest.iter().map(|object| object["id"].as_i64()).collect::<Vec<_>>(), [Some(ids[0])]);
    let text = done(run(&world, &["jobs", "list", "--limit", "2"]).await);
    assert_eq!(text.lines().last(), Some(format!("and more: go on with --below {below}").as_str()));
}

#[tokio::test]
async fn jobs_are_brought_back_and_dropped_one_by_one_and_all_at_once() {
    let world = World::new(2).await;
    let one = bury(&world, Queue::Email, "account_activation", "gone").await;
    let text = done(run(&world, &["jobs", "retry", &one.to_string()]).await);
    let job = world.number("SELECT max(id) FROM outbox", []).await;
    assert_eq!(text, format!("{one} is back in its queue, as job {job}\n"));
    refused(&run(&world, &["jobs", "retry", &one.to_string()]).await, &format!("there is no dead job {one}"));
    refused(&run(&world, &["jobs", "drop", "999"]).await, "there is no dead job 999");
    refused(&run(&world, &["jobs", "try", "999"]).await, "there is no job 999");
    let other = bury(&world, Queue::Email, "account_activation", "gone").await;
    let dropped = objects(run(&world, &["jobs", "drop", &other.to_string(), "--json"]).await);
    assert_eq!(dropped, [json!({"dropped": 1, "id": other})]);

    let many = "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
        SELECT d.job_id, $1, d.name, 1, d.payload, 1, 'gone', d.created_at, d.died_at FROM dead_jobs d";
    bury(&world, Queue::Email, "a", "gone").await;
    for _ in 0..11 {
        world.run(many, ["email".into()]).await;
    }
    bury(&world, Queue::Media, "b", "gone").await;
    assert_eq!(done(run(&world, &["jobs", "retry", "--all", "--queue", "email"]).await), "2048 jobs are back\n");
    let left = "SELECT (SELECT count(*) FROM outbox) * 10 + (SELECT count(*) FROM dead_jobs)";
    assert_eq!(world.number(left, []).await, 20_491);
    assert_eq!(done(run(&world, &["jobs", "drop", "--all", "--name", "a"]).await), "0 jobs are gone\n");
    let blank = run(&world, &["jobs", "drop", "--all", "--name", ""]).await;
    refused(&blank, "--name: This field may not be blank.");
    assert_eq!(done(run(&world, &["jobs", "drop", "--all"]).await), "1 job is gone\n");

    world
        .run(
            "UPDATE outbox SET due_at = $1, last_error = 'away', lease_until = $1",
            [(world.core.writer.now() + chrono::TimeDelta::minutes(5)).into()],
        )
        .await;
    assert_eq!(done(run(&world, &["jobs", "try", &job.to_string()]).await), format!("{job} is tried now\n"));
    assert_eq!(done(run(&world, &["jobs", "try", "--all"]).await), "2048 jobs are tried now\n");
    // No account did it, so none is written down.
    assert_eq!(world.number("SELECT count(*) FROM audit_log", []).await, 0);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let environment = [("KITH_DATA", folder.path().display().to_string()), ("KITH_SECRET", SECRET.to_owned())];
    let ended = Process::start(WORKER, &["jobs"], folder.path(), &environment).ended(SOON).await;
    refused(&ended, "database: the database is not migrated; run `api migrate`");
}
