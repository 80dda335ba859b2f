//! Another person's notifications, requests and connections: nobody reads or changes them, staff
//! neither.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    Answers, CONNECTIONS, NOTIFICATIONS, REQUESTS, ask, decide, id, login, note, notification_path, request_path,
};
use crate::dialects::support::{by_shared_paths, make_staff};
use crate::world::{Person, World};

/// What people find in their lists, and where v1 says that their inboxes stand.
async fn seen(people: &[&Person]) -> Value {
    let mut all = Vec::new();
    for person in people {
        for path in [REQUESTS, CONNECTIONS, NOTIFICATIONS] {
            all.push(person.get(path).await.expect(200));
        }
        all.push(login(person).await.access.get("/api/v1/notifications/unread-count").await.expect(200));
    }
    Value::Array(all)
}

#[tokio::test]
async fn what_is_anothers_is_as_if_it_were_not() {
    let world = World::start().await;
    let (bob, cid) = (by_shared_paths(&world, "bob").await, by_shared_paths(&world, "cid").await);
    let (dan, ann) = (by_shared_paths(&world, "dan").await, by_shared_paths(&world, "ann").await);
    let pending = ask(&bob, &cid).await;
    let decided = ask(&bob, &dan).await;
    world.settle().await; // so that ids are the same each time
    let connection = id(&decide(&dan, decided, "accept").await.expect(200)["connection"]);
    world.settle().await;
    let unread = note(&bob, "Mine").await;
    let read = note(&bob, "Mine too").await;
    bob.patch(&notification_path(read), json!({"read": true})).await.expect(200);
    world.settle().await;
    let before = seen(&[&bob, &cid, &dan]).await;

    let mut calls = vec![(Method::DELETE, format!("{CONNECTIONS}{connection}/"), Value::Null)];
    for request in [pending, decided] {
        calls.push((Method::GET, request_path(request), Value::Null));
        calls.push((Method::POST, format!("{REQUESTS}{request}/accept/"), Value::Null));
        calls.push((Method::POST, format!("{REQUESTS}{request}/reject/"), Value::Null));
    }
    for note in [unread, read] {
        calls.push((Method::GET, notification_path(note), Value::Null));
        calls.push((Method::PATCH, notification_path(note), json!({})));
        calls.push((Method::PATCH, notification_path(note), json!({"read": true})));
        calls.push((Method::PATCH, notification_path(note), json!({"read": false})));
        calls.push((Method::POST, format!("{NOTIFICATIONS}{note}/mark-read/"), Value::Null));
        calls.push((Method::DELETE, notification_path(note), Value::Null));
    }
    let mut answers = Answers::default();
    for (method, path, body) in &calls {
        let request = ann.request(method.clone(), path).json(body);
        answers.add(&format!("{method} {path} {body}"), ann.send(request).await);
    }
    let all = ann.act(&format!("{NOTIFICATIONS}mark-all-read/")).await;
    answers.add("all marked as read", all);
    assert_eq!(seen(&[&bob, &cid, &dan]).await, before, "nothing changes");
    for path in [REQUESTS, CONNECTIONS, NOTIFICATIONS] {
        assert_eq!(ann.get(path).await.expect(200), json!([]), "{path} shows one's own alone");
    }

    make_staff(&world, &ann).await;
    for ((method, path, body), answered) in calls.iter().zip(&answers.0) {
        let answer = ann.send(ann.request(method.clone(), path).json(body)).await;
        assert_eq!(answer.expect(404), answered["body"], "{method} {path} by staff");
    }
    assert_eq!(seen(&[&bob, &cid, &dan]).await, before, "staff change nothing either");
    assert_kept!("anothers", answers);
    world.finish().await;
}

#[tokio::test]
async fn the_parties_of_a_request_share_no_notifications() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let request = ask(&ann, &bob).await;
    world.settle().await;
    decide(&bob, request, "accept").await.expect(200);
    world.settle().await;
    let before = seen(&[&ann, &bob]).await;
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        let theirs = id(&other.get(NOTIFICATIONS).await.expect(200)[0]);
        let path = notification_path(theirs);
        one.get(&path).await.expect(404);
        one.patch(&path, json!({"read": true})).await.expect(404);
        one.act(&format!("{path}mark-read/")).await.expect(404);
        one.delete(&path).await.expect(404);
    }
    assert_eq!(seen(&[&ann, &bob]).await, before, "nothing changes");
    world.finish().await;
}
