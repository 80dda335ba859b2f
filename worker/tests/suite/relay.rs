//! The relay: what it can't push waits unleased, and a stop leaves no lease behind.

use std::sync::Arc;

use chrono::TimeDelta;
use shared::Core;
use shared::jobs::{Failure, Queue};

use crate::children::eventually;
use crate::world::{Carrier, FlakyQueue, Job, World};

/// Whether jobs that `core` writes now are born unleased.
fn closed(core: &Core) -> bool {
    let now = core.writer.now();
    core.writer.relay().lease_until(Queue::Notifications, now) <= now
}

/// How many jobs nobody has.
async fn unleased(world: &World) -> i64 {
    let now = world.core.writer.now();
    world.number("SELECT count(*) FROM outbox WHERE lease_until <= $1", [now.into()]).await
}

/// A world whose core has a queue that can be taken away.
async fn flaky() -> (World, Arc<FlakyQueue>) {
    let mut world = Box::pin(World::new(5)).await;
    let (core, queue) = Box::pin(FlakyQueue::core(&world.bed, &world.core)).await;
    world.core = core;
    (world, queue)
}

/// The push's answer may have been lost, and the job have failed in a worker's hand since.
#[tokio::test]
async fn a_lease_that_is_given_up_late_leaves_a_backoff_alone() {
    let world = World::new(2).await;
    let (failed, pushed) = (world.write(&Job::decided(1, 2)).await, world.write(&Job::decided(2, 2)).await);
    world.claim(Queue::Notifications).await;
    let (outbox, now) = (&world.core.outbox, world.core.writer.now());
    let failure = Failure::Retry { at: now + TimeDelta::hours(1), error: "away".to_owned() };
    assert!(outbox.fail(failed, None, &failure, now).await.expect("an answer"));
    outbox.unlease(&[failed, pushed], now).await.expect("an answer");
    assert_eq!(world.row(failed).await.expect("a row").lease_until, now + TimeDelta::hours(1));
    assert_eq!(world.row(pushed).await.expect("a row").lease_until, now);
}

#[tokio::test]
async fn at_the_watermark_jobs_wait_in_the_database_and_are_swept_later() {
    let world = World::with(5, |config| config.outbox.watermark = 10).await;
    let carrier = world.carry();
    world.ask(1, 10).await;
    eventually("the window is full", async || closed(&world.core)).await;
    world.ask(11, 20).await;
    assert_eq!(unleased(&world).await, 20, "they were born unleased");
    assert_eq!(world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer"), 10);

    let worker = World::work(world.bed.core().await);
    world.settle().await; // the clock was not turned: no lease was waited for
    eventually("the relay takes part again", async || !closed(&world.core)).await;
    world.ask(31, 1).await;
    world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    world.check_exactly(31).await;
}

#[tokio::test]
async fn while_the_queue_is_away_jobs_wait_in_the_database_and_are_swept_later() {
    let (world, queue) = flaky().await;
    let carrier = world.carry();
    queue.set_away(true);
    world.ask(1, 5).await;
    eventually("the relay gives up", async || closed(&world.core)).await;
    world.ask(6, 5).await;
    eventually("no job is leased", async || unleased(&world).await == 10).await;

    // The worker's own way to the queue is whole.
    let worker = World::work(world.bed.core().await);
    world.settle().await;
    queue.set_away(false);
    eventually("the relay takes part again", async || !closed(&world.core)).await;
    world.ask(11, 1).await;
    world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    world.check_exactly(11).await;
}

#[tokio::test]
async fn a_stop_leaves_what_was_handed_over_in_a_lasting_queue_or_unleased() {
    let world = World::new(5).await;
    world.ask(1, 700).await; // more than one batch; nothing runs that could push them
    let carrier = Carrier::start(world.core.clone());
    carrier.stop().await;
    let depth = world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer");
    let (pushed, given_back) = if shared::testing::production() { (700, 0) } else { (0, 700) };
    assert_eq!((depth, unleased(&world).await), (pushed, given_back));

    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;
    world.check_exactly(700).await;
}

#[tokio::test]
async fn a_stop_while_the_queue_is_away_leaves_no_lease_behind() {
    let (world, queue) = flaky().await;
    world.ask(1, 7).await;
    queue.set_away(true);
    let carrier = world.carry();
    carrier.stop().await;
    assert_eq!(unleased(&world).await, 7);

    let worker = World::work(world.bed.core().await);
    world.settle().await;
    worker.stop().await;
    world.check_exactly(7).await;
}

#[tokio::test]
async fn a_workers_stop_finishes_what_is_in_hand_and_the_next_one_does_the_rest() {
    let world = World::new(21).await;
    let next = world.bed.core().await;
    world.write_many(2_000).await;
    let worker = World::work(world.bed.core().await);
    eventually("it is at work", async || world.notifications().await > 0).await;
    worker.stop().await;
    let done = world.notifications().await;
    let left = world.core.outbox.depth().await.expect("an answer");
    assert_eq!(done + left, 2_000, "what was begun was finished");

    // The clock is not turned: what was not begun was given back, and no lease is waited for.
    let worker = World::work(next);
    let begun = std::time::Instant::now();
    world.settle().await;
    assert!(begun.elapsed() < std::time::Duration::from_secs(25), "it took {:?}", begun.elapsed());
    worker.stop().await;
    world.check_exactly(2_000).await;
}
