//! Jobs that can't be done: malformed, of another version, refused by the database.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use shared::database::Engine;
use shared::jobs::Queue;
use shared::ports::queue::QueuedJob;
use shared::testing::TestBed;
use std::time::{Duration, Instant};

use crate::children::eventually;
use crate::world::{Job, World};

#[tokio::test]
async fn a_malformed_payload_dies_and_the_rest_of_its_batch_is_done() {
    let world = World::new(5).await;
    let no_json = Job { payload: r#"{"request_id":"#.to_owned(), ..Job::decided(0, 2) };
    let other_form = Job { payload: r#"{"request_id":"one"}"#.to_owned(), ..Job::decided(0, 2) };
    world.write(&no_json).await;
    world.write_many(20).await;
    world.write(&other_form).await;

    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;

    let dead = TestBed::dead_jobs(&world.core).await;
    assert_eq!(dead.len(), 2, "{dead:#?}");
    for (dead, job) in dead.iter().rev().zip([no_json, other_form]) {
        assert_eq!(dead.payload, job.payload);
        assert_eq!(dead.name, "request_decided");
        assert_eq!(dead.attempts, 1);
        assert!(dead.error.starts_with("the payload does not read: "), "{}", dead.error);
        world.run("DELETE FROM dead_jobs WHERE id = $1", [dead.id.into()]).await;
    }
    world.check_exactly(20).await;
}

#[tokio::test]
async fn an_envelope_that_does_not_read_dies_and_the_worker_goes_on() {
    let world = World::new(3).await;
    world.write(&Job::decided(7, 2)).await;
    let [job] = world.claim(Queue::Notifications).await.try_into().expect("one job");
    let torn = QueuedJob { body: job.body[..job.body.len() / 2].to_owned(), ..job };
    let nobodys = QueuedJob { task_id: "what is this".to_owned(), body: "nothing".to_owned() };
    world.core.ports.queue.push(Queue::Notifications, &[nobodys, torn]).await.expect("a push");
    world.write(&Job::decided(1, 3)).await;

    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;

    assert_eq!(world.inbox(3).await.kinds(), ["accepted"]);
    let dead = TestBed::dead_jobs(&world.core).await;
    assert_eq!(dead.len(), 1);
    assert!(dead[0].error.starts_with("envelope: "), "{}", dead[0].error);
}

#[tokio::test]
async fn what_only_another_version_knows_is_put_back_until_that_version_comes() {
    let world = World::new(3).await;
    let begun = world.core.writer.now();
    let newer = world.write(&Job { version: 99, ..Job::decided(1, 3) }).await;
    let unknown = world.write(&Job { name: "request_forgotten", ..Job::decided(2, 2) }).await;

    let worker = World::work(world.bed.core().await);
    let (begun, latest) = (begun + TimeDelta::seconds(5), TimeDelta::seconds(5));
    for id in [newer, unknown] {
        let put_back = async || {
            let row = world.row(id).await.expect("the job stays");
            row.pushes >= 1 && row.lease_until >= begun && row.lease_until <= world.core.writer.now() + latest
        };
        eventually("the job is put back", put_back).await;
        let row = world.row(id).await.expect("the job stays");
        assert_eq!((row.attempts, row.last_error), (0, None), "nobody tried it");
    }
    assert_eq!(world.notifications().await, 0);

    // A worker that knows them: what they say is what this one knows.
    world.run("UPDATE outbox SET version = 2, name = 'request_decided'", []).await;
    world.bed.clock.turn(latest);
    world.settle().await;
    worker.stop().await;
    world.check_exactly(2).await;
}

#[tokio::test]
async fn the_version_before_is_delivered() {
    let world = World::new(3).await;
    for (request, decision) in [(1, "accept"), (2, "reject")] {
        let payload = format!(r#"{{"request_id":{request},"actor_id":1,"recipient_id":2,"decision":"{decision}"}}"#);
        world.write(&Job { version: 1, payload, ..Job::decided(request, 2) }).await;
    }

    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;

    let mut kinds = world.inbox(2).await.notifications;
    kinds.sort_by_key(|(_, _, request)| *request);
    let kinds: Vec<_> = kinds.iter().map(|(_, kind, request)| (kind.as_str(), *request)).collect();
    assert_eq!(kinds, [("accepted", 1), ("rejected", 2)]);
    assert_eq!(TestBed::dead_jobs(&world.core).await, []);
}

/// Makes the database refuse every notification for one account.
pub(crate) async fn refuse_for(world: &World, account: i64) {
    let sql = match world.core.database.engine() {
        Engine::Postgres => format!(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN IF NEW.account_id = {account} THEN RAISE EXCEPTION 'the test refuses'; END IF; RETURN NEW; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION refuse()"
        ),
        Engine::Sqlite => format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON notifications WHEN NEW.account_id = {account}
             BEGIN SELECT RAISE(ABORT, 'the test refuses'); END"
        ),
    };
    world.core.database.writer().execute_unprepared(&sql).await.expect("the trigger is made");
}

async fn refuse_no_more(world: &World) {
    let sql = match world.core.database.engine() {
        Engine::Postgres => "DROP TRIGGER refuse ON notifications",
        Engine::Sqlite => "DROP TRIGGER refuse",
    };
    world.core.database.writer().execute_unprepared(sql).await.expect("the trigger is dropped");
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_then_dies_and_can_be_brought_back() {
    let world = World::with(6, |config| config.worker.attempts = 3).await;
    // Account 6 gets request 4 of these and nothing else.
    world.write_many(4).await;
    refuse_for(&world, 6).await;
    let begun = world.core.writer.now();
    let worker = World::work(world.bed.core().await);

    eventually("the rest of the batch is done", async || world.notifications().await == 3).await;
    let (mut tried, mut from) = (0, begun);
    loop {
        let again = async || world.rows("TRUE").await.first().is_none_or(|row| row.attempts > tried);
        eventually("it is tried again", again).await;
        // On a slow machine a try may be over before it was seen.
        let Some(row) = world.rows("TRUE").await.pop() else { break };
        assert!(row.last_error.as_deref().is_some_and(|error| error.contains("the test refuses")), "{row:?}");
        let (wait, now) = (TimeDelta::seconds(1 << row.attempts), world.core.writer.now());
        assert!((from..=now).contains(&(row.lease_until - wait)), "from {from} to {now}: {row:?}");
        (tried, from) = (row.attempts, row.lease_until);
        world.bed.clock.turn((from - now).max(TimeDelta::zero()));
    }
    let dead = TestBed::dead_jobs(&world.core).await.remove(0);
    assert_eq!(dead.attempts, 3);
    assert!(dead.error.contains("the test refuses"), "{}", dead.error);
    assert_eq!(world.number("SELECT count(*) FROM dead_jobs", []).await, 1);

    refuse_no_more(&world).await;
    assert!(TestBed::retry_dead(&world.core, dead.id).await);
    world.settle().await;
    worker.stop().await;
    world.check_exactly(4).await;
    let again = TestBed::retry_dead(&world.core, dead.id).await;
    assert!(!again, "it is brought back once");
}

#[tokio::test]
async fn a_job_that_fails_delays_nobody() {
    let world = World::with(6, |config| config.worker.attempts = 1).await;
    refuse_for(&world, 6).await;
    let worker = World::work(world.bed.core().await);
    // Many times: what is left of a failed batch's transaction must not hide its rows from what follows.
    for round in 0..30 {
        let begun = Instant::now();
        world.write_about(10 * round, 5).await;
        eventually("the others are told", async || world.notifications().await == 4 * (round + 1)).await;
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(25), "round {round} waited for a lease: {took:?}");
    }
    world.settle().await;
    worker.stop().await;
    assert_eq!(world.number("SELECT count(*) FROM dead_jobs", []).await, 30);
}
