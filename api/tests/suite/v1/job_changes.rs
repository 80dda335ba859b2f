//! What staff do with jobs: each once, whoever else does the same, and written down.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};

use super::jobs::{DUE, FAILED, Row, bury, dead, put};
use super::support::{audited, entry, execute, ids, number, staff};
use crate::world::{Answer, Person, World};

const DEAD: &str = "/api/v1/admin/dead-jobs";
const JOBS: &str = "SELECT count(*) FROM outbox";
const GONE: &str = "SELECT count(*) FROM dead_jobs";

/// Buries every job that waits.
async fn bury_all(world: &World) {
    execute(
        world,
        "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
         SELECT id, queue, name, version, payload, 10, 'an error', created_at, created_at FROM outbox",
    )
    .await;
    execute(world, "DELETE FROM outbox").await;
}

#[tokio::test]
async fn a_dead_job_that_is_brought_back_is_done() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let request = ann.ask(&bob).await;
    bury_all(&world).await;
    let [id] = ids(&sue.get(DEAD).await.expect(200)).try_into().expect("one is dead");

    let job = sue.act(&format!("{DEAD}/{id}/retry")).await.expect(200);
    let payload = json!({"request_id": request, "from_id": ann.id, "to_id": bob.id});
    let expected = json!({"id": job["id"], "state": "waiting", "queue": "notifications", "name": "request_sent",
        "payload": payload, "attempts": 0, "asked_at": job["asked_at"], "next_try_at": job["asked_at"],
        "held_until": null, "holder": null, "error": null});
    assert_eq!(job, expected);
    let list = sue.get("/api/v1/admin/jobs").await.expect(200);
    assert_eq!(list, json!({"items": [expected], "next": null}));
    sue.act(&format!("{DEAD}/{id}/retry")).await.expect_problem(404, "not_found");
    sue.delete(&format!("{DEAD}/{id}")).await.expect_problem(404, "not_found");
    let detail = json!({"queue": "notifications", "name": "request_sent", "payload": payload.to_string(), "attempts": 10,
        "job_id": job["id"]});
    let mut written = audited(&sue, "&subject=dead_job").await;
    // The payload is written down as it was, whatever the order of its fields.
    let text = written[0]["detail"]["payload"].as_str().expect("a text");
    assert_eq!(serde_json::from_str::<serde_json::Value>(text).expect("JSON"), payload);
    written[0]["detail"]["payload"] = detail["payload"].clone();
    assert_eq!(written, [entry(&sue, "dead_job.retry", id, detail)]);

    world.add_worker().await;
    world.settle().await;
    assert_eq!(bob.inbox().await, ["requested"]);
    world.finish().await;
}

#[tokio::test]
async fn a_dropped_job_is_gone() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    let (one, other) = (bury(&world, now, "email", "a", "{}").await, bury(&world, now, "email", "b", "torn").await);
    assert_eq!(sue.delete(&format!("{DEAD}/{other}")).await.expect(204), json!(null));
    let list = sue.get(DEAD).await.expect(200);
    assert_eq!(list, json!({"items": [dead(one, now, "email", "a", &json!({}))], "next": null}));
    sue.delete(&format!("{DEAD}/{other}")).await.expect_problem(404, "not_found");
    let detail = json!({"queue": "email", "name": "b", "payload": "torn", "attempts": 4});
    assert_eq!(audited(&sue, "&subject=dead_job").await, [entry(&sue, "dead_job.drop", other, detail)]);
    assert_eq!(number(&world, JOBS).await, 0);
    world.finish().await;
}

/// How many of the answers are of `status`; the others are 404.
#[track_caller]
fn won(answers: Vec<Answer>, status: u16) -> usize {
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status.as_u16() == status);
    for answer in lost {
        answer.expect_problem(404, "not_found");
    }
    won.len()
}

#[tokio::test]
async fn of_many_who_bring_a_job_back_or_drop_it_one_does() {
    let mut world = World::without_worker(|_| {}).await;
    world.add_api().await;
    let sue = staff(&world, "sue").await;
    let both = [sue.clone(), sue.at(world.apis[1].address)];
    for round in 0..5_usize {
        let now = world.core().writer.now();
        let id = bury(&world, now, "email", "a", "{}").await;
        let path = format!("{DEAD}/{id}/retry");
        let answers = join_all((0..8_usize).map(|n| both[n % 2].act(&path))).await;
        assert_eq!((won(answers, 200), number(&world, JOBS).await), (1, 1), "round {round}");

        let id = bury(&world, now, "email", "a", "{}").await;
        let (path, drop) = (format!("{DEAD}/{id}/retry"), format!("{DEAD}/{id}"));
        let (retried, dropped) = tokio::join!(
            join_all((0..4_usize).map(|n| both[n % 2].act(&path))),
            join_all((0..4_usize).map(|n| both[n % 2].delete(&drop)))
        );
        let (retried, dropped) = (won(retried, 200), won(dropped, 204));
        let left = (number(&world, JOBS).await - 1, number(&world, GONE).await);
        assert_eq!((retried + dropped, left), (1, (i64::try_from(retried).expect("small"), 0)), "round {round}");
        execute(&world, "DELETE FROM outbox").await;
    }
    let written = audited(&sue, "&subject=dead_job").await;
    let about: BTreeSet<i64> = written.iter().map(|entry| entry["subject_id"].as_i64().expect("an id")).collect();
    assert_eq!((written.len(), about.len()), (10, 10), "each change is written down, once");
    world.finish().await;
}

/// `count` mails that are dead, each with a payload of its own.
async fn many_dead(world: &World, like: &Person, count: i32) {
    let many = (0..count).map(|n| format!("({n}, 'email', 'a', 1, '{{\"n\":{n}}}', 1, 'an error')"));
    let insert = format!(
        "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
         SELECT m.column1, m.column2, m.column3, m.column4, m.column5, m.column6, m.column7, a.created_at, a.created_at
         FROM (VALUES {}) AS m JOIN accounts a ON a.id = {}",
        many.collect::<Vec<_>>().join(", "),
        like.id
    );
    execute(world, &insert).await;
}

#[tokio::test]
async fn all_of_a_queue_or_name_change_at_once_and_each_once() {
    let mut world = World::without_worker(|_| {}).await;
    world.add_api().await;
    let sue = staff(&world, "sue").await;
    let other = sue.at(world.apis[1].address);
    let now = world.core().writer.now();
    let mut made = Vec::new();
    for (queue, name) in [("email", "a"), ("email", "b"), ("media", "c"), ("media", "c"), ("notifications", "d")] {
        made.push(bury(&world, now, queue, name, "{}").await);
    }
    let all = |path: &str| format!("{DEAD}/{path}");
    let (drop, retry) = (all("drop"), all("retry"));
    let none = sue.post(&drop, json!({"queue": "media", "name": "a"})).await.expect(200);
    assert_eq!(none, json!({"count": 0, "next": null}));
    let two = sue.post(&drop, json!({"queue": "media", "name": null})).await.expect(200);
    assert_eq!(two, json!({"count": 2, "next": null}));
    assert_eq!(ids(&sue.get(DEAD).await.expect(200)), [made[4], made[1], made[0]]);
    let one = sue.post(&retry, json!({"name": "b"})).await.expect(200);
    assert_eq!(one, json!({"count": 1, "next": null}));
    let rest = sue.post(&retry, json!({})).await.expect(200);
    assert_eq!(rest, json!({"count": 2, "next": null}));
    assert_eq!((number(&world, JOBS).await, number(&world, GONE).await), (3, 0));
    let detail = |queue: Option<&str>, name: Option<&str>, ids: &[i64]| json!({"queue": queue, "name": name, "count": ids.len(), "ids": ids});
    let written = [
        entry(&sue, "dead_job.retry_all", made[0], detail(None, None, &[made[0], made[4]])),
        entry(&sue, "dead_job.retry_all", made[1], detail(None, Some("b"), &made[1..2])),
        entry(&sue, "dead_job.drop_all", made[2], detail(Some("media"), None, &made[2..4])),
    ];
    assert_eq!(audited(&sue, "&subject=dead_job").await, written);

    execute(&world, "DELETE FROM outbox").await;
    many_dead(&world, &sue, 1_002).await;
    let counts = join_all([&sue, &other, &sue, &other].map(|person| person.post(&retry, json!({})))).await;
    let counts: i64 = counts.into_iter().map(|answer| answer.expect(200)["count"].as_i64().expect("a count")).sum();
    let last = sue.post(&retry, json!({})).await.expect(200)["count"].as_i64().expect("a count");
    assert_eq!((counts + last, number(&world, JOBS).await, number(&world, GONE).await), (1_002, 1_002, 0));
    assert_eq!(number(&world, "SELECT count(DISTINCT payload) FROM outbox").await, 1_002);
    world.finish().await;
}

#[tokio::test]
async fn a_thousand_change_at_once_and_then_those_that_were_there_at_first() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    many_dead(&world, &sue, 1_001).await;
    let newest = number(&world, "SELECT max(id) FROM dead_jobs").await;
    let most = sue.post(&format!("{DEAD}/drop"), json!({})).await.expect(200);
    assert_eq!((&most["count"], most["next"].is_string()), (&json!(1_000), true));
    assert_eq!(ids(&sue.get(DEAD).await.expect(200)), [newest], "the oldest went first");
    let later = bury(&world, world.core().writer.now(), "email", "a", "{}").await;
    let rest = sue.post(&format!("{DEAD}/drop"), json!({"cursor": most["next"]})).await.expect(200);
    assert_eq!(rest, json!({"count": 1, "next": null}));
    assert_eq!(ids(&sue.get(DEAD).await.expect(200)), [later], "it came after the first part");
    world.finish().await;
}

/// Those that fail again at once are not tried again by the next part.
#[tokio::test]
async fn what_fails_again_between_two_parts_is_tried_once() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    many_dead(&world, &sue, 1_000).await;
    assert_eq!(sue.post(&format!("{DEAD}/retry"), json!({})).await.expect(200)["count"], 1_000);
    let one = put(&world, world.core().writer.now(), FAILED).await;
    let fail = format!(
        "UPDATE outbox SET last_error = 'away', lease_until = f.until, due_at = f.until
         FROM (SELECT due_at AS until FROM outbox WHERE id = {one}) AS f WHERE id <> {one}"
    );
    execute(&world, &fail).await;
    let tried = async |cursor: Value| sue.post("/api/v1/admin/jobs/try", json!({"cursor": cursor})).await.expect(200);
    let first = tried(json!(null)).await;
    assert_eq!(first["count"], 1_000);
    execute(&world, &fail).await;
    assert_eq!(tried(first["next"].clone()).await, json!({"count": 1, "next": null}));
    execute(&world, "DELETE FROM outbox").await;
    world.finish().await;
}

#[tokio::test]
async fn a_failed_job_is_tried_now_and_one_in_a_workers_hand_is_left_alone() {
    let mut world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    let failed = put(&world, now, FAILED).await;
    let running =
        put(&world, now, Row { until: 100, attempts: 1, error: Some("the last time"), holder: Some("w"), ..DUE }).await;
    let due = put(&world, now, DUE).await;
    let path = |id: i64| format!("/api/v1/admin/jobs/{id}/try");

    let job = sue.act(&path(failed)).await.expect(200);
    let at = job["next_try_at"].clone();
    let expected = json!({"id": failed, "state": "failed", "queue": "email", "name": "password_reset",
        "payload": {"account_id": 7}, "attempts": 2, "asked_at": now, "next_try_at": at, "held_until": null,
        "holder": null, "error": "the server is away"});
    assert_eq!(job, expected);
    let at: chrono::DateTime<chrono::Utc> = serde_json::from_value(at).expect("a time");
    assert!((now..=world.core().writer.now()).contains(&at), "{at}");
    // Again, it is due already; and what runs goes on.
    assert_eq!(sue.act(&path(failed)).await.expect(200), expected);
    let in_hand = sue.act(&path(running)).await.expect(200);
    assert_eq!((&in_hand["state"], &in_hand["held_until"]), (&json!("running"), &json!(now + TimeDelta::seconds(100))));
    assert_eq!(sue.act(&path(due)).await.expect(200)["state"], "waiting");
    sue.act(&path(999)).await.expect_problem(404, "not_found");
    let detail = json!({"queue": "email", "name": "password_reset", "attempts": 2});
    assert_eq!(audited(&sue, "&subject=job").await, [entry(&sue, "job.try", failed, detail)]);

    // All that failed, of a name; what only waits is not meant.
    execute(&world, "DELETE FROM outbox").await;
    let one = put(&world, now, FAILED).await;
    let other = put(&world, now, Row { name: "account_activation", ..FAILED }).await;
    put(&world, now, Row { until: 100, waits: true, ..DUE }).await;
    let tried = async |body| sue.post("/api/v1/admin/jobs/try", body).await.expect(200);
    assert_eq!(tried(json!({"name": "password_reset", "queue": "email"})).await, json!({"count": 1, "next": null}));
    assert_eq!(tried(json!({})).await, json!({"count": 1, "next": null}));
    assert_eq!(tried(json!({})).await, json!({"count": 0, "next": null}));
    let list = audited(&sue, "&subject=job").await;
    let detail = |queue: Option<&str>, name: Option<&str>, id: i64| json!({"queue": queue, "name": name, "count": 1, "ids": [id]});
    let expected = [
        entry(&sue, "job.try_all", other, detail(None, None, other)),
        entry(&sue, "job.try_all", one, detail(Some("email"), Some("password_reset"), one)),
    ];
    assert_eq!(list[..2], expected);
    // A worker takes them at once: nobody is there to be mailed, so both are done.
    world.add_worker().await;
    crate::world::eventually("both are done", async || number(&world, JOBS).await == 1).await;
    execute(&world, "DELETE FROM outbox").await;
    world.finish().await;
}

/// A script's empty variable must not mean all.
#[tokio::test]
async fn a_blank_name_names_no_jobs() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    bury(&world, now, "email", "a", "{}").await;
    put(&world, now, FAILED).await;
    for blank in ["", "  "] {
        for path in ["dead-jobs/retry", "dead-jobs/drop", "jobs/try"] {
            let answer = sue.post(&format!("/api/v1/admin/{path}"), json!({"name": blank})).await;
            assert!(answer.expect_problem(422, "invalid")["errors"]["name"][0].is_string(), "{path}");
        }
    }
    assert_eq!((number(&world, JOBS).await, number(&world, GONE).await), (1, 1));
    execute(&world, "DELETE FROM outbox").await;
    world.finish().await;
}

/// A session may be told for another 30 s that its owner is staff; what is written down is asked again.
#[tokio::test]
async fn who_is_staff_no_more_changes_no_job() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    let (buried, failed) = (bury(&world, now, "email", "a", "{}").await, put(&world, now, FAILED).await);
    sue.get(DEAD).await.expect(200);
    execute(&world, "UPDATE accounts SET staff = FALSE").await;
    sue.act(&format!("{DEAD}/{buried}/retry")).await.expect_problem(403, "not_staff");
    sue.delete(&format!("{DEAD}/{buried}")).await.expect_problem(403, "not_staff");
    sue.act(&format!("/api/v1/admin/jobs/{failed}/try")).await.expect_problem(403, "not_staff");
    for path in ["dead-jobs/retry", "dead-jobs/drop", "jobs/try"] {
        sue.post(&format!("/api/v1/admin/{path}"), json!({})).await.expect_problem(403, "not_staff");
    }
    let unchanged = "SELECT (SELECT count(*) FROM dead_jobs) * 100 + (SELECT count(*) FROM outbox) * 10
        + (SELECT count(*) FROM audit_log)";
    assert_eq!(number(&world, unchanged).await, 110);
    let database = &world.core().database;
    let waits = database.engine().statement(
        "SELECT count(*) AS waits FROM outbox WHERE lease_until = $1",
        [(now + TimeDelta::seconds(60)).into()],
    );
    let row =
        sea_orm::ConnectionTrait::query_one_raw(database.writer(), waits).await.expect("an answer").expect("a row");
    assert_eq!(row.try_get::<i64>("", "waits").expect("a number"), 1);
    execute(&world, "DELETE FROM outbox").await;
    world.finish().await;
}
