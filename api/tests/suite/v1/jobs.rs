//! What staff see of background work: queues, jobs as they stand, and what became of them.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Value as Bound};
use serde_json::{Value, json};
use shared::jobs::{InHand, Outcome, Queue};
use shared::ports::clock::Timestamp;

use super::support::{ids, number, staff};
use crate::world::World;

/// A row of the outbox to be written by hand.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) queue: &'static str,
    pub(super) name: &'static str,
    pub(super) payload: &'static str,
    /// Seconds from now, and whether it waits for that time rather than is leased until then.
    pub(super) until: i64,
    pub(super) waits: bool,
    pub(super) attempts: i64,
    pub(super) error: Option<&'static str>,
    pub(super) holder: Option<&'static str>,
}

/// One that a worker may take.
pub(super) const DUE: Row = Row {
    queue: "email",
    name: "password_reset",
    payload: r#"{"account_id":7}"#,
    until: 0,
    waits: false,
    attempts: 0,
    error: None,
    holder: None,
};

/// One that failed and waits for a minute.
pub(super) const FAILED: Row = Row { until: 60, waits: true, attempts: 2, error: Some("the server is away"), ..DUE };

/// Runs a statement; answers the id that it returns.
async fn insert<const N: usize>(world: &World, sql: &str, values: [Bound; N]) -> i64 {
    let database = &world.core().database;
    let row = database.writer().query_one_raw(database.engine().statement(sql, values)).await.expect("it runs");
    row.expect("a row").try_get("", "id").expect("an id")
}

/// Writes a row into the outbox, asked for at `now`; answers its id.
pub(super) async fn put(world: &World, now: Timestamp, row: Row) -> i64 {
    let Row { queue, name, payload, until, waits, attempts, error, holder } = row;
    let until = now + TimeDelta::seconds(until);
    let due_at = waits.then_some(until);
    let sql = "INSERT INTO outbox (queue, name, version, payload, created_at, lease_until, due_at, attempts, last_error, holder)
               VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9) RETURNING id";
    let values: [Bound; 9] = [
        queue.into(),
        name.into(),
        payload.into(),
        now.into(),
        until.into(),
        due_at.into(),
        attempts.into(),
        error.into(),
        holder.into(),
    ];
    insert(world, sql, values).await
}

/// Writes a dead job of a queue and name; answers its number.
pub(super) async fn bury(world: &World, now: Timestamp, queue: &str, name: &str, payload: &str) -> i64 {
    let sql = "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
               VALUES (1, $1, $2, 1, $3, 4, 'gone <b>wrong</b>', $4, $5) RETURNING id";
    let died = now + TimeDelta::seconds(5);
    insert(world, sql, [queue.into(), name.into(), payload.into(), now.into(), died.into()]).await
}

/// What [`bury`] writes, as it is shown.
pub(super) fn dead(id: i64, now: Timestamp, queue: &str, name: &str, payload: &Value) -> Value {
    json!({"id": id, "queue": queue, "name": name, "payload": payload, "attempts": 4, "error": "gone <b>wrong</b>",
        "asked_at": now, "died_at": now + TimeDelta::seconds(5)})
}

#[tokio::test]
async fn queues_and_jobs_are_shown_as_they_stand() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    let earlier = now - TimeDelta::seconds(100);
    let due = put(&world, now, DUE).await;
    let oldest = put(&world, earlier, Row { until: 30, ..DUE }).await;
    let later = put(&world, now, Row { until: 600, waits: true, name: "unread_messages", ..DUE }).await;
    let pushed = put(&world, now, Row { queue: "notifications", name: "notice", until: 30, ..DUE }).await;
    let held = Row { until: 120, attempts: 1, holder: Some("worker-1"), error: Some("the last time"), ..DUE };
    let held = put(&world, now, held).await;
    let lost = put(&world, now, Row { until: -1, attempts: 1, holder: Some("gone"), ..DUE }).await;
    let failed = put(&world, now, FAILED).await;
    let again = put(&world, now, Row { until: -1, queue: "media", payload: "{", ..FAILED }).await;
    let one = bury(&world, now, "email", "password_reset", "{\"account_id\":7}").await;
    let other = bury(&world, now, "email", "account_activation", "torn").await;

    let list = sue.get("/api/v1/admin/queues").await.expect(200);
    let expected = json!({"items": [
        {"queue": "notifications", "waiting": 0, "failed": 0, "due": 0, "running": 1, "dead": 0, "oldest_at": null, "window": 0},
        {"queue": "email", "waiting": 4, "failed": 1, "due": 3, "running": 1, "dead": 2, "oldest_at": earlier, "window": 0},
        {"queue": "media", "waiting": 0, "failed": 1, "due": 1, "running": 0, "dead": 0, "oldest_at": now - TimeDelta::seconds(1), "window": 0},
    ], "next": null});
    assert_eq!(list, expected);

    let job = |id: i64, state: &str, name: &str, until: i64| {
        let until = json!(now + TimeDelta::seconds(until));
        let (next, held) = if state == "running" { (json!(null), until) } else { (until, json!(null)) };
        json!({"id": id, "state": state, "queue": "email", "name": name, "payload": {"account_id": 7}, "attempts": 0,
            "asked_at": now, "next_try_at": next, "held_until": held, "holder": null, "error": null})
    };
    let with = |mut job: Value, changes: Value| {
        job.as_object_mut().expect("fields").extend(changes.as_object().expect("fields").clone());
        job
    };
    let jobs = async |state: &str| sue.get(&format!("/api/v1/admin/jobs?state={state}")).await.expect(200);
    let waiting = [
        with(job(lost, "waiting", "password_reset", -1), json!({"attempts": 1})),
        job(later, "waiting", "unread_messages", 600),
        with(job(oldest, "waiting", "password_reset", -70), json!({"asked_at": earlier})),
        job(due, "waiting", "password_reset", 0),
    ];
    assert_eq!(jobs("waiting").await, json!({"items": waiting, "next": null}));
    assert_eq!(sue.get("/api/v1/admin/jobs").await.expect(200), json!({"items": waiting, "next": null}));
    let running = [
        with(
            job(held, "running", "password_reset", 120),
            json!({"attempts": 1, "holder": "worker-1", "error": "the last time"}),
        ),
        with(job(pushed, "running", "notice", 30), json!({"queue": "notifications"})),
    ];
    assert_eq!(jobs("running").await, json!({"items": running, "next": null}));
    let error = json!({"attempts": 2, "error": "the server is away"});
    let failures = [
        with(
            with(job(again, "failed", "password_reset", -1), error.clone()),
            json!({"queue": "media", "payload": "{"}),
        ),
        with(job(failed, "failed", "password_reset", 60), error),
    ];
    assert_eq!(jobs("failed").await, json!({"items": failures, "next": null}));

    let buried = [
        dead(other, now, "email", "account_activation", &json!("torn")),
        dead(one, now, "email", "password_reset", &json!({"account_id": 7})),
    ];
    let list = sue.get("/api/v1/admin/dead-jobs").await.expect(200);
    assert_eq!(list, json!({"items": buried, "next": null}));
    world.finish().await;
}

#[tokio::test]
async fn jobs_are_narrowed_and_go_on_where_they_stopped() {
    let world = World::without_worker(|_| {}).await;
    let sue = staff(&world, "sue").await;
    let now = world.core().writer.now();
    let mut made = [Vec::new(), Vec::new()];
    for (queue, name) in [("email", "password_reset"), ("media", "picture_thumbnail"), ("email", "account_activation")]
    {
        for _ in 0..2 {
            made[0].push(put(&world, now, Row { queue, name, ..DUE }).await);
            made[1].push(bury(&world, now, queue, name, "{}").await);
        }
    }
    for (path, made) in [("jobs", &made[0]), ("dead-jobs", &made[1])] {
        let list = async |query: &str| sue.get(&format!("/api/v1/admin/{path}?{query}")).await.expect(200);
        let newest: Vec<i64> = made.iter().rev().copied().collect();
        assert_eq!(ids(&list("").await), newest);
        assert_eq!(ids(&list("queue=media").await), newest[2..4]);
        assert_eq!(ids(&list("name=account_activation").await), newest[..2]);
        assert_eq!(ids(&list("queue=email&name=password_reset").await), newest[4..]);
        assert_eq!(ids(&list("queue=media&name=password_reset").await), [0; 0]);
        let first = list("queue=email&limit=3").await;
        assert_eq!(ids(&first), [newest[0], newest[1], newest[4]]);
        let rest = list(&format!("queue=email&limit=3&cursor={}", first["next"].as_str().expect("more"))).await;
        assert_eq!((ids(&rest), &rest["next"]), (vec![newest[5]], &json!(null)));
    }
    world.finish().await;
}

/// Notes what became of a job at a process, so long after it was asked for.
fn note(core: &shared::Core, queue: Queue, outcome: Outcome, delay: TimeDelta) {
    let envelope = json!({"id": 1, "name": "notice", "version": 1, "payload": {}, "origin": {"asked_at": core.writer.now() - delay}});
    let envelope = serde_json::from_str(&envelope.to_string()).expect("an envelope");
    core.jobs_seen.record(&InHand::of(queue, &envelope), outcome);
}

#[tokio::test]
async fn what_became_of_jobs_is_summed_over_processes_minute_by_minute() {
    let mut world = World::without_worker(|_| {}).await;
    world.add_api().await;
    let sue = staff(&world, "sue").await;
    let (one, other) = (&world.apis[0].core, &world.apis[1].core);
    // From the beginning of a minute, so that the test ends in it.
    let second = one.writer.now().timestamp().rem_euclid(60);
    world.bed.clock.turn(TimeDelta::seconds(60 - second));
    let begins_at = Timestamp::from_timestamp(one.writer.now().timestamp().div_euclid(60) * 60, 0).expect("a time");
    for (core, delay) in [(one, 2), (other, 6)] {
        note(core, Queue::Email, Outcome::Done, TimeDelta::seconds(delay));
        note(core, Queue::Email, Outcome::Retried, TimeDelta::seconds(100));
        note(core, Queue::Email, Outcome::PutBack, TimeDelta::seconds(100));
        note(core, Queue::Email, Outcome::Duplicate, TimeDelta::seconds(100));
        core.jobs_seen.write().await;
        core.jobs_seen.write().await; // what is written is written once
    }
    note(other, Queue::Email, Outcome::Dead, TimeDelta::seconds(100));
    other.jobs_seen.write().await;
    world.bed.clock.turn(TimeDelta::minutes(2));
    note(one, Queue::Media, Outcome::Done, TimeDelta::seconds(-5)); // another machine's clock is ahead
    one.jobs_seen.write().await;

    let mut history = sue.get("/api/v1/admin/queues/history?minutes=4").await.expect(200);
    for queue in history["queues"].as_array_mut().expect("queues") {
        for list in ["delay_mean", "delay_max", "duration_mean", "duration_max"] {
            let times = queue[list].as_array_mut().expect("numbers");
            for time in times {
                // What the test itself took is below a second.
                *time = json!(time.as_i64().expect("a number") / 1_000_000);
            }
        }
    }
    let none = [0; 4];
    let queue = |name: &str, done: [i64; 4], retried: [i64; 4], dead: [i64; 4], mean: [i64; 4], max: [i64; 4]| {
        json!({"queue": name, "done": done, "retried": retried, "dead": dead, "delay_mean": mean, "delay_max": max,
            "duration_mean": none, "duration_max": none})
    };
    let expected = json!({"begins_at": begins_at - TimeDelta::minutes(1), "queues": [
        queue("notifications", none, none, none, none, none),
        queue("email", [0, 2, 0, 0], [0, 2, 0, 0], [0, 1, 0, 0], [0, 4, 0, 0], [0, 6, 0, 0]),
        queue("media", [0, 0, 0, 1], none, none, none, none),
    ]});
    assert_eq!(history, expected);
    let day = sue.get("/api/v1/admin/queues/history?minutes=1440").await.expect(200);
    assert_eq!(day["queues"][1]["done"].as_array().expect("numbers").len(), 1_440);
    let hour = sue.get("/api/v1/admin/queues/history").await.expect(200);
    assert_eq!(hour["queues"][1]["done"].as_array().expect("numbers").len(), 60);

    // And is forgotten after two days.
    let minutes = "SELECT count(*) FROM job_minutes";
    world.bed.clock.turn(TimeDelta::minutes(2 * 1_440 - 3));
    world.core().janitor.sweep().await.expect("it sweeps");
    assert_eq!(number(&world, minutes).await, 2);
    world.bed.clock.turn(TimeDelta::minutes(2));
    world.core().janitor.sweep().await.expect("it sweeps");
    assert_eq!(number(&world, minutes).await, 1);
    world.finish().await;
}
