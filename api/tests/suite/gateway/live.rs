//! Live events.

use crate::world::World;

#[tokio::test]
async fn a_decision_reaches_the_other_persons_socket() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    let request = ann.ask(&bob).await;
    bob.accept(request).await.expect(200);
    let frame = socket.expect("notification").await;
    assert_eq!(frame["version"], 1);
    assert_eq!(frame["unread"]["notifications"], 1);
    assert_eq!(frame["notification"]["kind"], "accepted");
    assert_eq!(frame["notification"]["actor"]["username"], "bob");
    world.finish().await;
}
