//! Refresh tokens: they rotate, and a spent one ends its family.

use chrono::TimeDelta;

use super::support::number;
use crate::world::World;

const ME: &str = "/api/v1/me";

#[tokio::test]
async fn a_refresh_token_is_traded_for_the_next() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    assert_shape!("refresh", ann.refresh().await.expect(200));
    let mut newest = ann.refreshed().await; // the parent of the newest, within ten seconds
    for _ in 0..3 {
        let next = newest.refreshed().await;
        assert_ne!(next.refresh_token, newest.refresh_token);
        next.get(ME).await.expect(200);
        newest = next;
    }
    world.finish().await;
}

#[tokio::test]
async fn two_tabs_get_the_same_newest_token() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let tabs = futures::future::join_all((0..8).map(|_| ann.refreshed())).await;
    world.bed.clock.turn(TimeDelta::seconds(5));
    let late = ann.refreshed().await;
    // Whichever tab's token is used next, the family goes on from one generation.
    assert_eq!(number(&world, "SELECT generation FROM sessions").await, 2);
    for tab in tabs.iter().chain([&late]) {
        tab.get(ME).await.expect(200);
    }
    late.refreshed().await.get(ME).await.expect(200);
    assert_eq!(number(&world, "SELECT generation FROM sessions").await, 3);
    world.finish().await;
}

#[tokio::test]
async fn a_spent_token_ends_its_family() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let elsewhere = ann.sign_in("ann").await;
    let newest = ann.refreshed().await;
    world.bed.clock.turn(TimeDelta::seconds(11));
    assert_shape!("token_reused", ann.refresh().await.expect_problem(401, "token_reused"));
    for of_family in [&ann, &newest] {
        of_family.get(ME).await.expect_problem(401, "invalid_token");
        of_family.refresh().await.expect_problem(401, "invalid_token");
    }
    elsewhere.get(ME).await.expect(200);
    elsewhere.refreshed().await;
    world.finish().await;
}

#[tokio::test]
async fn an_older_token_than_the_parent_ends_the_family_at_once() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let newest = ann.refreshed().await.refreshed().await;
    ann.refresh().await.expect_problem(401, "token_reused");
    newest.refresh().await.expect_problem(401, "invalid_token");
    newest.get(ME).await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn a_refresh_token_lives_for_thirty_days() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    world.bed.clock.turn(TimeDelta::days(29));
    let ann = ann.refreshed().await;
    world.bed.clock.turn(TimeDelta::days(30));
    ann.refresh().await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn no_session_outlives_ninety_days() {
    let world = World::start().await;
    let mut ann = world.person("ann").await;
    for _ in 0..3 {
        world.bed.clock.turn(TimeDelta::days(29));
        ann = ann.refreshed().await;
    }
    world.bed.clock.turn(TimeDelta::minutes(3 * 24 * 60 - 5));
    let last = ann.refresh().await.expect(200);
    let left = last["expires_in"].as_i64().expect("seconds");
    assert!((1..=300).contains(&left), "no token outlives its session: {left} s");
    ann = ann.refreshed().await;
    ann.get(ME).await.expect(200);
    world.bed.clock.turn(TimeDelta::minutes(5));
    ann.get(ME).await.expect_problem(401, "invalid_token");
    ann.refresh().await.expect_problem(401, "invalid_token");
    world.finish().await;
}
