//! Limits on what one account may do.

use chrono::TimeDelta;
use reqwest::header::RETRY_AFTER;
use serde_json::json;

use super::{Answers, NOTIFICATIONS, REQUESTS, ask};
use crate::dialects::support::by_shared_paths;
use crate::world::World;

#[tokio::test]
async fn too_many_changes_are_throttled_and_reading_is_not() {
    let world = World::with(|config| config.limits.changes_a_minute = 2).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    // Twice as many when a minute ends.
    let (mut before, mut refused) = (0, ann.post(NOTIFICATIONS, json!({"message": "one"})).await);
    while refused.status != 429 {
        before += 1;
        assert!(before <= 4, "never refused");
        refused = ann.post(NOTIFICATIONS, json!({"message": "one more"})).await;
    }
    assert!(before >= 2, "{before} were allowed");
    let seconds: i64 = refused.headers[RETRY_AFTER].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    let word = if seconds == 1 { "second" } else { "seconds" };
    let detail = format!("Request was throttled. Expected available in {seconds} {word}.");
    assert_eq!(refused.expect(429), json!({"detail": detail}));
    assert_eq!(ann.get(NOTIFICATIONS).await.expect(200).as_array().map(Vec::len), Some(before));
    bob.post(NOTIFICATIONS, json!({"message": "mine"})).await.expect(201);
    if shared::testing::redis_url().is_none() {
        // Redis counts by its own clock, which no test turns.
        world.bed.clock.turn(TimeDelta::seconds(seconds));
        ann.post(NOTIFICATIONS, json!({"message": "one more"})).await.expect(201);
    }
    world.finish().await;
}

#[tokio::test]
async fn requests_that_wait_are_limited_on_both_sides() {
    let change = |config: &mut shared::config::Config| {
        config.limits.pending_sent = 2;
        config.limits.pending_received = 2;
    };
    let world = World::with(change).await;
    let mut people = Vec::new();
    for name in ["ann", "bob", "cid", "dan"] {
        people.push(by_shared_paths(&world, name).await);
    }
    let [ann, bob, cid, dan] = people.as_slice() else { panic!("four people") };
    let mut answers = Answers::default();
    ask(ann, bob).await;
    ask(ann, cid).await;
    answers.add("too many sent", ann.post(REQUESTS, json!({"to_user_id": dan.id})).await);
    ask(cid, bob).await;
    answers.add("too many received", dan.post(REQUESTS, json!({"to_user_id": bob.id})).await);
    assert_kept!("waiting", answers);
    world.finish().await;
}
