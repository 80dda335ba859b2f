//! The queue may lose everything, and never holds more than its window.

use chrono::TimeDelta;
use shared::jobs::Queue;
use shared::ports::queue::{EmbeddedQueue, JobQueue};
use std::sync::Arc;

use crate::children::{Redis, eventually};
use crate::world::{TestMailer, Worker, World};

/// A queue that a test may empty: the embedded one, or a Redis of its own.
enum Losable {
    Embedded(Arc<EmbeddedQueue>),
    Redis(Redis),
}

impl Losable {
    fn lose_everything(&self) {
        match self {
            Self::Embedded(queue) => queue.lose_everything(),
            Self::Redis(redis) => assert_eq!(redis.command("FLUSHALL"), "+OK"),
        }
    }
}

/// A world and one more core in it, over a queue that can be emptied.
async fn losable(people: i64) -> (World, shared::Core, Losable) {
    if shared::testing::production() {
        let redis = Redis::start();
        let world = Box::pin(World::with(people, |config| config.redis.url = Some(redis.url()))).await;
        let core = Box::pin(world.bed.core()).await;
        return (world, core, Losable::Redis(redis));
    }
    let mut world = Box::pin(World::new(people)).await;
    let queue = Arc::new(EmbeddedQueue::default());
    let mut cores = Vec::new();
    for _ in 0..2 {
        let mut ports = world.core.ports.clone();
        ports.queue = Arc::clone(&queue) as Arc<dyn JobQueue>;
        let database = shared::database::Database::connect(&world.bed.config.database, &world.bed.clock).await;
        let core = shared::Core::new(world.bed.config.clone(), database.expect("the database answers"), ports);
        let core = Box::pin(core).await;
        cores.push(core.expect("a core"));
    }
    world.core = cores.pop().expect("two cores");
    (world, cores.pop().expect("two cores"), Losable::Embedded(queue))
}

#[tokio::test]
async fn all_jobs_come_though_the_queue_lost_everything() {
    let (world, core, queue) = Box::pin(losable(21)).await;
    let carrier = world.carry();
    world.ask(1, 500).await;
    let depth = async || world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer");
    eventually("the jobs are in the queue", async || depth().await == 500).await;

    queue.lose_everything();
    assert_eq!(depth().await, 0);
    let worker = Worker::start(core, TestMailer::new([]));
    world.write_about(500, 1).await; // nobody has it, so whoever sweeps takes it
    eventually("the worker has swept", async || world.notifications().await == 1).await;
    let leased = world.rows("pushes = 0").await.len();
    assert_eq!(leased, 500, "nobody takes them while their leases last");

    world.bed.clock.turn(TimeDelta::seconds(31));
    world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    world.check_exactly(501).await;
}

#[tokio::test]
async fn all_jobs_come_though_the_queue_loses_everything_under_the_workers_hands() {
    let (world, core, queue) = Box::pin(losable(21)).await;
    let carrier = world.carry();
    let worker = Worker::start(core, TestMailer::new([]));
    for first in [1, 101, 201, 301, 401] {
        world.ask(first, 100).await;
        queue.lose_everything();
    }
    world.bed.clock.turn(TimeDelta::seconds(31));
    world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    world.check_exactly(500).await;
}

#[tokio::test]
async fn ten_thousand_jobs_wait_for_the_first_worker_and_the_window_holds() {
    let world = World::new(101).await;
    world.write_many(10_000).await;
    let worker = World::work(world.bed.core().await);
    let watermark = world.core.config.outbox.watermark;
    let mut deepest = 0;
    while world.core.outbox.depth().await.expect("an answer") > 0 {
        let depth = world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer");
        deepest = deepest.max(depth);
    }
    worker.stop().await;
    assert!(deepest <= watermark, "{deepest} jobs were in the queue, whose window is {watermark}");
    assert!(deepest > 0, "the queue was seen at work");
    world.check_exactly(10_000).await;
}
