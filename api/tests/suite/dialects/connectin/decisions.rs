//! Deciding about requests: accept and reject by the receiver, cancel by the sender.

use serde_json::{Value, json};

use super::super::support::whole;
use super::{ask, column, decide, rows, seen, three};
use crate::world::{Person, World};

const WORDS: [&str; 3] = ["accept", "reject", "cancel"];
const NOTIFICATIONS: &str = "/api/notification/";

/// Who decides what.
fn decider<'a>(word: &str, sender: &'a Person, receiver: &'a Person) -> &'a Person {
    if word == "cancel" { sender } else { receiver }
}

#[tokio::test]
async fn each_decision_is_answered_and_its_repeats_change_nothing() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let mut answers = Vec::new();
    for word in WORDS {
        let request = ask(&ann, &bob).await;
        world.settle().await;
        let who = decider(word, &ann, &bob);
        let first = decide(who, request, word).await;
        world.settle().await;
        let after = seen(&[&ann, &bob, &cat]).await;
        for _ in 0..3 {
            let again = decide(who, request, word).await;
            assert_eq!((again.status, &again.body), (first.status, &first.body));
        }
        // Nor does the other decision change it: it is told where the request stands.
        let others: Vec<_> = WORDS.iter().filter(|other| **other != word).collect();
        answers.push(whole(first));
        for other in others {
            answers.push(whole(decide(decider(other, &ann, &bob), request, other).await));
        }
        world.settle().await;
        assert_eq!(seen(&[&ann, &bob, &cat]).await, after, "{word}");
        if word == "accept" {
            let connection = ann.get("/api/v1/connections").await.expect(200)["items"][0]["id"].clone();
            ann.delete(&format!("/api/v1/connections/{connection}")).await.expect(204);
        }
    }
    assert_whole!("decided", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_decision_is_told_to_the_sender_alone_and_a_cancel_to_nobody() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    for (word, told_ann, told_bob) in [
        ("reject", json!(["bob rejected your connection request!"]), json!(["ann sent you connection request!"])),
        ("cancel", json!([]), json!([])),
        ("accept", json!(["bob accepted your connection request!"]), json!(["ann sent you connection request!"])),
    ] {
        let request = ask(&ann, &bob).await;
        world.settle().await;
        assert_eq!(column(&bob, NOTIFICATIONS, "body").await, json!(["ann sent you connection request!"]));
        decide(decider(word, &ann, &bob), request, word).await.expect(200);
        world.settle().await;
        assert_eq!(column(&ann, NOTIFICATIONS, "body").await, told_ann, "{word}");
        assert_eq!(column(&bob, NOTIFICATIONS, "body").await, told_bob, "{word}");
        assert_eq!(rows(&cat, NOTIFICATIONS).await, Vec::<Value>::new());
        for person in [&ann, &bob] {
            for id in column(person, NOTIFICATIONS, "id").await.as_array().expect("ids") {
                person.delete(&format!("{NOTIFICATIONS}{id}/")).await.expect(204);
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_cancel_before_anybody_was_told_leaves_no_trace() {
    let mut world = World::without_worker(|_| {}).await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&ann, &bob).await;
    decide(&ann, request, "cancel").await.expect(200);
    ask(&cat, &bob).await;
    world.add_worker().await;
    world.settle().await;
    assert_eq!(column(&bob, NOTIFICATIONS, "body").await, json!(["cat sent you connection request!"]));
    assert_eq!(rows(&ann, NOTIFICATIONS).await, Vec::<Value>::new());
    world.finish().await;
}

#[tokio::test]
async fn the_decision_of_the_other_side_is_forbidden() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&ann, &bob).await;
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let mut answers = Vec::new();
    for (person, word) in [(&ann, "accept"), (&ann, "reject"), (&bob, "cancel")] {
        answers.push(whole(decide(person, request, word).await));
    }
    assert_whole!("not_ones_decision", &answers);
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    // Also when it is decided, the same way or another.
    decide(&bob, request, "reject").await.expect(200);
    for (person, word) in [(&ann, "accept"), (&ann, "reject"), (&bob, "cancel")] {
        assert_eq!(whole(decide(person, request, word).await), answers[0]);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_request_that_is_not_there_or_anothers_is_not_found() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let pending = ask(&ann, &bob).await;
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let not_found = json!({"detail": "Not found."});
    for word in WORDS {
        assert_eq!(decide(&cat, pending, word).await.expect(404), not_found, "{word}");
        for unknown in [0, -1, 99, i64::MAX, i64::MIN] {
            assert_eq!(decide(&ann, unknown, word).await.expect(404), not_found, "{word} {unknown}");
        }
    }
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    decide(&bob, pending, "accept").await.expect(200);
    for word in WORDS {
        assert_eq!(decide(&cat, pending, word).await.expect(404), not_found, "{word}, once it is decided");
    }
    world.finish().await;
}

#[tokio::test]
async fn after_a_block_there_is_nothing_to_decide() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let pending = ask(&ann, &bob).await;
    let accepted = super::connect(&cat, &ann).await;
    for other in [&bob, &cat] {
        ann.put(&format!("/api/v1/blocks/{}", other.id)).await.expect(204);
    }
    world.settle().await;
    for (person, request) in [(&ann, pending), (&bob, pending), (&ann, accepted), (&cat, accepted)] {
        for word in WORDS {
            assert_eq!(decide(person, request, word).await.expect(404), json!({"detail": "Not found."}));
        }
    }
    // Nothing of it is left to see.
    for person in [&ann, &bob, &cat] {
        assert_eq!(seen(&[person]).await, json!([[], [], [], []]), "{}", person.name);
    }
    // What was ended stays ended.
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(decide(&bob, pending, "accept").await.status, 409);
    assert_eq!(seen(&[&bob]).await, json!([[], [], [], []]));
    world.finish().await;
}
