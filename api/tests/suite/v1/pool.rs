//! Few connections to the database: nothing waits for itself, and an exhausted pool says so (P9).

use serde_json::json;

use super::support::{ids, seen};
use crate::world::World;

/// Whoever holds a connection and asks for another waits for ever in a pool of one.
#[tokio::test]
async fn one_connection_is_enough_for_everything() {
    let world = World::with(|config| {
        config.database.connections = 1;
        config.database.acquire_timeout = 2;
    })
    .await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    ann.patch("/api/v1/me", json!({"full_name": "Ann Lee"})).await.expect(200);
    ann.ask_under("a-key", json!({"to_user_id": bob.id})).await.expect(201);
    let request = ann.ask_under("a-key", json!({"to_user_id": bob.id})).await.expect(201);
    world.settle().await;
    let notification = ids(&bob.get("/api/v1/notifications").await.expect(200))[0];
    bob.act(&format!("/api/v1/notifications/{notification}/read")).await.expect(200);
    bob.act(&format!("/api/v1/notifications/{notification}/read")).await.expect(200);
    bob.delete(&format!("/api/v1/notifications/{notification}")).await.expect(204);
    bob.post("/api/v1/notifications/read", json!({"through": 9})).await.expect(200);
    let request = request["id"].as_i64().expect("an id");
    bob.decide(request, "accept").await.expect(200);
    bob.decide(request, "accept").await.expect(200);
    ann.decide(request, "cancel").await.expect_problem(409, "already_decided");
    let connection = ids(&ann.get("/api/v1/connections").await.expect(200))[0];
    ann.delete(&format!("/api/v1/connections/{connection}")).await.expect(204);
    for decision in ["reject", "cancel"] {
        let request = ann.ask(&cat).await;
        let decider = if decision == "cancel" { &ann } else { &cat };
        decider.decide(request, decision).await.expect(200);
    }
    cat.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    cat.delete(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    ann.get("/api/v1/users?q=a").await.expect(200);
    ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect(200);
    ann.patch("/api/v1/me/preferences", json!({"unread_mails": true})).await.expect(200);
    ann.delete(&format!("/api/v1/suggestions/{}", bob.id)).await.expect(204);
    seen(&[&ann, &bob, &cat]).await;
    let phone = ann.sign_in("ann").await.refreshed().await;
    phone.act("/api/v1/sessions/revoke-others").await.expect(200);
    phone.delete("/api/v1/sessions/current").await.expect(204);
    world.settle().await;
    world.core().janitor.sweep().await.expect("a sweep");
    world.finish().await;
}

#[tokio::test]
async fn an_exhausted_pool_is_busy_for_a_moment() {
    let world = World::without_worker(|config| {
        config.database.connections = 1;
        config.database.acquire_timeout = 1;
    })
    .await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let held = world.core().database.begin().await.expect("the one connection");
    let (me, ask) = tokio::join!(
        ann.patch("/api/v1/me", json!({"full_name": "Ann Lee"})),
        ann.post("/api/v1/connection-requests", json!({"to_user_id": bob.id})),
    );
    for answer in [me, ask] {
        assert_eq!(answer.headers["retry-after"], "1");
        assert_shape!("busy", answer.expect_problem(503, "busy"));
    }
    held.rollback().await.expect("it is given back");
    ann.patch("/api/v1/me", json!({"full_name": "Ann Lee"})).await.expect(200);
    world.finish().await;
}
