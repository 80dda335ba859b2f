//! Retention: what nobody waits for any more is swept, and nothing else.

use chrono::TimeDelta;
use serde_json::json;

use super::support::{execute, ids, number};
use crate::world::World;

async fn rows(world: &World, table: &str) -> i64 {
    number(world, &format!("SELECT count(*) FROM {table}")).await
}

async fn sweep_after(world: &World, days: i64) {
    world.bed.clock.turn(TimeDelta::days(days));
    world.core().janitor.sweep().await.expect("a sweep");
}

#[tokio::test]
async fn read_notifications_go_after_ninety_days_and_their_traces_after_thirty_more() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    ann.ask(&bob).await;
    world.settle().await;
    cat.ask(&bob).await;
    world.settle().await;
    let list = bob.get("/api/v1/notifications").await.expect(200);
    let [kept, read] = ids(&list)[..] else { panic!("two notifications: {list:#}") };
    bob.act(&format!("/api/v1/notifications/{read}/read")).await.expect(200);
    let version = list["version"].as_i64().expect("a version") + 1; // the read took one

    sweep_after(&world, 89).await;
    assert_eq!(number(&world, "SELECT count(*) FROM notifications WHERE removed_at IS NULL").await, 2);
    sweep_after(&world, 2).await;
    let bob = bob.sign_in("bob").await;
    let list = bob.get("/api/v1/notifications").await.expect(200);
    assert_eq!(ids(&list), [kept]);
    assert_eq!((&list["unread"]["notifications"], &list["version"]), (&json!(1), &json!(version + 1)));
    bob.get(&format!("/api/v1/notifications/{read}")).await.expect_problem(404, "not_found");

    // Whoever resumes still hears of the removal; later there is nothing left to hear from.
    sweep_after(&world, 29).await;
    assert_eq!(rows(&world, "notifications").await, 2);
    let floor = format!("SELECT floor FROM inboxes WHERE account_id = {}", bob.id);
    assert_eq!(number(&world, &floor).await, 0);
    sweep_after(&world, 2).await;
    assert_eq!(rows(&world, "notifications").await, 1);
    assert_eq!(number(&world, &floor).await, version + 1);
    assert_eq!(ids(&bob.sign_in("bob").await.get("/api/v1/notifications").await.expect(200)), [kept]);
    world.finish().await;
}

#[tokio::test]
async fn keys_tokens_sessions_and_dead_jobs_go_when_their_time_has_come() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    ann.ask_under("a-key", json!({"to_user_id": bob.id})).await.expect(201);
    let phone = ann.sign_in("ann").await;
    phone.delete("/api/v1/sessions/current").await.expect(204);
    execute(
        &world,
        "INSERT INTO account_tokens (account_id, purpose, hash, created_at)
         SELECT id, 'activation', '00', created_at FROM accounts WHERE username = 'ann'",
    )
    .await;
    execute(
        &world,
        "INSERT INTO dead_jobs (job_id, queue, name, version, payload, attempts, error, created_at, died_at)
         SELECT 1, 'email', 'a_job', 1, '{}', 1, 'an error', created_at, created_at FROM accounts
         WHERE username = 'ann'",
    )
    .await;

    world.bed.clock.turn(TimeDelta::hours(23));
    sweep_after(&world, 0).await;
    assert_eq!(rows(&world, "idempotency_keys").await, 1);
    world.bed.clock.turn(TimeDelta::hours(2));
    sweep_after(&world, 0).await;
    assert_eq!(rows(&world, "idempotency_keys").await, 0);

    sweep_after(&world, 28).await;
    let tables = ["account_tokens", "dead_jobs"];
    for table in tables {
        assert_eq!(rows(&world, table).await, 1, "{table}");
    }
    assert_eq!(rows(&world, "sessions").await, 3);
    sweep_after(&world, 2).await;
    for table in tables {
        assert_eq!(rows(&world, table).await, 0, "{table}");
    }
    assert_eq!(rows(&world, "sessions").await, 2, "the live ones stay");
    sweep_after(&world, 70).await; // they passed after ninety days
    assert_eq!(rows(&world, "sessions").await, 2);
    sweep_after(&world, 20).await;
    assert_eq!(rows(&world, "sessions").await, 0);
    // And people are still there, with what they said to each other.
    assert_eq!((rows(&world, "accounts").await, rows(&world, "connection_requests").await), (2, 1));
    ann.sign_in("ann").await;
    world.settle().await;
    world.finish().await;
}

#[tokio::test]
async fn a_sweep_of_many_rows_goes_through() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut values = Vec::new();
    for version in 1..=1_500 {
        values.push(format!("({}, {version}, {version}, 'rejected', {}, {version}, '{{}}')", bob.id, ann.id));
    }
    let insert = format!(
        "WITH made (account_id, version, created_version, kind, actor_id, request_id, body) AS (VALUES {})
         INSERT INTO notifications (account_id, version, created_version, kind, actor_id, request_id, created_at, read_at)
         SELECT m.account_id, m.version, m.created_version, m.kind, m.actor_id, m.request_id, a.created_at, a.created_at
         FROM made m JOIN accounts a ON a.id = m.account_id",
        values.join(", ")
    );
    execute(&world, &insert).await;
    execute(&world, "UPDATE inboxes SET version = 1500").await;
    sweep_after(&world, 91).await;
    assert_eq!(number(&world, "SELECT count(*) FROM notifications WHERE removed_at IS NULL").await, 0);
    let versions = "SELECT count(DISTINCT version) FROM notifications WHERE version > 1500 AND version <= 3000";
    assert_eq!(number(&world, versions).await, 1_500);
    let version = format!("SELECT version FROM inboxes WHERE account_id = {}", bob.id);
    assert_eq!(number(&world, &version).await, 3_000);
    sweep_after(&world, 31).await;
    assert_eq!(rows(&world, "notifications").await, 0);
    world.finish().await;
}
