//! Connections: listing and removing them.

use serde_json::{Value, json};

use super::{Answers, CONNECTIONS, ask, decide, id, ids, known, login};
use crate::dialects::support::by_shared_paths;
use crate::world::{Person, World};

/// Connects the two; answers the connection's id.
async fn connect(from: &Person, to: &Person) -> i64 {
    let request = ask(from, to).await;
    id(&decide(to, request, "accept").await.expect(200)["connection"])
}

fn path(connection: i64) -> String {
    format!("{CONNECTIONS}{connection}/")
}

#[tokio::test]
async fn connections_are_listed_newest_first_and_show_both() {
    let world = World::start().await;
    let low = known(&world, "low", json!({"full_name": "Low Lee", "contact": "5550100"})).await;
    let ann = known(&world, "زهرا", json!({"company_name": "Kith", "email": "ann@example.org"})).await;
    let high = by_shared_paths(&world, "high").await;
    let mut answers = Answers::default();
    answers.add("none", ann.get(CONNECTIONS).await);
    let (first, second) = (connect(&low, &ann).await, connect(&high, &ann).await);
    let list = ann.get(CONNECTIONS).await;
    assert_eq!(ids(&list.body), [second, first]);
    // Each of the two reads the same row.
    assert_eq!(low.get(CONNECTIONS).await.expect(200), json!([list.body[1]]));
    assert_eq!(high.get(CONNECTIONS).await.expect(200), json!([list.body[0]]));
    answers.add("two", list);
    assert_kept!("connections", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_list_goes_on_by_limit_and_offset() {
    let world = World::start().await;
    let mut others = vec![by_shared_paths(&world, "other0").await, by_shared_paths(&world, "other1").await];
    let ann = by_shared_paths(&world, "ann").await;
    others.push(by_shared_paths(&world, "other2").await);
    let mut all = Vec::new();
    for other in &others {
        all.insert(0, connect(other, &ann).await);
    }
    for (query, expected) in
        [("limit=2", &all[..2]), ("limit=2&offset=2", &all[2..]), ("offset=1", &all[1..]), ("offset=3", &[])]
    {
        let list = ann.get(&format!("{CONNECTIONS}?{query}")).await.expect(200);
        assert_eq!(ids(&list), expected, "{query}");
    }
    let mut answers = Answers::default();
    answers.add("limit=0&offset=-1", ann.get(&format!("{CONNECTIONS}?limit=0&offset=-1")).await);
    assert_kept!("parameters", answers);
    world.finish().await;
}

#[tokio::test]
async fn either_removes_a_connection_and_may_ask_again_at_once() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let third = by_shared_paths(&world, "third").await;
    let mut answers = Answers::default();
    for (remover, other) in [(&ann, &bob), (&bob, &ann)] {
        let connection = connect(&ann, &bob).await;
        answers.add("by a third", third.delete(&path(connection)).await);
        assert_eq!(ids(&other.get(CONNECTIONS).await.expect(200)), [connection]);
        world.settle().await;
        let told = login(other).await.access.inbox().await;
        answers.add("removed", remover.delete(&path(connection)).await);
        answers.add("removed again", remover.delete(&path(connection)).await);
        answers.add("by the other again", other.delete(&path(connection)).await);
        for person in [&ann, &bob] {
            assert_eq!(person.get(CONNECTIONS).await.expect(200), json!([]));
        }
        world.settle().await;
        assert_eq!(login(other).await.access.inbox().await, told, "nobody is told");
    }
    // Either way round, and the request is a new one.
    let request = ask(&bob, &ann).await;
    assert_eq!(decide(&ann, request, "accept").await.expect(200)["connection"]["user1"]["id"], ann.id);
    assert_kept!("removed", answers);
    world.finish().await;
}

#[tokio::test]
async fn of_two_who_remove_it_at_once_one_did() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let path = path(connect(&ann, &bob).await);
    let (one, other) = tokio::join!(ann.delete(&path), bob.delete(&path));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    for person in [&ann, &bob] {
        assert_eq!(person.get(CONNECTIONS).await.expect(200), Value::Array(Vec::new()));
    }
    world.finish().await;
}
