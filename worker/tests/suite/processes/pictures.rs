//! Workers that are killed while they make a thumbnail.

use sea_orm::{ConnectionTrait, TransactionTrait};

use super::Scene;
use crate::children::{eventually, production};
use crate::thumbnails::{check_made, listing, pictures};

#[tokio::test]
async fn a_worker_killed_with_the_thumbnail_stored_leaves_it_to_the_next() {
    if !production() {
        return;
    }
    let scene = Scene::new(1).await;
    let world = &scene.world;
    let listing = listing(world, 1).await;
    // The picture's row is taken, so that the worker gets as far as its lock.
    let taken = world.core.database.writer().begin().await.expect("a transaction");
    taken.execute_unprepared("SELECT 1 FROM listing_pictures FOR UPDATE").await.expect("the picture");
    let worker = scene.worker().await;
    let blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                   AND wait_event_type = 'Lock' AND query LIKE '%listing_pictures%'";
    eventually("the worker waits for the picture", async || world.number(blocked, []).await == 1).await;
    worker.kill();
    taken.commit().await.expect("the picture is free");
    let stored = |world: &crate::world::World| {
        world.bed.pictures().into_iter().filter(|key| key.starts_with("thumbnails/")).collect::<Vec<_>>()
    };
    let [orphan] = stored(world).try_into().expect("one that nothing refers to");
    assert_eq!(pictures(world, listing).await[0].thumbnail, None);

    let worker = scene.worker().await;
    world.settle().await;
    worker.stop().await;
    assert_eq!(stored(world).len(), 2);
    check_made(world, listing, 1).await;
    assert!(!stored(world).contains(&orphan));
}
