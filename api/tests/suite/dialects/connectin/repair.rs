//! Lost events: the socket is told what it has missed, in order and once.

use std::time::Duration;

use sea_orm::{ConnectionTrait, TransactionTrait};
use serde::de::DeserializeOwned;
use shared::Core;
use shared::config::Config;
use shared::events::{Change, Envelope, Event, InboxEvent, NotificationView, Unread};
use shared::notifications::{AskedJob, InboxJob};
use shared::page::Span;

use super::super::support::{by_connectin, put};
use super::{ask, column, decide, newest, notif, notifs, three};
use crate::world::{Person, World};

fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

/// Does the work that waits, as a worker does. What `core` tells is heard when it is that of an API
/// process, and lost when it is of a process that dies before it publishes.
async fn work_off(core: &Core) {
    let statement = core.database.engine().statement("SELECT id, name, payload FROM outbox ORDER BY id", []);
    let rows = core.database.writer().query_all_raw(statement).await.expect("the outbox");
    let jobs: Vec<AskedJob> = rows
        .iter()
        .map(|row| {
            let text = |column: &str| row.try_get::<String>("", column).expect("a text");
            let payload = text("payload");
            let job = match text("name").as_str() {
                "request_sent" => InboxJob::Sent(read(&payload)),
                "request_decided" => InboxJob::Decided(read(&payload)),
                _ => InboxJob::Withdrawn(read(&payload)),
            };
            AskedJob::from((row.try_get("", "id").expect("an id"), job))
        })
        .collect();
    core.delivery.deliver(&jobs).await.expect("delivered");
}

fn read<T: DeserializeOwned>(payload: &str) -> T {
    serde_json::from_str(payload).expect("a payload")
}

#[tokio::test]
async fn what_was_lost_is_told_before_what_comes_next() {
    let world = World::without_worker(no_sweep).await;
    let [ann, bob, cat] = three(&world).await;
    let dan = by_connectin(&world, "dan").await;
    let silenced = world.bed.core().await;
    let mut sockets = [notifs(&ann).await, notifs(&ann).await];
    let mut of_cat = notifs(&cat).await;
    ask(&bob, &ann).await;
    work_off(&silenced).await;
    let asked = ask(&ann, &cat).await;
    work_off(&silenced).await;
    decide(&cat, asked, "accept").await.expect(200);
    work_off(&silenced).await;
    // A note in between is nothing to this socket, and what is told comes behind what was lost.
    ann.post("/api/notification/create/", serde_json::json!({"body": "A note"})).await.expect(201);
    ask(&dan, &ann).await;
    work_off(world.core()).await;
    for socket in &mut sockets {
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
        assert_eq!(socket.next().await, notif("cat accepted your connection request!"));
        assert_eq!(socket.next().await, notif("dan sent you connection request!"));
    }
    // And once: the next is the next.
    ask(&ann, &bob).await; // crosses bob's
    ask(&dan, &cat).await;
    work_off(world.core()).await;
    assert_eq!(of_cat.next().await, notif("ann sent you connection request!"));
    assert_eq!(of_cat.next().await, notif("dan sent you connection request!"));
    let request = newest_request(&ann, &dan).await;
    decide(&ann, request, "reject").await.expect(200);
    let eve = by_connectin(&world, "eve").await;
    ask(&eve, &ann).await;
    work_off(world.core()).await;
    for socket in &mut sockets {
        assert_eq!(socket.next().await, notif("eve sent you connection request!"));
    }
    drop((sockets, of_cat));
    world.finish().await;
}

/// The id of the pending request between two people.
async fn newest_request(receiver: &Person, sender: &Person) -> i64 {
    let rows = super::rows(receiver, "/api/connection/requests/").await;
    let row = rows.iter().find(|row| row["user"]["id"] == sender.id).expect("a request");
    row["id"].as_i64().expect("an id")
}

/// On a busy machine the database may answer late: whatever comes once the socket is open is told.
#[tokio::test]
async fn what_comes_right_behind_the_handshake_is_told() {
    let world = World::without_worker(no_sweep).await;
    let [ann, bob, cat] = three(&world).await;
    let elsewhere = world.bed.core().await;
    ask(&bob, &ann).await;
    ann.get("/api/notification/").await.expect(200); // her session is remembered
    let mut taken = Vec::new();
    let reader = world.core().database.reader();
    while let Ok(connection) = tokio::time::timeout(Duration::from_secs(1), reader.begin()).await {
        taken.push(connection.expect("a connection"));
    }
    let mut opening = Box::pin(notifs(&ann));
    let opened = tokio::time::timeout(Duration::from_millis(500), &mut opening).await;
    work_off(&elsewhere).await;
    drop(taken);
    if let Ok(mut socket) = opened {
        ask(&cat, &ann).await;
        work_off(world.core()).await;
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
        assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    } else {
        // The handshake itself waited for the database: nothing came behind it.
        drop(opening.await);
    }
    world.finish().await;
}

#[tokio::test]
async fn what_was_lost_last_is_told_by_the_sweep() {
    let world = World::without_worker(|config| config.gateway.sweep_every = 1).await;
    let [ann, bob, cat] = three(&world).await;
    let silenced = world.bed.core().await;
    let mut socket = notifs(&ann).await;
    for other in [&bob, &cat] {
        ask(other, &ann).await;
    }
    work_off(&silenced).await;
    assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn what_was_lost_and_is_gone_is_not_told() {
    let world = World::without_worker(no_sweep).await;
    let [ann, bob, cat] = three(&world).await;
    let silenced = world.bed.core().await;
    let mut socket = notifs(&ann).await;
    let cancelled = ask(&bob, &ann).await;
    work_off(&silenced).await;
    assert_eq!(column(&ann, "/api/notification/", "body").await[0], "bob sent you connection request!");
    decide(&bob, cancelled, "cancel").await.expect(200);
    work_off(&silenced).await;
    ask(&cat, &ann).await;
    work_off(world.core()).await;
    assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn what_was_lost_and_changed_since_is_told_once_and_in_the_order_of_its_coming() {
    let world = World::without_worker(no_sweep).await;
    let [ann, bob, cat] = three(&world).await;
    let silenced = world.bed.core().await;
    let mut socket = notifs(&ann).await;
    ask(&bob, &ann).await;
    work_off(&silenced).await;
    let of_bob = newest(&ann).await;
    ask(&cat, &ann).await;
    work_off(&silenced).await;
    // Heard, and so what came before it is asked for.
    ann.act(&format!("/api/v1/notifications/{of_bob}/read")).await.expect(200);
    assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    put(&ann, &format!("/api/notification/{of_bob}/"), serde_json::json!({"body": "Edited"})).await.expect(200);
    ask(&ann, &bob).await; // crosses
    let dan = by_connectin(&world, "dan").await;
    ask(&dan, &ann).await;
    work_off(world.core()).await;
    assert_eq!(socket.next().await, notif("dan sent you connection request!"));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn events_that_come_twice_or_out_of_order_are_told_once_and_in_order() {
    let change = |config: &mut Config| {
        no_sweep(config);
        config.gateway.gap = 600_000; // no catch-up helps
    };
    let world = World::without_worker(change).await;
    let [ann, bob, cat] = three(&world).await;
    let dan = by_connectin(&world, "dan").await;
    let mut socket = notifs(&ann).await;
    let silenced = world.bed.core().await;
    for other in [&bob, &cat, &dan] {
        ask(other, &ann).await;
        work_off(&silenced).await;
    }
    let page = world.core().notifications.list(ann.id, false, Span::newest(3)).await.expect("a page");
    let event = |view: &NotificationView| {
        let (after, version) = (view.version - 1, view.version);
        let (unread, change) =
            (Unread { notifications: version, messages: 0 }, Change::Notification(Box::new(view.clone())));
        Event::Inbox(InboxEvent { account_id: ann.id, after, version, unread, change, origin: None })
    };
    let [third, second, first] = page.items.as_slice() else { panic!("three, not {:?}", page.items) };
    let [third, second, first] = [third, second, first].map(event);
    for events in [vec![&third, &second], vec![&third, &first, &first], vec![&second, &first, &third]] {
        let envelope = Envelope::new(events.into_iter().cloned().collect());
        world.core().ports.bus.publish(&envelope).await.expect("published");
    }
    for name in ["bob", "cat", "dan"] {
        assert_eq!(socket.next().await, notif(&format!("{name} sent you connection request!")));
    }
    let eve = by_connectin(&world, "eve").await;
    ask(&eve, &ann).await;
    work_off(world.core()).await;
    assert_eq!(socket.next().await, notif("eve sent you connection request!"));
    drop(socket);
    world.finish().await;
}
