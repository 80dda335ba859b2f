//! Decisions that come at once (P1): one wins, and makes one connection and one notification.

use futures::future::join_all;

use super::support::number;
use crate::world::{Answer, World};

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status.as_u16()).collect()
}

#[tokio::test]
async fn a_hundred_accepts_make_one_connection_and_one_notification() {
    let mut world = World::without_worker(|_| {}).await;
    let other = world.add_api().await.address;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    let elsewhere = bob.at(other);
    let accepts = (0..100).map(|n| if n % 2 == 0 { &bob } else { &elsewhere }).map(|bob| bob.accept(request));
    let answers = join_all(accepts).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{:?}", statuses(&answers));
    assert!(answers.iter().all(|answer| answer.body == answers[0].body), "the same answer to each");
    assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 1);
    assert_eq!(number(&world, "SELECT count(*) FROM outbox WHERE name = 'request_decided'").await, 1);
    assert_eq!(number(&world, "SELECT count(*) FROM outbox").await, 2);

    world.add_worker().await;
    world.settle().await;
    assert_eq!(ann.inbox().await, ["accepted"]);
    assert_eq!(bob.inbox().await, [""; 0], "there was nothing left to ask when the worker came");
    assert_eq!(number(&world, "SELECT count(*) FROM notifications").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn of_accept_and_reject_at_once_one_wins() {
    let world = World::start().await;
    let bob = world.person("bob").await;
    for round in 0..8 {
        let ann = world.person(&format!("ann{round}")).await;
        let request = ann.ask(&bob).await;
        let decisions = ["accept", "reject", "accept", "reject"];
        let answers = join_all(decisions.map(|decision| bob.decide(request, decision))).await;
        let status = bob.get(&format!("/api/v1/connection-requests/{request}")).await.expect(200)["status"].clone();
        for (decision, answer) in decisions.iter().zip(answers) {
            if status.as_str().expect("a status").starts_with(decision) {
                assert_eq!(answer.expect(200)["status"], status);
            } else {
                answer.expect_problem(409, "already_decided");
            }
        }
        let connections = format!("SELECT count(*) FROM connections WHERE low_id = {0} OR high_id = {0}", ann.id);
        assert_eq!(number(&world, &connections).await, i64::from(status == "accepted"));
        world.settle().await;
        assert_eq!(ann.inbox().await, [status.as_str().expect("a status")]);
    }
    world.finish().await;
}

#[tokio::test]
async fn of_accept_and_cancel_at_once_one_wins() {
    let world = World::start().await;
    let bob = world.person("bob").await;
    let mut accepted = 0;
    for round in 0..8 {
        let ann = world.person(&format!("ann{round}")).await;
        let request = ann.ask(&bob).await;
        world.settle().await;
        let (accept, cancel) = if round % 2 == 0 {
            tokio::join!(bob.decide(request, "accept"), ann.decide(request, "cancel"))
        } else {
            let (cancel, accept) = tokio::join!(ann.decide(request, "cancel"), bob.decide(request, "accept"));
            (accept, cancel)
        };
        world.settle().await;
        if accept.status == 200 {
            cancel.expect_problem(409, "already_decided");
            assert_eq!(ann.inbox().await, ["accepted"]);
            accepted += 1;
        } else {
            accept.expect_problem(409, "already_decided");
            assert_eq!(cancel.expect(200)["status"], "cancelled");
            assert_eq!(ann.inbox().await, [""; 0]);
        }
        assert_eq!(bob.inbox().await.len(), accepted, "what was taken back is gone");
        let connections = i64::try_from(accepted).expect("a small number");
        assert_eq!(number(&world, "SELECT count(*) FROM connections").await, connections);
    }
    world.finish().await;
}

#[tokio::test]
async fn of_accept_and_block_at_once_the_block_has_the_last_word() {
    let world = World::start().await;
    let bob = world.person("bob").await;
    for round in 0..6 {
        let ann = world.person(&format!("ann{round}")).await;
        let request = ann.ask(&bob).await;
        let path = format!("/api/v1/blocks/{}", bob.id);
        let (accept, block) = tokio::join!(bob.accept(request), ann.put(&path));
        block.expect(204);
        assert!([200, 404].contains(&accept.status.as_u16()), "{accept:?}");
        world.settle().await;
        assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 0);
        assert_eq!(number(&world, "SELECT count(*) FROM connection_requests WHERE status = 'pending'").await, 0);
        assert_eq!((ann.inbox().await.len(), bob.inbox().await.len()), (0, 0));
    }
    world.finish().await;
}
