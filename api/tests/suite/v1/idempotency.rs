//! Idempotency keys of connection requests.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;

use super::support::number;
use crate::world::World;

#[tokio::test]
async fn a_repeat_under_the_same_key_is_answered_with_what_the_first_made() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let body = json!({"to_user_id": bob.id, "message": "hello"});
    let first = ann.ask_under("key-1", body.clone()).await.expect(201);
    assert_eq!(ann.ask_under("key-1", body.clone()).await.expect(201), first);
    // An id as a string asks for the same.
    let same = json!({"message": "hello", "to_user_id": bob.id.to_string()});
    assert_eq!(ann.ask_under("key-1", same).await.expect(201)["id"], first["id"]);

    for other in [json!({"to_user_id": cat.id, "message": "hello"}), json!({"to_user_id": bob.id})] {
        let problem = ann.ask_under("key-1", other).await.expect_problem(422, "key_mismatch");
        assert_shape!("key_mismatch", problem);
    }
    // A key is its owner's; and what became of the request is told.
    assert_eq!(cat.ask_under("key-1", body.clone()).await.expect(201)["from"]["id"], cat.id);
    bob.accept(first["id"].as_i64().expect("an id")).await.expect(200);
    assert_eq!(ann.ask_under("key-1", body.clone()).await.expect(201)["status"], "accepted");
    ann.ask_under("key-2", body).await.expect_problem(409, "already_connected");
    world.settle().await;
    assert_eq!(bob.inbox().await, ["requested", "requested"]);
    world.finish().await;
}

#[tokio::test]
async fn sends_under_one_key_at_once_make_one_request() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let body = json!({"to_user_id": bob.id});
    let answers = join_all((0..20).map(|_| ann.ask_under("one", body.clone()))).await;
    let bodies: Vec<_> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
    assert_eq!(number(&world, "SELECT count(*) FROM connection_requests").await, 1);
    world.settle().await;
    assert_eq!(bob.inbox().await, ["requested"]);
    world.finish().await;
}

#[tokio::test]
async fn what_failed_under_a_key_may_be_tried_again_under_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let body = json!({"to_user_id": bob.id});
    ann.ask_under("one", body.clone()).await.expect_problem(404, "not_found");
    bob.delete(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let request = ann.ask_under("one", body.clone()).await.expect(201);
    // Across a block a replay tells nothing either.
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    ann.ask_under("one", body.clone()).await.expect_problem(404, "not_found");
    bob.delete(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    assert_eq!(ann.ask_under("one", body).await.expect(201)["id"], request["id"]);
    world.finish().await;
}

#[tokio::test]
async fn a_key_is_kept_for_a_day() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let body = json!({"to_user_id": bob.id});
    let first = ann.ask_under("one", body.clone()).await.expect(201);
    ann.decide(first["id"].as_i64().expect("an id"), "cancel").await.expect(200);
    world.bed.clock.turn(TimeDelta::hours(23));
    let ann = ann.refreshed().await;
    assert_eq!(ann.ask_under("one", body.clone()).await.expect(201)["id"], first["id"]);
    world.bed.clock.turn(TimeDelta::hours(2));
    let ann = ann.refreshed().await;
    assert_ne!(ann.ask_under("one", body).await.expect(201)["id"], first["id"]);
    world.finish().await;
}

#[tokio::test]
async fn a_key_that_can_not_be_one_is_refused() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for key in ["", "with space", "schlüssel", &"x".repeat(201)] {
        let answer = ann.ask_under(key, json!({"to_user_id": bob.id})).await;
        let problem = answer.expect_problem(422, "invalid");
        assert!(problem["errors"]["Idempotency-Key"][0].is_string(), "{key:?}: {problem:#}");
    }
    ann.ask_under(&"x".repeat(200), json!({"to_user_id": bob.id})).await.expect(201);
    world.finish().await;
}
