//! Workers that are asked to stop.

use super::Scene;
use crate::children::{eventually, production};

#[tokio::test]
async fn a_stop_under_load_is_orderly_and_loses_nothing() {
    if !production() {
        return;
    }
    let scene = Scene::new(21).await;
    let carrier = scene.world.carry();
    let worker = scene.worker().await;
    scene.world.write_many(2_000).await;
    scene.some_are_done(1).await;
    worker.stop().await; // checks the exit code and the time
    let left = scene.world.core.outbox.depth().await.expect("an answer");
    assert_eq!(scene.world.notifications().await + left, 2_000, "what was begun was finished");

    let worker = scene.worker().await;
    scene.world.ask(2_001, 100).await;
    scene.world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    scene.world.check_exactly(2_100).await;
}

#[tokio::test]
async fn workers_that_follow_one_another_lose_nothing() {
    if !production() {
        return;
    }
    let scene = Scene::new(21).await;
    let carrier = scene.world.carry();
    let mut worker = scene.worker().await;
    for first in [1, 201, 401] {
        scene.world.ask(first, 200).await;
        eventually("some of them are done", async || scene.world.notifications().await >= first).await;
        // As a rolling restart does: the next one runs before the last one stops.
        let next = scene.worker().await;
        std::mem::replace(&mut worker, next).stop().await;
    }
    scene.world.settle().await;
    scene.drained().await;
    worker.stop().await;
    carrier.stop().await;
    scene.world.check_exactly(600).await;
}
