//! The main walk: two people connect.

use crate::world::World;

#[tokio::test]
async fn two_people_connect() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    world.settle().await;
    assert_eq!(bob.inbox().await, ["requested"]);
    let accepted = bob.accept(request).await.expect(200);
    assert_eq!(accepted["status"], "accepted");
    world.settle().await;
    assert_eq!(ann.inbox().await, ["accepted"]);
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        let connections = one.get("/api/v1/connections").await.expect(200);
        assert_eq!(connections["items"][0]["user"]["username"], other.name.as_str());
    }
    world.finish().await;
}
