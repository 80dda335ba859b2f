//! Live events: whoever changes what, every socket of the account hears it.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use super::crowd::{ask, crowd, waiting};
use super::{kinds, no_sweep, versions};
use crate::world::{Person, Socket, World};

/// Two API processes, two sessions of one person, and three sockets: two here, one there.
async fn three_sockets(world: &mut World) -> (Person, Vec<Socket>) {
    let there = world.add_api().await.address;
    let ann = world.person("ann").await;
    let tablet = ann.sign_in("ann").await;
    let mut sockets = vec![ann.socket().await, tablet.socket().await, ann.at(there).socket().await];
    for socket in &mut sockets {
        assert!(socket.resume(0).await.is_empty());
    }
    (ann, sockets)
}

/// The next frame of every socket, which is the same for all, and whose counts the API shares.
async fn heard_by_all(person: &Person, sockets: &mut [Socket]) -> Value {
    let mut heard = Vec::new();
    for socket in &mut *sockets {
        heard.push(socket.next().await);
    }
    assert!(heard.iter().all(|frame| *frame == heard[0]), "{heard:#?}");
    let frame = heard.remove(0);
    let badge = person.get("/api/v1/notifications/unread-count").await.expect(200);
    assert_eq!(frame["version"], badge["version"]);
    for count in ["notifications", "messages"] {
        assert_eq!(frame["unread"][count], badge[count], "{frame:#}");
    }
    frame
}

#[tokio::test]
async fn a_decision_reaches_the_other_persons_socket() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    let request = ann.ask(&bob).await;
    bob.accept(request).await.expect(200);
    let frame = socket.expect("notification").await;
    // Whether bob was told of the request before he accepted it, the id shows.
    assert_json_snapshot!(frame, {".notification.id" => "[id]", ".notification.created_at" => "[time]"}, @r#"
    {
      "notification": {
        "actor": {
          "avatar": null,
          "full_name": null,
          "id": 2,
          "username": "bob"
        },
        "body": null,
        "created_at": "[time]",
        "id": "[id]",
        "kind": "accepted",
        "read_at": null,
        "request_id": 1,
        "subject_id": null,
        "version": 1
      },
      "type": "notification",
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
async fn what_is_read_or_removed_over_http_is_heard_by_every_socket_on_every_process() {
    let mut world = World::with(no_sweep).await;
    let (ann, mut sockets) = three_sockets(&mut world).await;
    let mut ids = Vec::new();
    for name in ["bob", "cyd", "dan"] {
        world.person(name).await.ask(&ann).await;
        let frame = heard_by_all(&ann, &mut sockets).await;
        assert_eq!(frame["notification"]["actor"]["username"], name);
        ids.push(frame["notification"]["id"].as_i64().expect("an id"));
    }

    ann.act(&format!("/api/v1/notifications/{}/read", ids[1])).await.expect(200);
    let frame = heard_by_all(&ann, &mut sockets).await;
    assert_json_snapshot!(frame, {".read_at" => "[time]"}, @r#"
    {
      "notifications": [
        2
      ],
      "read_at": "[time]",
      "type": "changed",
      "unread": {
        "messages": 0,
        "notifications": 2
      },
      "version": 4
    }
    "#);

    ann.post("/api/v1/notifications/read", json!({"through": 3})).await.expect(200);
    let frame = heard_by_all(&ann, &mut sockets).await;
    assert_eq!(frame["type"], "changed");
    assert_eq!(frame["notifications"], json!([ids[0], ids[2]]));
    assert_eq!((&frame["version"], &frame["unread"]["notifications"]), (&json!(6), &json!(0)));

    ann.delete(&format!("/api/v1/notifications/{}", ids[0])).await.expect(204);
    let frame = heard_by_all(&ann, &mut sockets).await;
    assert_json_snapshot!(frame, @r#"
    {
      "notifications": [
        1
      ],
      "type": "removed",
      "unread": {
        "messages": 0,
        "notifications": 0
      },
      "version": 7
    }
    "#);

    // Again changes nothing, and so is not told.
    ann.act(&format!("/api/v1/notifications/{}/read", ids[1])).await.expect(200);
    ann.post("/api/v1/notifications/read", json!({"through": 99})).await.expect(200);
    for socket in &mut sockets {
        socket.expect_nothing().await;
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn a_read_mark_over_one_socket_is_answered_and_heard_by_all() {
    let mut world = World::with(no_sweep).await;
    let (ann, mut sockets) = three_sockets(&mut world).await;
    for name in ["bob", "cyd"] {
        world.person(name).await.ask(&ann).await;
        heard_by_all(&ann, &mut sockets).await;
    }
    let mut reader = sockets.remove(0);
    reader.send(json!({"type": "read", "through": 1, "ref": "r-1"})).await;
    let mut frames = [reader.next().await, reader.next().await];
    frames.sort_by_key(|frame| frame["type"] == "changed"); // either may come first
    let unread = json!({"notifications": 1, "messages": 0});
    assert_eq!(frames[0], json!({"type": "read", "count": 1, "unread": unread, "ref": "r-1"}));
    let heard = heard_by_all(&ann, &mut sockets).await;
    assert_eq!(heard["type"], "changed");
    assert_eq!(heard, frames[1]);
    drop((reader, sockets));
    world.finish().await;
}

#[tokio::test]
async fn a_cancelled_request_takes_its_notification_back_from_every_socket() {
    let mut world = World::with(no_sweep).await;
    let (ann, mut sockets) = three_sockets(&mut world).await;
    let bob = world.person("bob").await;
    let request = bob.ask(&ann).await;
    let told = heard_by_all(&ann, &mut sockets).await;
    bob.act(&format!("/api/v1/connection-requests/{request}/cancel")).await.expect(200);
    let frame = heard_by_all(&ann, &mut sockets).await;
    assert_eq!(frame["type"], "removed");
    assert_eq!(frame["notifications"], json!([told["notification"]["id"]]));
    assert_eq!((&frame["version"], &frame["unread"]["notifications"]), (&json!(2), &json!(0)));
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn nobody_hears_of_another_inbox() {
    let world = World::start().await;
    let (ann, bob, eve) = (world.person("ann").await, world.person("bob").await, world.person("eve").await);
    let (mut of_ann, mut of_eve) = (ann.socket().await, eve.socket().await);
    assert!(of_ann.resume(0).await.is_empty());
    assert!(of_eve.resume(0).await.is_empty());
    bob.ask(&ann).await;
    of_ann.expect("notification").await;
    of_eve.expect_nothing().await;
    drop((of_ann, of_eve));
    world.finish().await;
}

#[tokio::test]
async fn a_new_socket_is_told_nothing_before_it_resumes_and_then_everything_once() {
    let change = |config: &mut shared::config::Config| config.gateway.hold = 600_000;
    let world = World::with(change).await;
    let ann = world.person("ann").await;
    let (mut held, mut live) = (ann.socket().await, ann.socket().await);
    held.expect("hello").await;
    assert!(live.resume(0).await.is_empty());
    for from in crowd(world.core(), 5, "Somebody").await {
        ask(world.core(), from, ann.id).await;
    }
    assert_eq!(versions(&live.frames_through(5).await), [1, 2, 3, 4, 5]);
    held.expect_nothing().await;
    let (frames, resumed) = held.resume_part(0).await;
    assert_eq!(versions(&frames), [1, 2, 3, 4, 5]);
    assert_eq!(resumed, json!({"type": "resumed", "count": 5, "more": false, "version": 5}));
    held.expect_nothing().await;
    drop((held, live));
    world.finish().await;
}

#[tokio::test]
async fn a_socket_that_never_resumes_is_told_everything_once_when_its_hold_has_passed() {
    let change = |config: &mut shared::config::Config| {
        config.gateway.hold = 100;
        no_sweep(config);
    };
    let world = World::with(change).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 10, "Somebody").await;
    ask(world.core(), people[0], ann.id).await;
    world.settle().await;
    let mut socket = ann.socket().await;
    // It has what `hello` told: the first is not repeated.
    assert_eq!(socket.expect("hello").await["version"], 1);
    for from in &people[1..5] {
        ask(world.core(), *from, ann.id).await;
    }
    assert_eq!(versions(&socket.frames_through(5).await), [2, 3, 4, 5]);
    for from in &people[5..] {
        ask(world.core(), *from, ann.id).await;
    }
    assert_eq!(versions(&socket.frames_through(10).await), [6, 7, 8, 9, 10]);
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

/// More than waits for a socket: a worker does up to 256 jobs together, and their events travel
/// together.
#[tokio::test]
async fn a_burst_of_changes_does_not_cost_a_reading_client_its_socket() {
    let world = World::without_worker(no_sweep).await;
    let ann = world.person("ann").await;
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    for from in crowd(world.core(), 400, "Somebody").await {
        ask(world.core(), from, ann.id).await;
    }
    let jobs = waiting(world.core()).await;
    assert_eq!(jobs.len(), 400);
    world.core().delivery.deliver(&jobs).await.expect("delivered");
    let frames = socket.frames_through(400).await;
    assert_eq!(versions(&frames), (1..=400).collect::<Vec<i64>>());
    assert!(kinds(&frames).iter().all(|kind| *kind == "notification"));
    assert_eq!(frames[399]["unread"]["notifications"], 400);
    drop(socket);
    world.finish().await;
}
