//! What the socket tells: the three notifications, to whom they are for, on every process.

use serde_json::json;

use super::super::support::{by_connectin, by_shared_paths};
use super::{ask, column, decide, notif, notifs, send, three};
use crate::world::{PASSWORD, Person, World};

const LIST: &str = "/api/notification/";

#[tokio::test]
async fn the_three_notifications_are_told_as_they_are_listed() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    let (mut of_ann, mut of_bob) = (notifs(&ann).await, notifs(&bob).await);
    let mut frames = Vec::new();
    for word in ["reject", "accept"] {
        let request = ask(&ann, &bob).await;
        frames.push(of_bob.next().await);
        decide(&bob, request, word).await.expect(200);
        frames.push(of_ann.next().await);
    }
    let listed = |bodies: serde_json::Value| bodies.as_array().expect("texts").clone();
    let (ann_reads, bob_reads) = (listed(column(&ann, LIST, "body").await), listed(column(&bob, LIST, "body").await));
    for (frame, text) in frames.iter().zip([&bob_reads[1], &ann_reads[1], &bob_reads[0], &ann_reads[0]]) {
        assert_eq!(&frame["message"], text);
    }
    assert_whole!("frames", frames);
    drop((of_ann, of_bob));
    world.finish().await;
}

#[tokio::test]
async fn every_socket_of_the_account_is_told_on_every_process_and_nobody_elses() {
    let mut world = World::start().await;
    let there = world.add_api().await.address;
    let [ann, bob, cat] = three(&world).await;
    let tablet = ann.sign_in("ann").await;
    let mut sockets = [notifs(&ann).await, notifs(&ann).await, notifs(&tablet).await, notifs(&ann.at(there)).await];
    let mut of_bob = notifs(&bob).await;
    let first = ask(&bob, &ann).await;
    for socket in &mut sockets {
        assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    }
    ask(&cat, &ann.at(there)).await;
    decide(&ann.at(there), first, "reject").await.expect(200);
    for socket in &mut sockets {
        assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    }
    // The first that bob hears of all this is what is for him.
    assert_eq!(of_bob.next().await, notif("ann rejected your connection request!"));
    drop((sockets, of_bob));
    world.finish().await;
}

#[tokio::test]
async fn a_cancel_is_told_to_nobody_and_takes_the_notification_away() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let mut sockets = [notifs(&ann).await, notifs(&bob).await];
    let request = ask(&ann, &bob).await;
    assert_eq!(sockets[1].next().await, notif("ann sent you connection request!"));
    assert_eq!(column(&bob, LIST, "body").await, json!(["ann sent you connection request!"]));
    for _ in 0..2 {
        decide(&ann, request, "cancel").await.expect(200);
    }
    world.settle().await;
    assert_eq!(column(&bob, LIST, "body").await, json!([]));
    // What comes next is what is heard next, by both.
    for (socket, person) in sockets.iter_mut().zip([&ann, &bob]) {
        ask(&cat, person).await;
        assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn what_changes_nothing_is_told_to_nobody() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let mut sockets = [notifs(&ann).await, notifs(&bob).await];
    let request = ask(&ann, &bob).await;
    assert_eq!(sockets[1].next().await, notif("ann sent you connection request!"));
    send(&ann, &bob).await.expect(400);
    send(&ann, &ann).await.expect(400);
    decide(&ann, request, "accept").await.expect(403);
    decide(&cat, request, "accept").await.expect(404);
    for _ in 0..3 {
        decide(&bob, request, "accept").await.expect(200);
    }
    decide(&bob, request, "reject").await.expect(409);
    assert_eq!(sockets[0].next().await, notif("bob accepted your connection request!"));
    // Nor are marks, deletions, removed connections and blocks.
    for person in [&ann, &bob] {
        let id = column(person, LIST, "id").await[0].clone();
        person.act(&format!("/api/v1/notifications/{id}/read")).await.expect(200);
        person.delete(&format!("{LIST}{id}/")).await.expect(204);
    }
    let connection = ann.get("/api/v1/connections").await.expect(200)["items"][0]["id"].clone();
    ann.delete(&format!("/api/v1/connections/{connection}")).await.expect(204);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    world.settle().await;
    for (socket, person) in sockets.iter_mut().zip([&ann, &bob]) {
        ask(&cat, person).await;
        assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    }
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_are_told_as_an_acceptance() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let (mut of_ann, mut of_bob) = (notifs(&ann).await, notifs(&bob).await);
    ask(&ann, &bob).await;
    assert_eq!(of_bob.next().await, notif("ann sent you connection request!"));
    assert_eq!(send(&bob, &ann).await.expect(201)["status"], "accepted");
    assert_eq!(of_ann.next().await, notif("bob accepted your connection request!"));
    // And that was all.
    for (socket, person) in [(&mut of_ann, &ann), (&mut of_bob, &bob)] {
        ask(&cat, person).await;
        assert_eq!(socket.next().await, notif("cat sent you connection request!"));
    }
    drop((of_ann, of_bob));
    world.finish().await;
}

#[tokio::test]
async fn what_happens_on_other_surfaces_is_told_here() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let (bob, cat) = (world.person("bob").await, by_shared_paths(&world, "cat").await);
    let mut socket = notifs(&ann).await;
    bob.ask(&ann).await; // through v1
    assert_eq!(socket.next().await, notif("bob sent you connection request!"));
    let request = ask(&ann, &bob).await; // crosses it
    assert_eq!(request, 1);
    let request = ask(&ann, &cat).await;
    cat.decide(request, "reject").await; // v1 takes no sliding token
    decide(&cat, request, "reject").await.expect(200);
    assert_eq!(socket.next().await, notif("cat rejected your connection request!"));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn names_are_told_in_every_alphabet() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let mut socket = notifs(&ann).await;
    let stranger = Person::stranger(world.apis[0].address);
    let names = ["Zoë", "żółć", "Ольга", "علی", "小明"];
    for (place, name) in names.iter().enumerate() {
        let email = format!("person{place}@example.org");
        let body = json!({"username": name, "email": email, "password": PASSWORD});
        let row = stranger.post("/api/user/register/", body).await.expect(201);
        let body = json!({"username": name, "password": PASSWORD});
        let session = stranger.post("/api/user/login/", body).await.expect(200);
        let token = session["access"].as_str().map(str::to_owned);
        let person = Person { id: row["id"].as_i64().expect("an id"), token, ..stranger.clone() };
        ask(&person, &ann).await;
        assert_eq!(socket.next().await, notif(&format!("{name} sent you connection request!")));
    }
    let listed = names.iter().rev().map(|name| json!(format!("{name} sent you connection request!")));
    assert_eq!(column(&ann, LIST, "body").await, listed.collect::<serde_json::Value>());
    drop(socket);
    world.finish().await;
}
