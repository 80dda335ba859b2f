//! Sliding tokens: a quarter of an hour for requests, a week from signing in for the next.

use chrono::TimeDelta;
use serde_json::json;

use super::{PROFILE, REFRESH, token};
use crate::dialects::support::{by_shared_paths, with_token};
use crate::world::{Answer, Person, World};

const MINUTES: TimeDelta = TimeDelta::minutes(15);
/// What a test may take of the machine's own time.
const SLACK: TimeDelta = TimeDelta::seconds(20);

async fn next(person: &Person) -> Answer {
    let body = json!({"token": person.token.as_deref().expect("a token")});
    with_token(person, None).post(REFRESH, body).await
}

async fn slid(person: &Person) -> Person {
    let answer = next(person).await.expect(200);
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(1), "the token alone: {answer:#}");
    with_token(person, Some(token(&answer, "token")))
}

#[tokio::test]
async fn a_sliding_token_speaks_for_a_quarter_of_an_hour() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    world.bed.clock.turn(MINUTES - SLACK);
    ann.get(PROFILE).await.expect(200);
    world.bed.clock.turn(SLACK);
    assert_eq!(ann.get(PROFILE).await.expect(401), json!({"detail": "Given token not valid for any token type"}));
    world.finish().await;
}

#[tokio::test]
async fn the_old_one_lives_out_its_time_beside_the_next() {
    let world = World::start().await;
    let old = by_shared_paths(&world, "ann").await;
    world.bed.clock.turn(MINUTES / 2);
    let new = slid(&old).await;
    assert_ne!(new.token, old.token);
    let other_tab = slid(&old).await;
    world.bed.clock.turn(MINUTES / 2 - SLACK);
    for person in [&old, &new, &other_tab] {
        person.get(PROFILE).await.expect(200);
    }
    world.bed.clock.turn(SLACK);
    old.get(PROFILE).await.expect(401);
    new.get(PROFILE).await.expect(200);
    other_tab.get(PROFILE).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn one_that_has_expired_still_gets_the_next() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    world.bed.clock.turn(TimeDelta::days(3));
    ann.get(PROFILE).await.expect(401);
    slid(&ann).await.get(PROFILE).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_week_from_signing_in_it_ends_however_often_it_was_refreshed() {
    let world = World::start().await;
    let first = by_shared_paths(&world, "ann").await;
    let mut newest = first.clone();
    for _ in 0..6 {
        world.bed.clock.turn(TimeDelta::days(1));
        newest = slid(&newest).await;
        newest.get(PROFILE).await.expect(200);
    }
    world.bed.clock.turn(TimeDelta::days(1) - SLACK);
    let last = slid(&newest).await;
    slid(&first).await;
    last.get(PROFILE).await.expect(200);
    world.bed.clock.turn(SLACK);
    for person in [&first, &newest, &last] {
        let answer = next(person).await.expect(401);
        assert_eq!(answer, json!({"detail": "Token is invalid or expired", "code": "token_not_valid"}));
    }
    // The week is that of refreshing: the last one lives out its time, and the session goes on.
    last.get(PROFILE).await.expect(200);
    with_token(&last, None).post(REFRESH, json!({"refresh": last.refresh_token})).await.expect(200);
    world.finish().await;
}
