//! A Redis that dies and comes back empty.

use shared::jobs::Queue;

use super::Scene;
use crate::children::{eventually, production};

#[tokio::test]
async fn all_jobs_come_though_redis_died_with_them() {
    if !production() {
        return;
    }
    let mut scene = Scene::new(21).await;
    let carrier = scene.world.carry();
    scene.world.ask(1, 500).await;
    eventually("the jobs are in Redis", async || scene.queue("LLEN", "active") == 500).await;
    scene.redis.die();
    scene.redis.come();
    assert_eq!(scene.queue("LLEN", "active"), 0);

    let worker = scene.worker().await;
    scene.world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    scene.world.check_exactly(500).await;
}

#[tokio::test]
async fn all_jobs_come_though_redis_dies_while_they_are_done() {
    if !production() {
        return;
    }
    let mut scene = Scene::new(21).await;
    let carrier = scene.world.carry();
    let worker = scene.worker().await;
    scene.world.write_many(2_000).await;
    scene.some_are_done(1).await;
    scene.redis.die();
    // While it is away, work is asked for all the same.
    scene.world.ask(2_001, 20).await;
    scene.redis.come();
    scene.world.settle().await;
    // And the way through Redis is whole again.
    let depth = async || scene.world.core.ports.queue.depth(Queue::Notifications).await.is_ok();
    eventually("the API's own connection is back", depth).await;
    scene.world.ask(2_021, 20).await;
    scene.world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    scene.world.check_exactly(2_040).await;
}

#[tokio::test]
async fn a_worker_stops_in_time_though_redis_is_gone() {
    if !production() {
        return;
    }
    let mut scene = Scene::new(3).await;
    let worker = scene.worker().await;
    scene.world.write_many(10).await;
    scene.world.settle().await;
    scene.redis.die();
    worker.stop().await;
}
