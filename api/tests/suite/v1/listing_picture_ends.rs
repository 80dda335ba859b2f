//! What becomes of the pictures of listings when they, or what they belong to, go.

use shared::testing::TestBed;

use super::deletion::{assert_gone, delete};
use super::listing_pictures::{add, assert_no_orphans, listing_of, numbers, remove, small, sweep_after, upload};
use super::support::{execute, number};
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn one_that_is_gone_before_its_small_form_is_made_leaves_nothing() {
    let mut world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    let (first, second) = (add(&ann, listing).await, add(&ann, listing).await);
    remove(&ann, listing, first).await.expect(204);
    world.core().janitor.sweep().await.expect("a sweep");
    assert_eq!(world.bed.pictures().len(), 1);
    remove(&ann, listing, second).await.expect(204);
    world.add_worker().await;
    world.settle().await;
    sweep_after(&world, 0).await;
    assert_no_orphans(&world, &[listing]).await;
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.finish().await;
}

#[tokio::test]
async fn a_listing_takes_its_pictures_with_it() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (listing, other) = (listing_of(&world, &ann).await, listing_of(&world, &ann).await);
    for listing in [listing, listing, other] {
        add(&ann, listing).await;
    }
    world.settle().await;
    add(&ann, listing).await; // perhaps without a thumbnail yet
    assert!(world.bed.pictures().len() >= 7);
    world.core().listings.remove(ann.id, listing).await.expect("removed");
    world.settle().await;
    sweep_after(&world, 0).await;
    assert_eq!(world.bed.pictures().len(), 2);
    assert_no_orphans(&world, &[other]).await;
    world.finish().await;
}

#[tokio::test]
async fn an_account_takes_its_listings_pictures_with_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (listing, bobs) = (listing_of(&world, &ann).await, listing_of(&world, &bob).await);
    add(&bob, bobs).await;
    add(&ann, listing).await;
    // More than one part takes away.
    let mut last = listing;
    for _ in 0..50 {
        last = listing_of(&world, &ann).await;
    }
    add(&ann, last).await;
    world.settle().await;
    add(&ann, last).await;
    delete(&ann, PASSWORD).await.expect(204);
    assert_gone(&world, ann.id).await;
    assert_eq!(number(&world, "SELECT count(*) FROM listing_pictures").await, 1);
    sweep_after(&world, 0).await;
    assert_no_orphans(&world, &[bobs]).await;
    world.finish().await;
}

/// A process that dies between the store and the commit leaves a file that nothing speaks of.
#[tokio::test]
async fn what_was_stored_and_not_referred_to_goes_after_an_hour() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    let kept = add(&ann, listing).await;
    world.settle().await;
    execute(&world, "ALTER TABLE listing_pictures RENAME COLUMN key TO away").await;
    upload(&ann, listing, small()).await.expect_problem(500, "failed");
    execute(&world, "ALTER TABLE listing_pictures RENAME COLUMN away TO key").await;
    assert_eq!(numbers(&world, listing).await, (Some(kept), vec![kept]));
    sweep_after(&world, 59).await;
    assert_eq!(world.bed.pictures().len(), 3, "it may still be referred to");
    sweep_after(&world, 2).await;
    assert_no_orphans(&world, &[listing]).await;
    world.finish().await;
}
