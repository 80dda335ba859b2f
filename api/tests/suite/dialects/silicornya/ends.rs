//! How the socket ends, beside by signing out.

use chrono::TimeDelta;
use shared::ports::clock::Clock;
use tokio_tungstenite::tungstenite::Message;

use super::{chat, claim, join, say};
use crate::dialects::support::{by_connectin, connectin_again, execute};
use crate::gateway::closing::silent_close;
use crate::world::{PATIENCE, Socket, World};

/// Two sockets: one of an account, one of nobody.
async fn two(world: &World) -> [Socket; 2] {
    let ann = join(world, "ann").await;
    let mut sockets = [chat(&ann, "1").await.expect("the socket opens"), claim(world, "1", "x", "y").await];
    for socket in &mut sockets {
        say(socket, "Hello").await;
    }
    sockets
}

#[tokio::test]
async fn a_stop_closes_with_1012() {
    let mut world = World::start().await;
    let sockets = two(&world).await;
    let going = world.apis.remove(0);
    world.add_api().await;
    let closing = futures::future::join_all(sockets.into_iter().map(async |mut socket| socket.close_code().await));
    let ((), codes) = tokio::join!(going.stop(), closing);
    assert_eq!(codes, [Some(1012), Some(1012)]);
    world.finish().await;
}

#[tokio::test]
async fn too_many_frames_in_a_minute_close_with_4429() {
    let world = World::with(|config| config.gateway.frames_a_minute = 5).await;
    for socket in &mut two(&world).await {
        for _ in 0..4 {
            say(socket, " ").await;
        }
        socket.send_raw(Message::binary(Vec::new())).await;
        assert_eq!(socket.close_code().await, Some(4429));
    }
    world.finish().await;
}

#[tokio::test]
async fn a_frame_over_64_kib_closes_with_1009() {
    let world = World::start().await;
    for socket in &mut two(&world).await {
        socket.try_send_raw(Message::text("x".repeat(64 * 1024 + 1))).await;
        assert_eq!(socket.close_code().await, Some(1009));
    }
    world.finish().await;
}

#[tokio::test]
async fn a_silent_client_is_closed_with_4408() {
    let world = World::with(|config| config.gateway.heartbeat = 1).await;
    let ann = join(&world, "ann").await;
    let path = "/connection/1/x/y/";
    let silent = [silent_close(ann.address, path, ann.token.as_deref()), silent_close(ann.address, path, None)];
    let codes = tokio::time::timeout(PATIENCE, futures::future::join_all(silent)).await;
    assert_eq!(codes.expect("the server gives up"), [4408, 4408]);
    world.finish().await;
}

#[tokio::test]
async fn an_account_has_no_more_sockets_here_than_elsewhere() {
    let world = World::with(|config| config.gateway.sockets_an_account = 2).await;
    let ann = join(&world, "ann").await;
    let mut open = [chat(&ann, "1").await.expect("opens"), chat(&ann, "1").await.expect("opens")];
    for socket in &mut open {
        say(socket, "Hello").await;
    }
    assert_eq!(chat(&ann, "1").await.expect("an upgrade").close_code().await, Some(4429));
    // One that is closed makes room.
    let [first, second] = open;
    drop(first);
    crate::world::eventually("there is room", async || {
        let mut socket = chat(&ann, "1").await.expect("an upgrade");
        socket.try_send_raw(Message::text("Hello")).await;
        socket.next_or_end().await.is_some()
    })
    .await;
    drop(second);
    world.finish().await;
}

#[tokio::test]
async fn it_ends_with_the_token_that_opened_it() {
    let world = World::with(|config| config.gateway.sweep_every = 3_600).await;
    let bob = by_connectin(&world, "bob").await;
    let ann = join(&world, "ann").await;
    let mut of_key = chat(&ann, "1").await.expect("the socket opens");
    let (mut of_access, ends) = loop {
        let bob = connectin_again(&bob).await;
        let ends = world.turn_to_the_last(TimeDelta::seconds(3), &bob).await;
        if let Ok(opened) = chat(&bob, "1").await {
            break (opened, ends);
        }
    };
    assert_eq!(of_access.close_code().await, Some(4401));
    assert!(world.bed.clock.now() > ends - TimeDelta::seconds(1), "and not before");
    say(&mut of_key, "Hello").await;
    drop(of_key);
    world.finish().await;
}

#[tokio::test]
async fn the_sweep_closes_what_no_event_told_of() {
    let world = World::with(|config| config.gateway.sweep_every = 1).await;
    let [mut of_ann, mut of_nobody] = two(&world).await;
    execute(&world, "UPDATE sessions SET ended_at = created_at", []).await;
    world.bed.clock.turn(TimeDelta::seconds(31));
    assert_eq!(of_ann.close_code().await, Some(4401));
    assert_eq!(say(&mut of_nobody, "Hello").await["verified"], false);
    drop(of_nobody);
    world.finish().await;
}
