//! An API process that is killed or stopped while decisions are made: what was answered is told.

use shared::testing::TestBed;

use crate::children::{Redis, eventually, production};
use crate::world::{Api, Decisions, Worker, at_a_random_moment, beside, check, requests_for};

/// More than can be decided before the end comes.
const REQUESTS: i64 = 3_000;

async fn bed(redis: &Redis, lease: i64) -> TestBed {
    TestBed::new(|config| {
        config.redis.url = Some(redis.url());
        config.outbox.lease = lease;
    })
    .await
}

#[tokio::test]
async fn every_decision_that_was_answered_before_a_kill_makes_one_notification() {
    if !production() {
        return;
    }
    let redis = Redis::start();
    let bed = bed(&redis, 1).await;
    let core = bed.core().await;
    let api = Api::start(bed.folder(), &beside(&bed)).await;
    let person = api.join("decider").await;
    let requests = requests_for(&core, person.id, REQUESTS).await;
    let worker = Worker::start(bed.core().await);

    let decisions = Decisions::start(&person, requests.clone());
    decisions.answered(50).await;
    at_a_random_moment().await;
    api.process.kill();
    let outcome = decisions.end().await;
    assert!(outcome.kept.len() < requests.len(), "it was killed in the middle");

    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    worker.stop().await;
    check(&core, &requests, &outcome).await;
}

#[tokio::test]
async fn decisions_answered_with_no_worker_and_a_redis_that_died_are_told_too() {
    if !production() {
        return;
    }
    let mut redis = Redis::start();
    let bed = bed(&redis, 1).await;
    let core = bed.core().await;
    let api = Api::start(bed.folder(), &beside(&bed)).await;
    let person = api.join("decider").await;
    let requests = requests_for(&core, person.id, REQUESTS).await;
    let decisions = Decisions::start(&person, requests.clone());
    decisions.answered(50).await;
    redis.die();
    decisions.answered(100).await; // without Redis it still serves
    api.process.kill();
    let outcome = decisions.end().await;
    redis.come();
    assert_eq!(redis.number("DBSIZE"), 0, "it came back empty");

    let worker = Worker::start(bed.core().await);
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    worker.stop().await;
    check(&core, &requests, &outcome).await;
}

#[tokio::test]
async fn a_stop_under_load_is_orderly_and_waits_for_no_lease() {
    if !production() {
        return;
    }
    let redis = Redis::start();
    let bed = bed(&redis, 600).await;
    let core = bed.core().await;
    let api = Api::start(bed.folder(), &beside(&bed)).await;
    let person = api.join("decider").await;
    let requests = requests_for(&core, person.id, REQUESTS).await;
    let decisions = Decisions::start(&person, requests.clone());
    decisions.answered(50).await;
    at_a_random_moment().await;
    api.process.stop().await; // checks the exit code and the time
    let outcome = decisions.end().await;
    assert!(outcome.kept.len() < requests.len(), "it was stopped in the middle");

    // The lease is far longer than this test: all was pushed, or given back.
    let worker = Worker::start(bed.core().await);
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    worker.stop().await;
    check(&core, &requests, &outcome).await;
}
