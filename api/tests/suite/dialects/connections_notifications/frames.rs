//! What the open socket says, and what it makes of what it is told.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{NOTIFICATIONS, SOCKET, ask, decide, expect_quiet, id, known, login, no_sweep, note, notification_path};
use crate::dialects::support::{by_shared_paths, make_staff, socket};
use crate::world::{Person, Socket, World};

/// An open socket. One that answers hears: the handshake is answered before it does.
async fn opened(person: &Person) -> Socket {
    let mut socket = socket(person, SOCKET).await.expect("the socket opens");
    expect_quiet(&mut socket).await;
    socket
}

/// The next frame, whose row is what GET shows.
async fn told(person: &Person, socket: &mut Socket) -> Value {
    let frame = socket.next().await;
    let row = person.get(&notification_path(id(&frame["data"]))).await.expect(200);
    assert_eq!(frame, json!({"type": "notification", "data": row}));
    frame
}

#[tokio::test]
async fn both_sides_hear_of_a_request_and_its_decision() {
    let world = World::with(no_sweep).await;
    let profile = json!({"full_name": "زهرا کیانی", "email": "ann@example.org", "company_name": "Ünïted"});
    let ann = known(&world, "زهرا", profile).await;
    let bob = known(&world, "Zoë", json!({"full_name": "Zoë", "contact": "5550100"})).await;
    let (mut anns, mut bobs) = (opened(&ann).await, opened(&bob).await);
    let mut frames = Vec::new();
    for decision in ["reject", "accept"] {
        let request = ask(&ann, &bob).await;
        frames.push(told(&bob, &mut bobs).await);
        decide(&bob, request, decision).await.expect(200);
        frames.push(told(&ann, &mut anns).await);
        // The same again tells nobody.
        decide(&bob, request, decision).await.expect(200);
    }
    world.settle().await;
    expect_quiet(&mut anns).await;
    expect_quiet(&mut bobs).await;
    assert_kept!("frames", frames);
    drop((anns, bobs));
    world.finish().await;
}

#[tokio::test]
async fn every_socket_of_the_one_concerned_hears_and_nobody_elses() {
    let mut world = World::with(no_sweep).await;
    let there = world.add_api().await.address;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let cid = by_shared_paths(&world, "cid").await;
    let session = login(&bob).await;
    let origin = format!("http://{}", bob.address);
    let cookie = [("cookie", session.cookie.as_str()), ("origin", origin.as_str())];
    let mut sockets = [
        opened(&bob).await,
        opened(&bob.at(there)).await,
        opened(&session.access).await,
        super::open(&bob, &cookie).await.expect("by cookie"),
    ];
    let (mut anns, mut cids) = (opened(&ann).await, opened(&cid.at(there)).await);
    expect_quiet(&mut sockets[3]).await;
    ask(&ann, &bob).await;
    let frame = told(&bob, &mut sockets[0]).await;
    for socket in &mut sockets[1..] {
        assert_eq!(socket.next().await, frame);
    }
    // What comes next to the others is their own.
    ask(&bob, &cid).await;
    ask(&cid, &ann).await;
    assert_eq!(told(&cid, &mut cids).await["data"]["actor"]["username"], "bob");
    assert_eq!(told(&ann, &mut anns).await["data"]["actor"]["username"], "cid");
    for socket in &mut sockets {
        expect_quiet(socket).await;
    }
    drop((sockets, anns, cids));
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_tell_the_first_who_asked() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let (mut anns, mut bobs) = (opened(&ann).await, opened(&bob).await);
    ask(&ann, &bob).await;
    assert_eq!(told(&bob, &mut bobs).await["data"]["verb"], "requested");
    ask(&bob, &ann).await;
    assert_eq!(told(&ann, &mut anns).await["data"]["verb"], "accepted");
    world.settle().await;
    expect_quiet(&mut anns).await;
    expect_quiet(&mut bobs).await;
    drop((anns, bobs));
    world.finish().await;
}

#[tokio::test]
async fn notes_marks_edits_and_removals_are_not_told() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let (cid, staff) = (by_shared_paths(&world, "cid").await, by_shared_paths(&world, "staff").await);
    make_staff(&world, &staff).await;
    let request = ask(&ann, &bob).await;
    world.settle().await;
    let old = id(&bob.get(NOTIFICATIONS).await.expect(200)[0]);
    let mut bobs = opened(&bob).await;
    let mine = note(&bob, "Buy milk").await;
    let verbed = json!({"message": "Hi", "verb": "accepted", "recipient_id": bob.id});
    staff.post(NOTIFICATIONS, verbed).await.expect(201);
    for read in [true, false] {
        bob.patch(&notification_path(old), json!({"read": read})).await.expect(200);
    }
    world.core().notifications.edit(bob.id, old, "Other words").await.expect("an edit");
    bob.act(&format!("{NOTIFICATIONS}mark-all-read/")).await.expect(200);
    bob.delete(&notification_path(mine)).await.expect(204);
    // Taking a request back takes its notification away, and says nothing.
    login(&ann).await.access.decide(request, "cancel").await.expect(200);
    world.settle().await;
    ask(&cid, &bob).await;
    // All of it came before: a socket is told in order.
    assert_eq!(told(&bob, &mut bobs).await["data"]["actor"]["username"], "cid");
    expect_quiet(&mut bobs).await;
    drop(bobs);
    world.finish().await;
}

#[tokio::test]
async fn what_came_before_the_socket_opened_is_not_told() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let cid = by_shared_paths(&world, "cid").await;
    ask(&ann, &bob).await;
    world.settle().await;
    let mut bobs = opened(&bob).await;
    ask(&cid, &bob).await;
    assert_eq!(told(&bob, &mut bobs).await["data"]["actor"]["username"], "cid");
    drop(bobs);
    world.finish().await;
}

#[tokio::test]
async fn a_ping_is_answered_and_whatever_else_is_passed_over() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let mut socket = opened(&ann).await;
    for text in [
        "",
        " ",
        "{",
        "nonsense",
        "null",
        "5",
        "[]",
        "[{\"type\":\"ping\"}]",
        "\"ping\"",
        "ping",
        "{}",
        "{\"type\":null}",
        "{\"type\":[\"ping\"]}",
        "{\"type\":\"Ping\"}",
        "{\"type\":\"pong\"}",
        "{\"type\":\"subscribe\",\"group\":\"user_1\"}",
        "{\"type\":\"notification\",\"data\":{}}",
        "{\"type\":\"resume\",\"after\":0}",
        "{\"type\":\"read\",\"through\":9}",
        "{\"message\":\"ping\"}",
        "{\"type\":\"\\ud800\"}",
        "{\"type\":\"ping\\u0000\"}",
        "\u{0}",
        "سلام",
    ] {
        socket.send_raw(Message::text(text)).await;
        expect_quiet(&mut socket).await;
    }
    for bytes in [&b""[..], b"{\"type\":\"ping\"}", b"\xff\x00\xfe"] {
        socket.send_raw(Message::binary(bytes.to_vec())).await;
        expect_quiet(&mut socket).await;
    }
    socket.send_raw(Message::text(" {\"more\": 1, \"type\": \"ping\"} ")).await;
    assert_eq!(socket.next().await, json!({"type": "pong"}));
    // It hears as before.
    ask(&bob, &ann).await;
    told(&ann, &mut socket).await;
    drop(socket);
    world.finish().await;
}
