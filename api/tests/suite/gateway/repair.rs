//! Repairing: events are hints, and may be lost, doubled or swapped.

use serde_json::json;
use shared::Core;
use shared::config::Config;
use shared::events::{Change, Envelope, Event, InboxEvent, Unread};
use shared::page::Span;

use super::crowd::{ask, crowd, fill, waiting};
use super::{kinds, no_sweep, versions};
use crate::world::{Socket, World};

/// A process that commits and dies before it publishes: nobody carries its events away.
async fn silenced(world: &World) -> Core {
    world.bed.core().await
}

/// The events of the arrivals in an inbox that nothing else has changed.
async fn arrivals(core: &Core, account_id: i64) -> Vec<Event> {
    let mut page = core.notifications.list(account_id, false, Span::newest(100)).await.expect("a page");
    page.items.reverse();
    let event = |(place, view): (i64, shared::events::NotificationView)| {
        let unread = Unread { notifications: place, messages: 0 };
        let change = Change::Notification(Box::new(view));
        Event::Inbox(InboxEvent { account_id, after: place - 1, version: place, unread, change, origin: None })
    };
    (1..).zip(page.items).map(event).collect()
}

async fn publish(core: &Core, events: Vec<Event>) {
    core.ports.bus.publish(&Envelope::new(events)).await.expect("published");
}

/// That events reach the process: what is heard later, it would have heard.
async fn hears(world: &World, socket: &mut Socket, from: i64, to: i64, version: i64) {
    ask(world.core(), from, to).await;
    let frame = socket.expect("notification").await;
    assert_eq!(frame["version"], version);
}

#[tokio::test]
async fn a_lost_arrival_is_made_good_in_order_when_the_next_event_comes() {
    let world = World::without_worker(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    fill(world.core(), ann.id, people[0], 1).await;
    let mut socket = ann.socket().await;
    assert_eq!(versions(&socket.resume(0).await), [1]);
    // Heard once, the bus is subscribed to: no gap of its beginning is caught up with later.
    ann.post("/api/v1/notifications/read", json!({"through": 1})).await.expect(200);
    assert_eq!(socket.expect("changed").await["version"], 2);
    ask(world.core(), people[0], ann.id).await;
    let jobs = waiting(world.core()).await;
    silenced(&world).await.delivery.deliver(&jobs).await.expect("delivered");
    socket.expect_nothing().await;
    let id = ann.get("/api/v1/notifications").await.expect(200)["items"][0]["id"].as_i64().expect("an id");
    fill(world.core(), ann.id, people[0], 1).await; // lost too
    ann.delete(&format!("/api/v1/notifications/{id}")).await.expect(204);
    // The first came and went before anybody was told.
    assert_eq!(socket.expect("notification").await["version"], 4);
    socket.expect_nothing().await;
    ann.post("/api/v1/notifications/read", json!({"through": 9})).await.expect(200);
    assert_eq!(socket.expect("changed").await["version"], 6);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_lost_read_mark_is_made_good_in_order_when_the_next_event_comes() {
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    fill(world.core(), ann.id, people[0], 3).await;
    let mut socket = ann.socket().await;
    let told = socket.resume(0).await;
    let ids: Vec<&serde_json::Value> = told.iter().map(|frame| &frame["notification"]["id"]).collect();
    silenced(&world).await.notifications.read_through(ann.id, 2).await.expect("read"); // 4 and 5
    socket.expect_nothing().await;
    ann.delete(&format!("/api/v1/notifications/{}", ids[2])).await.expect(204); // 6
    let frames = socket.frames_through(6).await;
    assert_eq!(kinds(&frames), ["changed", "changed", "removed"]);
    assert_eq!(versions(&frames), [4, 5, 6]);
    for (frame, id) in frames.iter().zip(ids) {
        assert_eq!(frame["notifications"], json!([id]));
        assert_eq!(frame["unread"]["notifications"], 0);
    }
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_lost_last_event_is_made_good_by_the_sweep() {
    let world = World::with(|config| config.gateway.sweep_every = 1).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    let (mut one, mut other) = (ann.socket().await, ann.socket().await);
    assert!(one.resume(0).await.is_empty());
    assert!(other.resume(0).await.is_empty());
    fill(world.core(), ann.id, people[0], 2).await;
    assert_eq!(versions(&one.frames_through(2).await), [1, 2]);
    assert_eq!(versions(&other.frames_through(2).await), [1, 2]);
    silenced(&world).await.notifications.read_through(ann.id, 2).await.expect("read");
    let frames = one.frames_through(4).await;
    assert_eq!((kinds(&frames), versions(&frames)), (vec!["changed"; 2], vec![3, 4]));
    assert_eq!(other.frames_through(4).await, frames);
    drop((one, other));
    world.finish().await;
}

#[tokio::test]
async fn events_that_come_twice_or_out_of_order_are_told_once_and_in_order() {
    let change = |config: &mut Config| {
        no_sweep(config);
        config.gateway.gap = 600_000; // no catch-up helps
    };
    let world = World::without_worker(change).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    let core = world.core();
    fill(core, ann.id, people[0], 4).await;
    let events = arrivals(core, ann.id).await;
    let pick = |places: &[usize]| places.iter().map(|place| events[place - 1].clone()).collect::<Vec<_>>();
    publish(core, pick(&[3, 2])).await;
    publish(core, pick(&[3, 1, 1])).await;
    assert_eq!(versions(&socket.frames_through(3).await), [1, 2, 3]);
    publish(core, pick(&[2, 1, 3, 4, 4])).await;
    assert_eq!(versions(&socket.frames_through(4).await), [4]);
    socket.expect_nothing().await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_change_that_only_a_newer_version_can_tell_is_told_as_far_as_this_one_can() {
    let world = World::without_worker(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 1, "Somebody").await;
    let core = world.core();
    fill(core, ann.id, people[0], 2).await;
    let mut socket = ann.socket().await;
    assert_eq!(versions(&socket.resume(0).await), [1, 2]);
    // A newer process reads the first, and tells it in its own words.
    silenced(&world).await.notifications.read_through(ann.id, 1).await.expect("read");
    let unread = Unread { notifications: 1, messages: 0 };
    let event = InboxEvent { account_id: ann.id, after: 2, version: 3, unread, change: Change::Unknown, origin: None };
    publish(core, vec![Event::Unknown, Event::Inbox(event)]).await;
    // What comes behind it comes after it.
    ann.post("/api/v1/notifications/read", json!({"through": 2})).await.expect(200);
    let frames = socket.frames_through(4).await;
    assert_eq!((kinds(&frames), versions(&frames)), (vec!["changed"; 2], vec![3, 4]));
    drop(socket);
    world.finish().await;
}

/// More messages than the embedded bus keeps for a subscriber.
#[tokio::test]
async fn a_process_that_lags_behind_the_bus_loses_nothing() {
    if shared::testing::redis_url().is_some() {
        return; // the bus of the embedded size
    }
    let world = World::with(no_sweep).await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 3, "Somebody").await;
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    hears(&world, &mut socket, people[0], ann.id, 1).await;
    fill(world.core(), ann.id, people[1], 2).await; // its events are those that are lost
    for _ in 0..9_000 {
        publish(world.core(), Vec::new()).await; // never yields
    }
    assert_eq!(versions(&socket.frames_through(3).await), [2, 3]);
    hears(&world, &mut socket, people[2], ann.id, 4).await;
    drop(socket);
    world.finish().await;
}

/// Under a user of its own at the tests' Redis, so that the subscriptions of other tests are not cut with its.
#[tokio::test]
async fn a_broken_subscription_loses_nothing() {
    let Some(url) = shared::testing::redis_url() else {
        return; // the bus of production
    };
    let user = format!("test-{:016x}", rand::random::<u64>());
    redis_command(&url, &format!("ACL SETUSER {user} on nopass allkeys allchannels allcommands")).await;
    let mut own = url::Url::parse(&url).expect("an address");
    own.set_username(&user).expect("a server's address");
    own.set_password(Some("any")).expect("a server's address");
    let change = |config: &mut Config| {
        no_sweep(config);
        config.redis.url = Some(own.into());
    };
    let mut world = World::with(change).await;
    let there = world.add_api().await.address;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 8, "Somebody").await;
    let (mut here, mut there) = (ann.socket().await, ann.at(there).socket().await);
    for socket in [&mut here, &mut there] {
        assert!(socket.resume(0).await.is_empty());
    }
    let mut version = 0;
    for pair in people.chunks(2) {
        version += 1;
        ask(world.core(), pair[0], ann.id).await;
        for socket in [&mut here, &mut there] {
            assert_eq!(versions(&socket.frames_through(version).await), [version]);
        }
        version += 1;
        fill(world.core(), ann.id, pair[1], 1).await; // its event is lost
        let cut = redis_command(&url, &format!("CLIENT KILL TYPE pubsub USER {user}")).await;
        assert_ne!(cut, ":0\r\n", "there was something to cut");
        for socket in [&mut here, &mut there] {
            assert_eq!(versions(&socket.frames_through(version).await), [version]);
        }
    }
    here.expect_nothing().await;
    there.expect_nothing().await;
    drop((here, there));
    world.finish().await;
    redis_command(&url, &format!("ACL DELUSER {user}")).await;
}

/// Sends one inline command; answers what Redis does, which is short and no error.
pub(super) async fn redis_command(url: &str, command: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let url = url::Url::parse(url).expect("an address");
    let address = (url.host_str().expect("a host"), url.port().unwrap_or(6379));
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("Redis answers");
    stream.write_all(format!("{command}\r\n").as_bytes()).await.expect("it takes the command");
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).await.expect("it answers");
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(!answer.starts_with('-'), "{answer}");
    answer
}
