//! Exactly once: however often a job comes, and to however many workers.

use shared::jobs::Queue;
use shared::ports::queue::QueuedJob;

use crate::children::eventually;
use crate::world::{Job, World};

/// The same jobs under other task ids, as pushes that crossed leave them.
fn again(jobs: &[QueuedJob], pushes: u32) -> Vec<QueuedJob> {
    let other = |job: &QueuedJob| {
        let (stem, _) = job.task_id.rsplit_once('-').expect("a task id");
        QueuedJob { task_id: format!("{stem}-{pushes}"), body: job.body.clone() }
    };
    jobs.iter().map(other).collect()
}

async fn drained(world: &World) {
    let depth = async || world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer") == 0;
    eventually("the queue is empty", depth).await;
}

#[tokio::test]
async fn a_job_that_comes_three_times_makes_one_notification() {
    let world = World::new(2).await;
    world.write(&Job::decided(1, 2)).await;
    let job = world.claim(Queue::Notifications).await;
    let pushes = [job.clone(), again(&job, 2), again(&job, 3)].concat();
    world.core.ports.queue.push(Queue::Notifications, &pushes).await.expect("a push");

    let worker = World::work(world.bed.core().await);
    drained(&world).await;
    worker.stop().await;
    world.check_exactly(1).await;

    // And once more, long after it was done.
    world.core.ports.queue.push(Queue::Notifications, &again(&job, 4)).await.expect("a push");
    let worker = World::work(world.bed.core().await);
    drained(&world).await;
    worker.stop().await;
    world.check_exactly(1).await;
}

#[tokio::test]
async fn two_workers_share_500_jobs_and_do_each_once() {
    let world = World::new(21).await;
    world.two_workers_do(500).await;
    world.check_exactly(500).await;
}

#[tokio::test]
async fn two_workers_that_both_get_all_of_500_jobs_do_each_once() {
    let world = World::new(21).await;
    world.write_many(500).await;
    let jobs = world.claim(Queue::Notifications).await;
    let mut twice: Vec<_> = jobs.iter().cloned().zip(again(&jobs, 2)).flat_map(|(one, other)| [one, other]).collect();
    let (one, other) = (world.bed.core().await, world.bed.core().await);
    let workers = [World::work(one), World::work(other)];
    for half in [twice.split_off(500), twice] {
        world.core.ports.queue.push(Queue::Notifications, &half).await.expect("a push");
    }
    world.settle().await;
    drained(&world).await;
    for worker in workers {
        worker.stop().await;
    }
    world.check_exactly(500).await;
}
