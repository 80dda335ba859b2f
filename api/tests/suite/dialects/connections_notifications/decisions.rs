//! Accepting and rejecting.

use serde_json::{Value, json};

use super::{Answers, CONNECTIONS, REQUESTS, ask, decide, ids, known, login, request_path};
use crate::dialects::support::by_shared_paths;
use crate::world::{Person, World};

/// Ann, who asked Bob, and a third.
struct Asked {
    world: World,
    ann: Person,
    bob: Person,
    third: Person,
    request: i64,
}

async fn asked() -> Asked {
    let world = World::start().await;
    let ann = known(&world, "ann", json!({"full_name": "Ann Lee", "email": "ann@example.org"})).await;
    let bob = known(&world, "bob", json!({"company_name": "Kith", "contact": "5550100"})).await;
    let third = by_shared_paths(&world, "third").await;
    let request = ask(&ann, &bob).await;
    world.settle().await; // a worker tells of no request that was decided before it came
    Asked { world, ann, bob, third, request }
}

/// What both see of the request and their connections, and what came into their inboxes.
async fn state(asked: &Asked) -> Value {
    asked.world.settle().await;
    let mut seen = Vec::new();
    for person in [&asked.ann, &asked.bob] {
        seen.push(person.get(&request_path(asked.request)).await.expect(200));
        seen.push(person.get(CONNECTIONS).await.expect(200));
        seen.push(json!(login(person).await.access.inbox().await));
    }
    Value::Array(seen)
}

#[tokio::test]
async fn whoever_was_asked_accepts_and_the_same_again_answers_the_same() {
    let asked = asked().await;
    let Asked { ann, bob, request, .. } = &asked;
    let accepted = decide(bob, *request, "accept").await;
    let body = accepted.body.clone();
    let before = state(&asked).await;
    assert_eq!(decide(bob, *request, "accept").await.expect(200), body);
    assert_eq!(bob.post(&format!("{REQUESTS}{request}/accept/"), json!({})).await.expect(200), body);
    let mut answers = Answers::default();
    answers.add("accepted", accepted);
    answers.add("rejected afterwards", decide(bob, *request, "reject").await);
    answers.add("the request", ann.get(&request_path(*request)).await);
    answers.add("the connections of Ann", ann.get(CONNECTIONS).await);
    assert_eq!(state(&asked).await, before, "nothing changes");
    assert_eq!(before[1], json!([body["connection"]]), "it is the connection that is listed");
    assert_eq!((&before[2], &before[5]), (&json!(["accepted"]), &json!(["requested"])));
    assert_kept!("accepted", answers);
    asked.world.finish().await;
}

#[tokio::test]
async fn whoever_was_asked_rejects_and_the_same_again_answers_the_same() {
    let asked = asked().await;
    let Asked { ann, bob, request, .. } = &asked;
    let mut answers = Answers::default();
    answers.add("rejected", decide(bob, *request, "reject").await);
    let before = state(&asked).await;
    answers.add("rejected again", decide(bob, *request, "reject").await);
    answers.add("accepted afterwards", decide(bob, *request, "accept").await);
    answers.add("the request", ann.get(&request_path(*request)).await);
    assert_eq!(state(&asked).await, before, "nothing changes");
    assert_eq!((&before[2], &before[5]), (&json!(["rejected"]), &json!(["requested"])));
    assert_eq!((&before[1], &before[4]), (&json!([]), &json!([])));
    // One may ask again, and be heard.
    let again = ask(ann, bob).await;
    assert_ne!(again, *request);
    decide(bob, again, "accept").await.expect(200);
    assert_kept!("rejected", answers);
    asked.world.finish().await;
}

#[tokio::test]
async fn nobody_else_decides() {
    let asked = asked().await;
    let Asked { ann, bob, third, request, .. } = &asked;
    let mut answers = Answers::default();
    let before = state(&asked).await;
    for decision in ["accept", "reject"] {
        answers.add(&format!("{decision} by the sender"), decide(ann, *request, decision).await);
        answers.add(&format!("{decision} by a third"), decide(third, *request, decision).await);
        answers.add(&format!("{decision} of none"), decide(bob, 999, decision).await);
    }
    assert_eq!(state(&asked).await, before, "nothing changes");
    decide(bob, *request, "accept").await.expect(200);
    for decision in ["accept", "reject"] {
        answers
            .add(&format!("{decision} by the sender of one that was accepted"), decide(ann, *request, decision).await);
        answers
            .add(&format!("{decision} by a third of one that was accepted"), decide(third, *request, decision).await);
    }
    answers.add("looked at by a third", third.get(&request_path(*request)).await);
    assert_kept!("not_theirs", answers);
    asked.world.finish().await;
}

#[tokio::test]
async fn a_request_that_was_taken_back_is_not_decided() {
    let asked = asked().await;
    let Asked { ann, bob, request, .. } = &asked;
    login(ann).await.access.decide(*request, "cancel").await.expect(200);
    let before = state(&asked).await;
    let mut answers = Answers::default();
    answers.add("accept", decide(bob, *request, "accept").await);
    answers.add("reject", decide(bob, *request, "reject").await);
    answers.add("the request", bob.get(&request_path(*request)).await);
    assert_eq!(state(&asked).await, before, "nothing changes");
    assert_kept!("taken_back", answers);
    asked.world.finish().await;
}

#[tokio::test]
async fn accepting_again_what_was_removed_connects_nobody() {
    let asked = asked().await;
    let Asked { ann, bob, request, .. } = &asked;
    decide(bob, *request, "accept").await.expect(200);
    let connection = ids(&ann.get(CONNECTIONS).await.expect(200))[0];
    ann.delete(&format!("{CONNECTIONS}{connection}/")).await.expect(204);
    let before = state(&asked).await;
    let mut answers = Answers::default();
    answers.add("again", decide(bob, *request, "accept").await);
    assert_eq!(state(&asked).await, before, "nothing changes");
    assert_eq!(before[1], json!([]));
    assert_kept!("removed_since", answers);
    asked.world.finish().await;
}

#[tokio::test]
async fn two_acceptances_at_once_make_one_connection_and_one_notification() {
    let asked = asked().await;
    let Asked { bob, request, .. } = &asked;
    let answers = futures::future::join_all((0..6).map(|_| decide(bob, *request, "accept"))).await;
    let bodies: Vec<Value> = answers.into_iter().map(|answer| answer.expect(200)).collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:#?}");
    let state = state(&asked).await;
    assert_eq!(state[1], json!([bodies[0]["connection"]]));
    assert_eq!(state[2], json!(["accepted"]));
    asked.world.finish().await;
}
