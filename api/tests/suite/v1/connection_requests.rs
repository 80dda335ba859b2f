//! Sending, reading and deciding connection requests.

use serde_json::json;

use super::support::{ids, number};
use crate::world::World;

const REQUESTS: &str = "/api/v1/connection-requests";

#[tokio::test]
async fn a_request_is_sent_read_and_accepted() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let body = json!({"to_user_id": bob.id.to_string(), "message": "  We met\nin Tehran. "});
    let sent = ann.post(REQUESTS, body).await.expect(201);
    assert_shape!("request_sent", sent.clone());
    let path = format!("{REQUESTS}/{}", sent["id"]);
    for person in [&ann, &bob] {
        assert_eq!(person.get(&path).await.expect(200), sent);
    }
    assert_shape!("requests_incoming", bob.get(REQUESTS).await.expect(200));
    let outgoing = format!("{REQUESTS}?direction=outgoing&status=pending");
    assert_eq!(ann.get(&outgoing).await.expect(200)["items"], json!([sent]));
    assert_eq!(ids(&ann.get(REQUESTS).await.expect(200)), [0_i64; 0]);

    let accepted = bob.act(&format!("{path}/accept")).await.expect(200);
    assert_shape!("request_accepted", accepted.clone());
    assert_eq!(ann.get(&path).await.expect(200), accepted);
    let list = ann.get(&format!("{REQUESTS}?direction=outgoing&status=accepted")).await.expect(200);
    assert_eq!(list["items"], json!([accepted]));
    assert_eq!(ids(&bob.get(REQUESTS).await.expect(200)), [0_i64; 0]);
    world.finish().await;
}

#[tokio::test]
async fn a_request_is_rejected_or_taken_back() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let first = ann.ask(&bob).await;
    assert_shape!("request_rejected", bob.decide(first, "reject").await.expect(200));
    let second = ann.ask(&bob).await;
    assert_shape!("request_cancelled", ann.decide(second, "cancel").await.expect(200));
    for (person, query, expected) in [
        (&ann, "direction=outgoing&status=rejected", first),
        (&bob, "direction=incoming&status=rejected", first),
        (&ann, "direction=outgoing&status=cancelled", second),
        (&bob, "status=cancelled", second),
    ] {
        assert_eq!(ids(&person.get(&format!("{REQUESTS}?{query}")).await.expect(200)), [expected], "{query}");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn a_decision_again_changes_nothing_and_another_is_refused() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for (decision, others) in [
        ("reject", [(&bob, "accept"), (&ann, "cancel")]),
        ("cancel", [(&bob, "accept"), (&bob, "reject")]),
        ("accept", [(&bob, "reject"), (&ann, "cancel")]),
    ] {
        let request = ann.ask(&bob).await;
        let decider = if decision == "cancel" { &ann } else { &bob };
        let decided = decider.decide(request, decision).await.expect(200);
        assert_eq!(decider.decide(request, decision).await.expect(200), decided, "the time of it too");
        for (person, other) in others {
            person.decide(request, other).await.expect_problem(409, "already_decided");
        }
        assert_eq!(ann.get(&format!("{REQUESTS}/{request}")).await.expect(200), decided);
    }
    world.settle().await;
    assert_eq!(ann.inbox().await, ["accepted", "rejected"]);
    world.finish().await;
}

#[tokio::test]
async fn each_decision_belongs_to_one_of_the_two() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    for (person, decision) in [(&ann, "accept"), (&ann, "reject"), (&bob, "cancel")] {
        person.decide(request, decision).await.expect_problem(403, "not_yours");
    }
    assert_shape!("not_yours", ann.accept(request).await.expect_problem(403, "not_yours"));
    assert_eq!(ann.get(&format!("{REQUESTS}/{request}")).await.expect(200)["status"], "pending");
    bob.decide(request, "reject").await.expect(200);
    // Neither when it has been decided.
    ann.decide(request, "reject").await.expect_problem(403, "not_yours");
    assert_shape!("already_decided", bob.accept(request).await.expect_problem(409, "already_decided"));
    world.finish().await;
}

#[tokio::test]
async fn what_can_not_be_asked_is_refused() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let oneself = ann.post(REQUESTS, json!({"to_user_id": ann.id})).await;
    assert_shape!("oneself", oneself.expect_problem(422, "oneself"));
    for id in [0, -1, 999, i64::MAX, i64::MIN] {
        ann.post(REQUESTS, json!({"to_user_id": id})).await.expect_problem(404, "not_found");
    }
    for message in ["x".repeat(501), "a\u{0}b".to_owned(), "a\u{1b}b".to_owned()] {
        let body = json!({"to_user_id": bob.id, "message": message});
        let problem = ann.post(REQUESTS, body).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["message"][0].is_string(), "{problem:#}");
    }
    let request = ann.ask(&bob).await;
    let again = ann.post(REQUESTS, json!({"to_user_id": bob.id})).await;
    assert_shape!("already_pending", again.expect_problem(409, "already_pending"));
    bob.accept(request).await.expect(200);
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        let body = json!({"to_user_id": other.id});
        one.post(REQUESTS, body).await.expect_problem(409, "already_connected");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM connection_requests").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_make_a_connection() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    let crossing = bob.post(REQUESTS, json!({"to_user_id": ann.id, "message": "me too"})).await.expect(201);
    assert_shape!("requests_crossed", crossing.clone());
    assert_eq!(crossing["id"], request);
    world.settle().await;
    assert_eq!(ann.inbox().await, ["accepted"]);
    assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_at_the_same_moment_make_one_connection() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    for round in 0..5 {
        let other = world.person(&format!("other{round}")).await;
        let (mine, theirs) = tokio::join!(
            ann.post(REQUESTS, json!({"to_user_id": other.id})),
            other.post(REQUESTS, json!({"to_user_id": ann.id})),
        );
        let (mine, theirs) = (mine.expect(201), theirs.expect(201));
        assert_eq!(mine["id"], theirs["id"]);
        let mut statuses = [mine["status"].as_str(), theirs["status"].as_str()];
        statuses.sort_unstable();
        assert_eq!(statuses, [Some("accepted"), Some("pending")]);
    }
    assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 5);
    world.settle().await;
    assert_eq!(number(&world, "SELECT count(*) FROM notifications WHERE kind = 'accepted'").await, 5);
    world.finish().await;
}

#[tokio::test]
async fn lists_of_requests_go_on_where_they_stopped() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut expected = Vec::new();
    for number in 0..5 {
        let other = world.person(&format!("other{number}")).await;
        expected.insert(0, other.ask(&ann).await);
    }
    let (mut found, mut query) = (Vec::new(), "limit=2".to_owned());
    loop {
        let part = ann.get(&format!("{REQUESTS}?{query}")).await.expect(200);
        found.extend(ids(&part));
        let Some(next) = part["next"].as_str() else { break };
        query = format!("limit=2&cursor={next}");
    }
    assert_eq!(found, expected);
    let all = ann.get(&format!("{REQUESTS}?limit=5")).await.expect(200);
    assert_eq!((ids(&all), &all["next"]), (expected, &json!(null)));
    world.finish().await;
}
