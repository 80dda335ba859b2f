//! Blocks: to each of the two it looks as if the other were not there (P8).

use serde_json::json;
use shared::notifications::{AskedJob, InboxJob};

use super::support::{ids, number, waiting_job};
use crate::world::{Person, World};

const REQUESTS: &str = "/api/v1/connection-requests";

fn block(person: &Person) -> String {
    format!("/api/v1/blocks/{}", person.id)
}

/// That `one` finds no trace of `other`.
async fn assert_not_there(one: &Person, other: &Person) {
    one.get(&format!("/api/v1/users/{}", other.id)).await.expect_problem(404, "not_found");
    let found = one.get(&format!("/api/v1/users?q={}", other.name)).await.expect(200);
    assert_eq!(found["items"], json!([]));
    one.post(REQUESTS, json!({"to_user_id": other.id})).await.expect_problem(404, "not_found");
    for direction in ["incoming", "outgoing"] {
        for status in ["pending", "accepted", "rejected", "cancelled"] {
            let list = one.get(&format!("{REQUESTS}?direction={direction}&status={status}")).await.expect(200);
            assert_eq!(list["items"], json!([]), "{direction} {status}");
        }
    }
    assert_eq!(one.get("/api/v1/connections").await.expect(200)["items"], json!([]));
    let inbox = one.get("/api/v1/notifications").await.expect(200);
    assert_eq!((&inbox["items"], &inbox["unread"]["notifications"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn whoever_is_blocked_is_not_there() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let accepted = ann.ask(&bob).await;
    bob.accept(accepted).await.expect(200);
    world.settle().await;
    ann.put(&block(&bob)).await.expect(204);
    ann.put(&block(&bob)).await.expect(204); // again changes nothing
    world.settle().await;
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        assert_not_there(one, other).await;
        one.get(&format!("{REQUESTS}/{accepted}")).await.expect_problem(404, "not_found");
        for decision in ["accept", "reject", "cancel"] {
            one.decide(accepted, decision).await.expect_problem(404, "not_found");
        }
    }
    assert_shape!("blocks", ann.get("/api/v1/blocks").await.expect(200));
    // The other can't tell: there is nobody to block back, and nothing to lift.
    bob.put(&block(&ann)).await.expect_problem(404, "not_found");
    bob.delete(&block(&ann)).await.expect_problem(404, "not_found");
    assert_eq!(bob.get("/api/v1/blocks").await.expect(200)["items"], json!([]));
    assert_eq!(number(&world, "SELECT count(*) FROM blocks").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn a_block_ends_a_pending_request_in_either_direction() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let to_bob = ann.ask(&bob).await;
    let from_cat = cat.ask(&ann).await;
    world.settle().await;
    assert_eq!((ann.inbox().await.len(), bob.inbox().await.len()), (1, 1));
    for other in [&bob, &cat] {
        ann.put(&block(other)).await.expect(204);
    }
    for (person, request) in [(&ann, to_bob), (&bob, to_bob), (&ann, from_cat), (&cat, from_cat)] {
        person.decide(request, "accept").await.expect_problem(404, "not_found");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM connection_requests WHERE status = 'cancelled'").await, 2);
    world.settle().await;
    for (one, other) in [(&ann, &bob), (&bob, &ann), (&ann, &cat), (&cat, &ann)] {
        assert_not_there(one, other).await;
    }
    world.finish().await;
}

#[tokio::test]
async fn a_block_takes_only_what_the_two_told_each_other() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    ann.ask(&bob).await;
    cat.ask(&bob).await;
    cat.ask(&ann).await;
    world.settle().await;
    let list = bob.get("/api/v1/notifications").await.expect(200);
    let from_ann = ids(&list)[usize::from(list["items"][0]["actor"]["username"] == "cat")];
    bob.act(&format!("/api/v1/notifications/{from_ann}/read")).await.expect(200);
    bob.put(&block(&ann)).await.expect(204);
    world.settle().await;
    // What was read counts no more than before, what is another's stays.
    for person in [&ann, &bob] {
        let list = person.get("/api/v1/notifications").await.expect(200);
        assert_eq!(list["items"].as_array().expect("items").len(), 1);
        assert_eq!(list["items"][0]["actor"]["username"], "cat");
        assert_eq!(list["unread"]["notifications"], 1);
        let badge = person.get("/api/v1/notifications/unread-count").await.expect(200);
        assert_eq!(badge["notifications"], 1);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_block_before_the_worker_comes_leaves_no_notification() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    ann.ask(&bob).await;
    bob.put(&block(&ann)).await.expect(204);
    let accepted = cat.ask(&ann).await;
    ann.accept(accepted).await.expect(200);
    cat.put(&block(&ann)).await.expect(204);
    world.add_worker().await;
    world.settle().await;
    for (one, other) in [(&ann, &bob), (&bob, &ann), (&ann, &cat), (&cat, &ann)] {
        assert_not_there(one, other).await;
    }
    assert_eq!(number(&world, "SELECT count(*) FROM notifications").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn a_lifted_block_leaves_what_it_ended_ended() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    bob.accept(request).await.expect(200);
    bob.put(&block(&ann)).await.expect(204);
    bob.delete(&block(&ann)).await.expect(204);
    bob.delete(&block(&ann)).await.expect_problem(404, "not_found");
    world.add_worker().await;
    world.settle().await;
    for person in [&ann, &bob] {
        assert_eq!(person.get("/api/v1/connections").await.expect(200)["items"], json!([]));
        assert_eq!(person.get("/api/v1/notifications/unread-count").await.expect(200)["notifications"], 0);
    }
    ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect(200);
    let request = bob.ask(&ann).await;
    world.settle().await; // once accepted, nobody would be told that it was asked
    ann.accept(request).await.expect(200);
    world.settle().await;
    assert_eq!((ann.inbox().await.len(), bob.inbox().await.len()), (1, 1));
    world.finish().await;
}

/// Several workers may finish jobs in any order: what came after a block stays all the same.
#[tokio::test]
async fn a_block_that_was_lifted_takes_nothing_that_came_after_it() {
    let world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    ann.put(&block(&bob)).await.expect(204);
    ann.delete(&block(&bob)).await.expect(204);
    bob.ask(&ann).await;
    // The block's job is done last.
    let (sent, blocked) = (waiting_job(&world, "request_sent").await, waiting_job(&world, "pair_blocked").await);
    let sent = AskedJob::from((sent.0, InboxJob::Sent(serde_json::from_str(&sent.1).expect("a payload"))));
    let blocked = AskedJob::from((blocked.0, InboxJob::Blocked(serde_json::from_str(&blocked.1).expect("a payload"))));
    for job in [sent, blocked] {
        world.core().delivery.deliver(&[job]).await.expect("it is delivered");
    }
    assert_eq!(ann.inbox().await, ["requested"]);
    world.finish().await;
}

#[tokio::test]
async fn nobody_blocks_oneself_or_nobody() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.put(&block(&ann)).await.expect_problem(422, "oneself");
    ann.put("/api/v1/blocks/999").await.expect_problem(404, "not_found");
    ann.delete("/api/v1/blocks/999").await.expect_problem(404, "not_found");
    ann.delete(&block(&ann)).await.expect_problem(404, "not_found");
    world.finish().await;
}

#[tokio::test]
async fn lists_of_blocks_go_on_where_they_stopped() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut expected = Vec::new();
    for number in 0..5 {
        let other = world.person(&format!("other{number}")).await;
        ann.put(&block(&other)).await.expect(204);
        expected.insert(0, other.id);
    }
    let (mut found, mut query) = (Vec::new(), "limit=2".to_owned());
    loop {
        let part = ann.get(&format!("/api/v1/blocks?{query}")).await.expect(200);
        let people = part["items"].as_array().expect("items").iter();
        found.extend(people.map(|item| item["user"]["id"].as_i64().expect("an id")));
        let Some(next) = part["next"].as_str() else { break };
        query = format!("limit=2&cursor={next}");
    }
    assert_eq!(found, expected);
    world.finish().await;
}
