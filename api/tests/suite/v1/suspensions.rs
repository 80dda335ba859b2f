//! Suspending accounts, and restoring them.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::everywhere::{Everywhere, no_sweep};
use super::support::{audited, entry, staff};
use crate::world::{Answer, PASSWORD, Person, World};

async fn suspend(staff: &Person, id: i64, reason: &str) -> Answer {
    staff.post(&format!("/api/v1/admin/accounts/{id}/suspend"), json!({"reason": reason})).await
}

async fn restore(staff: &Person, id: i64) -> Answer {
    staff.act(&format!("/api/v1/admin/accounts/{id}/restore")).await
}

#[tokio::test]
async fn whoever_is_suspended_is_out_everywhere_until_they_are_restored() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let shown = ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect(200);
    let everywhere = Everywhere::sign_in(&world, &bob).await;
    let suspended = suspend(&sue, bob.id, " Rude to all ").await.expect(200);
    assert!(suspended["suspended_at"].is_string());
    assert_eq!(suspended, json!({"user": shown, "suspended_at": suspended["suspended_at"]}));
    everywhere.expect_ended().await;
    world.bed.clock.turn(chrono::TimeDelta::seconds(5));
    assert_eq!(suspend(&sue, bob.id, "Once more").await.expect(200), suspended, "again changes nothing");
    ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect_problem(404, "not_found");
    let stranger = Person::stranger(world.apis[0].address);
    let sign_in = json!({"login": "bob", "password": PASSWORD});
    stranger.post("/api/v1/sessions", sign_in.clone()).await.expect_problem(401, "wrong_credentials");

    assert_eq!(restore(&sue, bob.id).await.expect(200), json!({"user": shown, "suspended_at": null}));
    assert_eq!(restore(&sue, bob.id).await.expect(200)["suspended_at"], Value::Null);
    ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect(200);
    stranger.post("/api/v1/sessions", sign_in).await.expect(201);
    bob.get("/api/v1/me").await.expect_problem(401, "invalid_token");
    let entries = [
        entry(&sue, "account.restore", bob.id, json!({})),
        entry(&sue, "account.suspend", bob.id, json!({"reason": "Rude to all"})),
    ];
    assert_eq!(audited(&sue, "").await, entries);
    world.finish().await;
}

#[tokio::test]
async fn neither_staff_nor_oneself_nor_nobody_is_suspended() {
    let world = World::start().await;
    let (ann, sue, tom) = (world.person("ann").await, staff(&world, "sue").await, staff(&world, "tom").await);
    for id in [sue.id, tom.id] {
        suspend(&sue, id, "Rude").await.expect_problem(409, "staff_account");
    }
    suspend(&sue, 999, "Rude").await.expect_problem(404, "not_found");
    restore(&sue, 999).await.expect_problem(404, "not_found");
    for reason in [" ", &"x".repeat(1_001)] {
        let problem = suspend(&sue, ann.id, reason).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["reason"][0].is_string(), "{problem:#}");
    }
    ann.get("/api/v1/me").await.expect(200);
    tom.get("/api/v1/me").await.expect(200);
    assert_eq!(audited(&sue, "").await, [0; 0]);
    world.finish().await;
}

/// Its owner has ended it, and nobody brings it back.
#[tokio::test]
async fn a_deleted_account_is_neither_suspended_nor_restored() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    ann.call(Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    suspend(&sue, ann.id, "Rude").await.expect_problem(404, "not_found");
    restore(&sue, ann.id).await.expect_problem(404, "not_found");
    world.add_worker().await;
    world.finish().await;
}

#[tokio::test]
async fn many_at_once_are_one_suspension() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    for answer in join_all((0..5).map(|_| suspend(&sue, ann.id, "Rude"))).await {
        answer.expect(200);
    }
    assert_eq!(audited(&sue, "").await.len(), 1);
    world.finish().await;
}
