//! Opening sockets: who may, and what they are greeted with.

use std::net::SocketAddr;

use chrono::TimeDelta;
use insta::assert_json_snapshot;
use serde_json::json;

use crate::world::{Person, Socket, World, eventually};

/// Opens with a header; the status when the server refuses.
async fn open_with(address: SocketAddr, name: &'static str, value: &str) -> Result<Socket, u16> {
    let mut request = Socket::handshake(address, "/api/v1/ws");
    request.headers_mut().insert(name, value.parse().expect("a header"));
    Socket::connect(request).await
}

/// Opens with a ticket; the status when the server refuses.
async fn open_with_ticket(address: SocketAddr, ticket: &str) -> Result<Socket, u16> {
    Socket::connect(Socket::handshake(address, &format!("/api/v1/ws?ticket={ticket}"))).await
}

async fn ticket(person: &Person) -> String {
    let body = person.act("/api/v1/ws/tickets").await.expect(201);
    body["ticket"].as_str().expect("a ticket").to_owned()
}

#[tokio::test]
async fn a_socket_opens_with_an_access_token_and_says_where_the_inbox_stands() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.ask(&ann).await;
    world.settle().await;
    let mut socket = ann.socket().await;
    let hello = socket.expect("hello").await;
    assert_eq!(hello["session"], ann.session_id);
    assert_json_snapshot!(hello, {".session" => "[session]"}, @r#"
    {
      "heartbeat": 25,
      "session": "[session]",
      "type": "hello",
      "unread": {
        "messages": 0,
        "notifications": 1
      },
      "version": 1
    }
    "#);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_browser_opens_with_a_subprotocol_and_its_token_is_not_repeated() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let token = ann.token.as_deref().expect("signed in");
    let mut request = Socket::handshake(ann.address, "/api/v1/ws");
    let offered = format!("bearer, {token}").parse().expect("a header");
    request.headers_mut().insert("sec-websocket-protocol", offered);
    let (mut socket, headers) = Socket::connect_answered(request).await.expect("the socket opens");
    assert_eq!(headers["sec-websocket-protocol"], "bearer");
    assert!(!format!("{headers:?}").contains(token), "{headers:?}");
    assert_eq!(socket.expect("hello").await["session"], ann.session_id);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_ticket_opens_one_socket_once() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let body = ann.act("/api/v1/ws/tickets").await.expect(201);
    assert_json_snapshot!(body, {".ticket" => "[ticket]"}, @r#"
    {
      "expires_in": 30,
      "ticket": "[ticket]"
    }
    "#);
    let ticket = body["ticket"].as_str().expect("a ticket");
    let mut socket = open_with_ticket(ann.address, ticket).await.expect("the socket opens");
    assert_eq!(socket.expect("hello").await["session"], ann.session_id);
    assert_eq!(open_with_ticket(ann.address, ticket).await.err(), Some(401));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_ticket_is_taken_at_another_process() {
    let mut world = World::start().await;
    let ann = world.person("ann").await;
    let there = world.add_api().await;
    eventually("it has reached Redis", async || there.core.ports.redis_answers().await != Some(false)).await;
    let other = there.address;
    let ticket = ticket(&ann).await;
    let mut socket = open_with_ticket(other, &ticket).await.expect("the socket opens");
    assert_eq!(socket.expect("hello").await["session"], ann.session_id);
    assert_eq!(open_with_ticket(ann.address, &ticket).await.err(), Some(401));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn of_two_who_show_one_ticket_at_once_one_gets_in() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let ticket = ticket(&ann).await;
    let tries = (0..8).map(|_| open_with_ticket(ann.address, &ticket));
    let opened = futures::future::join_all(tries).await.into_iter().flatten().count();
    assert_eq!(opened, 1);
    world.finish().await;
}

/// Redis expires tickets by its own clock, which no test turns.
#[tokio::test]
async fn a_ticket_lives_for_thirty_seconds() {
    if shared::testing::redis_url().is_some() {
        return;
    }
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (young, old) = (ticket(&ann).await, ticket(&ann).await);
    world.bed.clock.turn(TimeDelta::seconds(20));
    assert!(open_with_ticket(ann.address, &young).await.is_ok());
    world.bed.clock.turn(TimeDelta::seconds(10));
    assert_eq!(open_with_ticket(ann.address, &old).await.err(), Some(401));
    world.finish().await;
}

#[tokio::test]
async fn a_ticket_needs_a_token() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    stranger.act("/api/v1/ws/tickets").await.expect_problem(401, "not_authenticated");
    world.finish().await;
}

#[tokio::test]
async fn whoever_shows_nothing_valid_is_refused_before_the_upgrade() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let address = ann.address;
    let bare = Socket::connect(Socket::handshake(address, "/api/v1/ws")).await;
    assert_eq!(bare.err(), Some(401));
    assert_eq!(open_with(address, "authorization", "Bearer nonsense").await.err(), Some(401));
    assert_eq!(open_with(address, "authorization", &format!("Bearer {}", ann.refresh_token)).await.err(), Some(401));
    assert_eq!(open_with(address, "sec-websocket-protocol", "bearer, nonsense").await.err(), Some(401));
    assert_eq!(open_with_ticket(address, "nonsense").await.err(), Some(401));
    let stranger = Person::stranger(address);
    stranger.get("/api/v1/ws").await.expect_problem(401, "not_authenticated");
    let mut liar = stranger;
    liar.token = Some("nonsense".to_owned());
    liar.get("/api/v1/ws").await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn the_token_of_an_ended_session_opens_nothing() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.delete("/api/v1/sessions/current").await.expect(204);
    let token = format!("Bearer {}", ann.token.as_deref().expect("a token"));
    assert_eq!(open_with(ann.address, "authorization", &token).await.err(), Some(401));
    world.finish().await;
}

#[tokio::test]
async fn a_request_that_is_no_handshake_is_told_so() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.get("/api/v1/ws").await.expect_problem(400, "no_upgrade");
    world.finish().await;
}

#[tokio::test]
async fn an_account_has_so_many_sockets_and_a_closed_one_makes_room() {
    let world = World::with(|config| config.gateway.sockets_an_account = 2).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (mut first, mut second) = (ann.socket().await, ann.socket().await);
    first.expect("hello").await;
    second.expect("hello").await;
    assert_eq!(ann.socket().await.close_code().await, Some(4429));
    let mut of_another_account = bob.socket().await;
    of_another_account.expect("hello").await;
    drop(first);
    eventually("there is room again", async || {
        ann.socket().await.next_or_end().await.is_some_and(|frame| frame["type"] == "hello")
    })
    .await;
    second.expect_nothing().await;
    drop((second, of_another_account));
    world.finish().await;
}

#[tokio::test]
async fn a_ping_is_answered_with_its_ref() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    socket.send(json!({"type": "ping", "ref": "p-1"})).await;
    assert_eq!(socket.next().await, json!({"type": "pong", "ref": "p-1"}));
    socket.send(json!({"type": "ping"})).await;
    assert_eq!(socket.next().await, json!({"type": "pong"}));
    drop(socket);
    world.finish().await;
}
