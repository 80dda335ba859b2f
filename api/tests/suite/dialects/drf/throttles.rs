//! 429: who asks too often is told when to come back.

use serde_json::json;
use shared::config::{Limits, RateLimits};

use super::{LOGIN, PROFILE, REFRESH, REGISTER, registration, stranger};
use crate::dialects::support::{by_connectin, put};
use crate::world::{Answer, PASSWORD, World};

#[track_caller]
fn assert_throttled(answer: Answer) {
    let text = answer.headers["retry-after"].to_str().expect("text").to_owned();
    let seconds: u64 = text.parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let detail = format!("Request was throttled. Expected available in {seconds} {unit}.");
    assert_eq!(answer.expect(429), json!({"detail": detail}));
}

/// A world whose limits stand at nothing, so that the first request is one too many.
async fn world(change: impl FnOnce(&mut Limits)) -> World {
    World::with(|config| change(&mut config.limits)).await
}

#[tokio::test]
async fn who_signs_in_too_often_is_throttled_whatever_the_password() {
    let world = world(|limits| limits.sign_ins_a_minute = 0).await;
    let nobody = stranger(&world);
    nobody.post(REGISTER, registration("ann", json!({}))).await.expect(201);
    for path in [LOGIN, "/api/user/login/"] {
        for (name, password) in [("ann", PASSWORD), ("ann", "a guess of mine"), ("nobody", PASSWORD)] {
            assert_throttled(nobody.post(path, json!({"username": name, "password": password})).await);
        }
        nobody.post(path, json!({})).await.expect(400);
    }
    world.finish().await;
}

#[tokio::test]
async fn who_registers_too_often_is_throttled() {
    let world = world(|limits| limits.registrations_a_minute = 0).await;
    let nobody = stranger(&world);
    let body = registration("ann", json!({"email": "ann@example.org"}));
    for path in [REGISTER, "/api/user/register/"] {
        assert_throttled(nobody.post(path, body.clone()).await);
        nobody.post(path, json!({})).await.expect(400);
    }
    world.finish().await;
}

#[tokio::test]
async fn who_changes_too_often_is_throttled_and_reads_on() {
    let world = world(|limits| limits.changes_a_minute = 0).await;
    let ann = by_connectin(&world, "ann").await;
    let answers = [
        ann.post("/api/connection/send/", json!({"to_user_id": 999})).await,
        ann.post("/api/connection/decide/", json!({"connection_id": 999, "do": "accept"})).await,
        ann.post("/api/notification/create/", json!({"body": "text"})).await,
        put(&ann, "/api/notification/999/", json!({"body": "text"})).await,
        ann.delete("/api/notification/999/").await,
        ann.patch(PROFILE, json!({})).await,
        ann.post("/api/connection_requests/", json!({"to_user_id": 999})).await,
        ann.act("/api/connection_requests/999/accept/").await,
        ann.delete("/api/connections/999/").await,
        ann.act("/api/notifications/mark-all-read/").await,
    ];
    answers.into_iter().for_each(assert_throttled);
    for path in
        [PROFILE, "/api/notification/", "/api/notifications/", "/api/user/search/?name=ann", "/api/connections/"]
    {
        ann.get(path).await.expect(200);
    }
    ann.post(REFRESH, json!({"refresh": ann.refresh_token})).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn without_rate_limits_nobody_is_throttled() {
    let off = |limits: &mut Limits| {
        *limits = Limits {
            rate_limits: RateLimits::Off,
            sign_ins_a_minute: 0,
            registrations_a_minute: 0,
            changes_a_minute: 0,
            pending_sent: 0,
            pending_received: 0,
            ..Limits::default()
        };
    };
    let world = world(off).await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_connectin(&world, "bob").await);
    ann.patch(PROFILE, json!({})).await.expect(200);
    ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(201);
    world.finish().await;
}
