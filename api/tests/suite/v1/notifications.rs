//! Notifications: list, read, remove; and their counts, which agree everywhere (P5).

use futures::future::join_all;
use serde_json::{Value, json};

use super::support::ids;
use crate::world::{Person, World};

const NOTIFICATIONS: &str = "/api/v1/notifications";

/// Every notification of a list, part by part.
async fn all(person: &Person, query: &str) -> Vec<Value> {
    let (mut found, mut path) = (Vec::new(), format!("{NOTIFICATIONS}?limit=3{query}"));
    loop {
        let part = person.get(&path).await.expect(200);
        found.extend(part["items"].as_array().expect("items").iter().cloned());
        let Some(next) = part["next"].as_str() else { return found };
        path = format!("{NOTIFICATIONS}?limit=3{query}&cursor={next}");
    }
}

/// That list, badge and the items themselves count the same; answers how many are unread.
async fn unread(person: &Person) -> usize {
    let items = all(person, "").await;
    let unread: Vec<&Value> = items.iter().filter(|item| item["read_at"].is_null()).collect();
    let filtered = all(person, "&unread=true").await;
    assert_eq!(unread, filtered.iter().collect::<Vec<_>>());
    let list = person.get(NOTIFICATIONS).await.expect(200);
    let badge = person.get(&format!("{NOTIFICATIONS}/unread-count")).await.expect(200);
    assert_eq!(list["unread"]["notifications"], unread.len());
    assert_eq!(badge["notifications"], unread.len());
    assert_eq!(badge["version"], list["version"]);
    let newest = items.iter().filter_map(|item| item["version"].as_i64()).max().unwrap_or(0);
    assert!(newest <= list["version"].as_i64().expect("a version"));
    unread.len()
}

/// Bob, whom `count` people asked, and their requests.
async fn asked(world: &World, count: usize) -> (Person, Vec<(Person, i64)>) {
    let bob = world.person("bob").await;
    let mut requests = Vec::new();
    for number in 0..count {
        let sender = world.person(&format!("sender{number}")).await;
        let request = sender.ask(&bob).await;
        world.settle().await;
        requests.push((sender, request));
    }
    (bob, requests)
}

#[tokio::test]
async fn a_notification_is_listed_read_and_removed() {
    let world = World::start().await;
    let (bob, _) = asked(&world, 2).await;
    let list = bob.get(NOTIFICATIONS).await.expect(200);
    assert_shape!("notifications", list.clone());
    let path = format!("{NOTIFICATIONS}/{}", ids(&list)[1]);
    assert_eq!(bob.get(&path).await.expect(200), list["items"][1]);
    assert_shape!("unread_count", bob.get(&format!("{NOTIFICATIONS}/unread-count")).await.expect(200));

    let read = bob.act(&format!("{path}/read")).await.expect(200);
    assert_shape!("notification_read", read.clone());
    assert_eq!(bob.act(&format!("{path}/read")).await.expect(200), read, "again changes nothing");
    assert_eq!(bob.get(&path).await.expect(200), read);
    assert_eq!(unread(&bob).await, 1);

    let rest = bob.post(&format!("{NOTIFICATIONS}/read"), json!({"through": 2})).await;
    assert_shape!("read_through", rest.expect(200));
    assert_eq!(unread(&bob).await, 0);

    bob.delete(&path).await.expect(204);
    for answer in [bob.delete(&path).await, bob.get(&path).await, bob.act(&format!("{path}/read")).await] {
        assert_shape!("notification_not_found", answer.expect_problem(404, "not_found"));
    }
    assert_eq!(bob.inbox().await, ["requested"]);
    assert_eq!(unread(&bob).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn an_inbox_of_several_pages_is_read_in_parts() {
    let world = World::start().await;
    let (bob, requests) = asked(&world, 7).await;
    let items = all(&bob, "").await;
    let order: Vec<_> = items.iter().map(|item| item["request_id"].as_i64()).collect();
    assert_eq!(order, requests.iter().rev().map(|(_, request)| Some(*request)).collect::<Vec<_>>());
    assert_eq!(unread(&bob).await, 7);

    // Through a version: what came with it or before, whatever was read since.
    let path = |at: usize| format!("{NOTIFICATIONS}/{}", items[at]["id"]);
    bob.act(&format!("{}/read", path(6))).await.expect(200); // the oldest
    let third = items[4]["version"].as_i64().expect("a version");
    let read = bob.post(&format!("{NOTIFICATIONS}/read"), json!({"through": third})).await.expect(200);
    assert_eq!((&read["read"], &read["unread"]["notifications"]), (&json!(2), &json!(4)));
    let again = bob.post(&format!("{NOTIFICATIONS}/read"), json!({"through": third})).await.expect(200);
    assert_eq!((&again["read"], &again["version"]), (&json!(0), &read["version"]));
    assert_eq!(unread(&bob).await, 4);

    bob.delete(&path(0)).await.expect(204); // unread
    assert_eq!(unread(&bob).await, 3);
    bob.delete(&path(5)).await.expect(204); // read
    assert_eq!(unread(&bob).await, 3);
    for through in [i64::MIN, -1, 0] {
        let none = bob.post(&format!("{NOTIFICATIONS}/read"), json!({"through": through})).await.expect(200);
        assert_eq!(none["read"], 0);
    }
    let rest = bob.post(&format!("{NOTIFICATIONS}/read"), json!({"through": i64::MAX})).await.expect(200);
    assert_eq!((&rest["read"], &rest["unread"]["notifications"]), (&json!(3), &json!(0)));
    assert_eq!(unread(&bob).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn counts_agree_after_everything_at_once() {
    let world = World::start().await;
    let (bob, requests) = asked(&world, 6).await;
    let items = all(&bob, "").await;
    let path = |at: usize| format!("{NOTIFICATIONS}/{}", items[at]["id"]);
    let read = [0, 1, 0, 1, 0, 1].map(|at| format!("{}/read", path(at)));
    let taken_back = &requests[2]; // the fourth newest
    let delete = [path(1), path(2), path(2)];
    let (reads, deletes, through, cancelled) = tokio::join!(
        join_all(read.iter().map(|path| bob.act(path))),
        join_all(delete.iter().map(|path| bob.delete(path))),
        bob.post("/api/v1/notifications/read", json!({"through": 2})),
        taken_back.0.decide(taken_back.1, "cancel"),
    );
    assert!(reads.iter().chain(&deletes).all(|answer| answer.status.is_success() || answer.status == 404));
    through.expect(200);
    cancelled.expect(200);
    world.settle().await;
    // Of six, the second and third newest were removed and the fourth was taken back; the newest and
    // the two oldest are read.
    let left = all(&bob, "").await;
    assert_eq!(left.len(), 3);
    assert_eq!(unread(&bob).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn a_cancel_takes_the_notification_back() {
    let world = World::start().await;
    let (bob, requests) = asked(&world, 2).await;
    assert_eq!(unread(&bob).await, 2);
    for (left, (sender, request)) in [(1, &requests[0]), (0, &requests[1])] {
        if left == 0 {
            let id = ids(&bob.get(NOTIFICATIONS).await.expect(200))[0];
            bob.act(&format!("{NOTIFICATIONS}/{id}/read")).await.expect(200);
        }
        sender.decide(*request, "cancel").await.expect(200);
        world.settle().await;
        assert_eq!(bob.inbox().await.len(), left);
        assert_eq!(unread(&bob).await, left, "one that was read is taken back too");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_cancel_before_the_worker_comes_leaves_no_notification() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let first = ann.ask(&bob).await;
    ann.decide(first, "cancel").await.expect(200);
    let second = ann.ask(&bob).await;
    world.add_worker().await;
    world.settle().await;
    let list = bob.get(NOTIFICATIONS).await.expect(200);
    assert_eq!(list["items"].as_array().expect("items").len(), 1);
    assert_eq!(list["items"][0]["request_id"], second);
    assert_eq!(unread(&bob).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn a_notification_shows_its_actor_as_the_actor_is_now() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = bob.ask(&ann).await;
    world.settle().await;
    ann.decide(request, "reject").await.expect(200);
    world.settle().await;
    ann.patch("/api/v1/me", json!({"username": "ann.lee", "full_name": "Ann Lee"})).await.expect(200);
    let list = bob.get(NOTIFICATIONS).await.expect(200);
    assert_shape!("notification_of_a_rejection", list["items"][0].clone());
    world.finish().await;
}
