//! Workers that are killed.

use sea_orm::{ConnectionTrait, TransactionTrait};
use std::time::Duration;

use super::Scene;
use crate::children::{eventually, production};
use crate::world::Job;

#[tokio::test]
async fn a_worker_killed_between_commit_and_acknowledgement_doubles_and_loses_nothing() {
    if !production() {
        return;
    }
    let scene = Scene::new(3).await;
    let world = &scene.world;
    // The recipient's inbox is taken, so that the worker gets as far as its lock.
    let taken = world.core.database.writer().begin().await.expect("a transaction");
    taken.execute_unprepared("SELECT 1 FROM inboxes WHERE account_id = 2 FOR UPDATE").await.expect("the inbox");
    world.write(&Job::decided(1, 2)).await;
    let worker = scene.worker().await;
    let blocked = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%inboxes%'";
    eventually("the worker waits for the inbox", async || world.number(blocked, []).await == 1).await;

    // From here Redis hears nothing more of it: it commits, and can't acknowledge.
    assert_eq!(scene.redis.command("CLIENT PAUSE 60000 WRITE"), "+OK");
    taken.commit().await.expect("the inbox is free");
    scene.some_are_done(1).await;
    worker.kill();
    assert_eq!(scene.redis.command("CLIENT UNPAUSE"), "+OK");
    assert_ne!(scene.queue("HLEN", "data"), 0, "the task was not acknowledged");

    world.write(&Job::decided(2, 3)).await;
    let worker = scene.worker().await;
    world.settle().await;
    scene.drained().await; // the dead one's task comes back after its heartbeats were missed
    worker.stop().await;
    assert_eq!(world.inbox(2).await.notifications, [(1, "accepted".to_owned(), 1)]);
    world.check_exactly(2).await;
}

#[tokio::test]
async fn a_worker_killed_before_its_commit_leaves_the_job_to_the_next() {
    if !production() {
        return;
    }
    let scene = Scene::new(3).await;
    let world = &scene.world;
    let taken = world.core.database.writer().begin().await.expect("a transaction");
    taken.execute_unprepared("SELECT 1 FROM inboxes WHERE account_id = 3 FOR UPDATE").await.expect("the inbox");
    world.write(&Job::decided(1, 3)).await;
    let worker = scene.worker().await;
    let blocked = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%inboxes%'";
    eventually("the worker waits for the inbox", async || world.number(blocked, []).await == 1).await;
    worker.kill();
    taken.commit().await.expect("the inbox is free");
    assert_eq!(world.notifications().await, 0);

    let worker = scene.worker().await;
    world.settle().await;
    worker.stop().await;
    world.check_exactly(1).await;
}

#[tokio::test]
async fn a_worker_killed_again_and_again_in_the_middle_of_its_work_doubles_and_loses_nothing() {
    if !production() {
        return;
    }
    let scene = Scene::new(21).await;
    let world = &scene.world;
    let carrier = world.carry();
    for first in [1, 101, 201] {
        let before = world.notifications().await;
        let worker = scene.worker().await;
        world.ask(first, 100).await;
        scene.some_are_done(before + 1).await;
        // Not a wait: the moment of death.
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..50))).await;
        worker.kill();
    }
    carrier.stop().await;
    let worker = scene.worker().await;
    world.settle().await;
    worker.stop().await;
    world.check_exactly(300).await;
}

#[tokio::test]
async fn of_two_workers_one_may_be_killed() {
    if !production() {
        return;
    }
    let scene = Scene::new(21).await;
    let (one, other) = (scene.worker().await, scene.worker().await);
    scene.world.write_many(3_000).await;
    scene.some_are_done(500).await;
    one.kill();
    scene.world.settle().await;
    other.stop().await;
    scene.world.check_exactly(3_000).await;
}
