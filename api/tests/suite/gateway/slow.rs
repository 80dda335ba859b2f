//! A client that does not read: it is dropped, hurts nobody, and loses nothing.

use super::client::Client;
use super::crowd::{ask, crowd};
use super::no_sweep;
use crate::world::{Socket, World, eventually};

/// Changes: more than a socket's queue and the buffers of the system hold.
const CHANGES: i64 = 240;

#[tokio::test]
async fn whoever_does_not_read_is_dropped_hurts_nobody_and_resumes() {
    let change = |config: &mut shared::config::Config| {
        no_sweep(config);
        config.gateway.sockets_an_account = 2;
    };
    let world = World::with(change).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let token = ann.token.as_deref().expect("signed in");
    let mut slow = Socket::open_narrow(ann.address, token, 32 * 1024).await;
    let (mut quick, mut of_bob) = (ann.socket().await, bob.socket().await);
    for socket in [&mut slow, &mut quick, &mut of_bob] {
        assert!(socket.resume(0).await.is_empty());
    }
    // Every frame bears its actor's name.
    let people = crowd(world.core(), usize::try_from(CHANGES).expect("a count"), &"x".repeat(48 * 1024)).await;
    let mut heard = Client::default();
    for from in people {
        ask(world.core(), from, ann.id).await;
        heard.hear(&quick.next().await);
    }
    assert_eq!(heard.told, (1..=CHANGES).collect::<Vec<i64>>());
    ann.ask(&bob).await;
    of_bob.expect("notification").await;

    eventually("its place is free", async || {
        ann.socket().await.next_or_end().await.is_some_and(|frame| frame["type"] == "hello")
    })
    .await;

    let mut client = Client::default();
    while let Some(frame) = slow.next_or_end().await {
        client.hear(&frame);
    }
    assert!(client.version < CHANGES, "it was not dropped");
    let mut again = ann.socket().await;
    client.hear_all(&again.resume(client.version).await);
    assert_eq!(client.told, heard.told);
    client.expect_inbox_of(&ann).await;
    drop((slow, quick, of_bob, again));
    world.finish().await;
}
