//! Connections: list and remove.

use serde_json::json;

use super::support::{ids, number};
use crate::world::World;

const CONNECTIONS: &str = "/api/v1/connections";

#[tokio::test]
async fn both_see_their_connection() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let change = json!({"full_name": "Bob Ray", "company_name": "Kith", "industry": "Networks", "phone": "1234567"});
    bob.patch("/api/v1/me", change).await.expect(200);
    bob.accept(ann.ask(&bob).await).await.expect(200);
    assert_shape!("connections", ann.get(CONNECTIONS).await.expect(200));
    let theirs = bob.get(CONNECTIONS).await.expect(200);
    assert_eq!(theirs["items"][0]["user"]["id"], ann.id);
    assert_eq!(ids(&theirs), ids(&ann.get(CONNECTIONS).await.expect(200)));
    world.finish().await;
}

#[tokio::test]
async fn a_connection_is_ended_by_either_once_and_may_begin_again() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for remover in [&ann, &bob] {
        bob.accept(ann.ask(&bob).await).await.expect(200);
        world.settle().await;
        let before = (ann.inbox().await.len(), bob.inbox().await.len());
        let path = format!("{CONNECTIONS}/{}", ids(&ann.get(CONNECTIONS).await.expect(200))[0]);
        remover.delete(&path).await.expect(204);
        for person in [&ann, &bob] {
            person.delete(&path).await.expect_problem(404, "not_found");
            assert_eq!(person.get(CONNECTIONS).await.expect(200)["items"], json!([]));
        }
        world.settle().await;
        assert_eq!((ann.inbox().await.len(), bob.inbox().await.len()), before, "nobody is told");
    }
    world.finish().await;
}

#[tokio::test]
async fn of_two_who_end_a_connection_at_once_one_did() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.accept(ann.ask(&bob).await).await.expect(200);
    let path = format!("{CONNECTIONS}/{}", ids(&ann.get(CONNECTIONS).await.expect(200))[0]);
    let (one, other) = tokio::join!(ann.delete(&path), bob.delete(&path));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    assert_eq!(number(&world, "SELECT count(*) FROM connections").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn connections_with_lower_and_higher_accounts_come_in_one_order() {
    let world = World::start().await;
    let (one, two) = (world.person("one").await, world.person("two").await);
    let ann = world.person("ann").await;
    let (four, five) = (world.person("four").await, world.person("five").await);
    let order = [&four, &one, &five, &two];
    for other in order {
        other.accept(ann.ask(other).await).await.expect(200);
    }
    let (mut found, mut query) = (Vec::new(), "limit=3".to_owned());
    loop {
        let part = ann.get(&format!("{CONNECTIONS}?{query}")).await.expect(200);
        let people = part["items"].as_array().expect("items").iter();
        found.extend(people.map(|item| item["user"]["id"].as_i64().expect("an id")));
        let Some(next) = part["next"].as_str() else { break };
        query = format!("limit=3&cursor={next}");
    }
    assert_eq!(found, order.map(|person| person.id).into_iter().rev().collect::<Vec<_>>());
    world.finish().await;
}
