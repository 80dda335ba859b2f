//! Opening the socket, talking to it, and its end.

use std::net::SocketAddr;

use chrono::TimeDelta;
use serde_json::json;
use shared::config::Config;
use shared::ports::clock::Clock;
use tokio_tungstenite::tungstenite::Message;

use super::super::support::{
    also_by_shared_paths, by_connectin, by_shared_paths, connectin_again, socket, whole, with_token,
};
use super::{ask, notif, notifs, three};
use crate::world::{Person, Socket, World};

const PATH: &str = "/ws/notifs/";

/// Opens with a header; the status when the server refuses.
async fn open_with(address: SocketAddr, path: &str, authorization: &str) -> Result<Socket, u16> {
    let mut request = Socket::handshake(address, path);
    request.headers_mut().insert("authorization", authorization.parse().expect("a header"));
    Socket::connect(request).await
}

#[tokio::test]
async fn it_opens_with_a_token_in_the_header_or_in_the_query() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let token = ann.token.as_deref().expect("a token");
    let mut sockets = Vec::new();
    for path in ["/ws/notifs/", "/ws/notifs"] {
        for scheme in ["Token", "Bearer", "token", "bearer"] {
            let opened = open_with(ann.address, path, &format!("{scheme} {token}")).await;
            sockets.push(opened.unwrap_or_else(|status| panic!("{path} by {scheme}: {status}")));
        }
        sockets.push(socket(&ann, path).await.expect("by the query"));
    }
    // With both, the header counts.
    sockets
        .push(open_with(ann.address, "/ws/notifs/?token=nonsense", &format!("Token {token}")).await.expect("by both"));
    let bob = by_connectin(&world, "bob").await;
    ask(&bob, &ann).await;
    for socket in &mut sockets {
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn it_opens_with_tokens_of_other_surfaces() {
    let world = World::start().await;
    let (ann, cat) = (world.person("ann").await, by_shared_paths(&world, "cat").await);
    let mut sockets = [notifs(&ann).await, notifs(&cat).await];
    let bob = by_connectin(&world, "bob").await;
    for (socket, person) in sockets.iter_mut().zip([&ann, &cat]) {
        ask(&bob, person).await;
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn without_a_valid_token_it_is_refused_before_the_upgrade() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let address = ann.address;
    let ended = ann.sign_in("ann").await;
    ended.delete("/api/v1/sessions/current").await.expect(204);
    let ended = ended.token.expect("a token");
    assert_eq!(Socket::connect(Socket::handshake(address, PATH)).await.err(), Some(401));
    for token in ["", "nonsense", "%00", &ann.refresh_token, &ended] {
        let opened = Socket::connect(Socket::handshake(address, &format!("{PATH}?token={token}"))).await;
        assert_eq!(opened.err(), Some(401), "{token}");
        for scheme in ["Token", "Bearer"] {
            assert_eq!(
                open_with(address, PATH, &format!("{scheme} {token}")).await.err(),
                Some(401),
                "{scheme} {token}"
            );
        }
    }
    let token = ann.token.as_deref().expect("a token");
    assert_eq!(open_with(address, PATH, &format!("Basic {token}")).await.err(), Some(401));
    assert_eq!(Socket::connect(Socket::handshake(address, &format!("{PATH}?ticket={token}"))).await.err(), Some(401));
    // What the refusal says; and to whoever asks for no socket.
    let mut answers = Vec::new();
    for token in [None, Some("nonsense"), Some(token)] {
        answers.push(whole(with_token(&ann, token).get(PATH).await));
    }
    assert_whole!("refused_sockets", answers);
    world.finish().await;
}

/// The session cookie opens the socket of another dialect alone.
#[tokio::test]
async fn the_session_cookie_opens_nothing_here() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let body = json!({"username": "ann", "password": crate::world::PASSWORD});
    let session = with_token(&ann, None).post("/api/login/", body).await;
    let cookie =
        session.headers["set-cookie"].to_str().expect("a cookie").split(';').next().expect("a value").to_owned();
    let mut request = Socket::handshake(ann.address, PATH);
    request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
    let origin = format!("http://{}", ann.address);
    request.headers_mut().insert("origin", origin.parse().expect("a header"));
    assert_eq!(Socket::connect(request).await.err(), Some(401));
    let value = cookie.split_once('=').expect("a value").1;
    assert_eq!(open_with(ann.address, PATH, &format!("Token {value}")).await.err(), Some(401));
    world.finish().await;
}

#[tokio::test]
async fn what_a_client_says_is_passed_over_and_the_socket_lives_on() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let mut socket = notifs(&ann).await;
    ask(&bob, &ann).await;
    assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    for text in [
        "",
        "hello",
        "{",
        "null",
        "[]",
        r#"{"type": "ping"}"#,
        r#"{"type": "read", "through": 9}"#,
        r#""\ud800""#,
        "\0",
    ] {
        socket.send_raw(Message::text(text)).await;
    }
    socket.send(json!({"type": "resume", "after": 0})).await;
    socket.send(notif("bob accepted your connection request!")).await;
    socket.send_raw(Message::text("x".repeat(60 * 1024))).await;
    socket.send_raw(Message::binary(vec![0xff, 0xfe, 0x00])).await;
    socket.send_raw(Message::binary(Vec::new())).await;
    socket.send_raw(Message::Ping(vec![1, 2, 3].into())).await;
    socket.send_raw(Message::Pong(vec![4].into())).await;
    ask(&cat, &ann).await;
    assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    // Nothing was read by it either.
    assert_eq!(ann.get("/api/v1/notifications/unread-count").await.expect(200)["notifications"], 2);
    drop(socket);
    world.finish().await;
}

/// Without the sweep, which would close it too.
fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

#[tokio::test]
async fn it_closes_with_4401_when_its_session_ends_and_no_other_does() {
    let mut world = World::with(no_sweep).await;
    let there = world.add_api().await.address;
    let [ann, bob, _] = three(&world).await;
    let tablet = ann.sign_in("ann").await;
    let mut ended = [notifs(&ann).await, notifs(&ann.at(there)).await];
    let mut staying = [notifs(&tablet).await, notifs(&tablet.at(there)).await];
    ann.delete("/api/v1/sessions/current").await.expect(204);
    for socket in &mut ended {
        assert_eq!(socket.close_code().await, Some(4401));
    }
    ask(&bob, &ann).await;
    for socket in &mut staying {
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    }
    assert_eq!(socket(&ann, PATH).await.err(), Some(401));
    drop(staying);
    world.finish().await;
}

#[tokio::test]
async fn it_closes_with_4401_when_its_token_expires() {
    let world = World::with(no_sweep).await;
    let ann = by_connectin(&world, "ann").await;
    let bob = by_shared_paths(&world, "bob").await;
    for sliding in [false, true] {
        let (mut opened, ends) = loop {
            let person = if sliding { also_by_shared_paths(&bob).await } else { connectin_again(&ann).await };
            let ends = world.turn_to_the_last(TimeDelta::seconds(3), &person).await;
            if let Ok(opened) = socket(&person, PATH).await {
                break (opened, ends);
            }
        };
        assert_eq!(opened.close_code().await, Some(4401));
        assert!(world.bed.clock.now() > ends - TimeDelta::seconds(1), "and not before");
    }
    // The session goes on, with the next token.
    let refreshed: Person = {
        let body = json!({"refresh": ann.refresh_token});
        let tokens = ann.post("/api/token/refresh/", body).await.expect(200);
        with_token(&ann, tokens["access"].as_str())
    };
    drop(notifs(&refreshed).await);
    world.finish().await;
}
