//! Notifications: listed, written, edited and deleted.

use reqwest::Method;
use serde_json::json;

use super::super::support::{by_connectin, put, whole};
use super::{ask, column, connect, decide, newest, notif, notifs, rows, three};
use crate::world::World;

const LIST: &str = "/api/notification/";
const CREATE: &str = "/api/notification/create/";
const V1: &str = "/api/v1/notifications";

#[tokio::test]
async fn the_three_texts_and_notes_are_listed_newest_first() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    assert_eq!(ann.get(LIST).await.expect(200), json!([]));
    for (other, word) in [(&bob, "accept"), (&cat, "reject")] {
        let request = ask(&ann, other).await;
        decide(other, request, word).await.expect(200);
        world.settle().await;
    }
    let dan = by_connectin(&world, "dan").await;
    ask(&dan, &ann).await;
    world.settle().await;
    ann.post(CREATE, json!({"body": "Water the plants"})).await.expect(201);
    let path = format!("{V1}/{}/read", newest(&ann).await);
    ann.act(&path).await.expect(200);
    let list = rows(&ann, LIST).await;
    let mut ids: Vec<i64> = list.iter().map(|row| row["id"].as_i64().expect("an id")).collect();
    let mut times: Vec<&str> = list.iter().map(|row| row["created_at"].as_str().expect("a time")).collect();
    assert!(ids.is_sorted_by(|one, other| one > other) && times.is_sorted_by(|one, other| one >= other), "{list:#?}");
    ids.dedup();
    times.dedup();
    // What bob and cat were told in between takes ids too.
    assert_eq!((ids.len(), times.len()), (4, 4));
    let shown: Vec<_> = list.iter().map(|row| json!([row["body"], row["read"]])).collect();
    assert_whole!("texts", shown);
    world.finish().await;
}

#[tokio::test]
async fn a_list_goes_on_by_limit_and_offset() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    for body in ["one", "two", "three"] {
        ann.post(CREATE, json!({"body": body})).await.expect(201);
    }
    for (query, bodies) in [
        ("", &["three", "two", "one"][..]),
        ("?limit=2", &["three", "two"]),
        ("?offset=1", &["two", "one"]),
        ("?limit=1&offset=1", &["two"]),
        ("?limit=9&offset=3", &[]),
    ] {
        assert_eq!(column(&ann, &format!("{LIST}{query}"), "body").await, json!(bodies), "{query}");
    }
    let mut answers = Vec::new();
    for query in ["limit=x", "limit=-1", "limit=1.5", "offset=x", "offset=-1", "limit=x&offset=x"] {
        answers.push(json!({"given": query, "answer": whole(ann.get(&format!("{LIST}?{query}")).await)}));
    }
    assert_whole!("no_limit", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_note_is_written_into_ones_own_inbox() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    let body = json!({"body": "  Wäter the plants 🌱\n<b>today</b>  "});
    assert_whole!("created", ann.post(CREATE, body).await.expect(201));
    assert_whole!("created_listed", ann.get(LIST).await.expect(200));
    assert_eq!(rows(&bob, LIST).await.len(), 0);
    assert_eq!(ann.get("/api/v1/notifications/unread-count").await.expect(200)["notifications"], 1);
    // Twice the same is two.
    for _ in 0..2 {
        ann.post(CREATE, json!({"body": 5})).await.expect(201);
    }
    assert_eq!(column(&ann, &format!("{LIST}?limit=2"), "body").await, json!(["5", "5"]));
    world.finish().await;
}

#[tokio::test]
async fn an_edited_text_shows_everywhere() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    let mut of_v1 = bob.socket().await;
    of_v1.resume(0).await;
    ask(&ann, &bob).await;
    of_v1.expect("notification").await;
    let id = newest(&bob).await;
    let path = format!("{LIST}{id}/");
    assert_whole!("edited", put(&bob, &path, json!({"body": " Änn wants to connect "})).await.expect(200));
    let frame = of_v1.expect("changed").await;
    assert_eq!(frame["notification"], bob.get(V1).await.expect(200)["items"][0]);
    assert_whole!("edited_on_a_v1_socket", frame);
    assert_whole!("edited_in_the_list", bob.get(LIST).await.expect(200));
    assert_whole!("edited_in_v1", bob.get(V1).await.expect(200));
    // The same again changes nothing, and is told to nobody.
    put(&bob, &path, json!({"body": "Änn wants to connect"})).await.expect(200);
    of_v1.expect_nothing().await;
    // Read or not, it stays so.
    bob.act(&format!("{V1}/{id}/read")).await.expect(200);
    of_v1.expect("changed").await;
    let again = put(&bob, &path, json!({"body": "Again"})).await.expect(200);
    assert_eq!((&again["id"], &again["body"], &again["read"]), (&json!(id), &json!("Again"), &json!(true)));
    assert_eq!(of_v1.expect("changed").await["notification"]["body"], "Again");
    assert_eq!(column(&bob, LIST, "body").await, json!(["Again"]));
    drop(of_v1);
    world.finish().await;
}

#[tokio::test]
async fn a_note_and_an_edit_are_heard_by_v1s_socket_and_not_by_this_dialects() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let (mut of_v1, mut here) = (ann.socket().await, notifs(&ann).await);
    of_v1.resume(0).await;
    let note = ann.post(CREATE, json!({"body": "A note"})).await.expect(201);
    assert_whole!("created_on_a_v1_socket", of_v1.expect("notification").await);
    put(&ann, &format!("{LIST}{}/", note["id"]), json!({"body": "An edited note"})).await.expect(200);
    of_v1.expect("changed").await;
    ask(&bob, &ann).await;
    of_v1.expect("notification").await;
    put(&ann, &format!("{LIST}{}/", newest(&ann).await), json!({"body": "An edited request"})).await.expect(200);
    of_v1.expect("changed").await;
    ask(&cat, &ann).await;
    of_v1.expect("notification").await;
    // Here the first thing heard is bob's request, and the next one cat's.
    assert_eq!(here.next().await, notif("bob sent you connection request!"));
    assert_eq!(here.next().await, notif("cat sent you connection request!"));
    drop((of_v1, here));
    world.finish().await;
}

#[tokio::test]
async fn a_deleted_notification_is_gone_everywhere() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    connect(&ann, &bob).await;
    world.settle().await;
    ask(&cat, &ann).await;
    world.settle().await;
    let (id, kept) = (newest(&ann).await, json!(["bob accepted your connection request!"]));
    let mut of_v1 = ann.socket().await;
    of_v1.expect("hello").await;
    let path = format!("{LIST}{id}/");
    let answer = ann.send(ann.request(Method::DELETE, &path)).await;
    assert!(answer.headers.get("content-length").is_none_or(|length| length == "0"));
    assert_whole!("deleted", whole(answer));
    assert_eq!(of_v1.expect("removed").await["notifications"], json!([id]));
    assert_eq!(column(&ann, LIST, "body").await, kept);
    assert_eq!(ann.get(V1).await.expect(200)["items"].as_array().expect("items").len(), 1);
    assert_eq!(ann.get("/api/v1/notifications/unread-count").await.expect(200)["notifications"], 1);
    // What is gone is not there to delete or to edit; the request itself is.
    let again = [whole(ann.delete(&path).await), whole(put(&ann, &path, json!({"body": "x"})).await)];
    assert_whole!("deleted_again", again);
    of_v1.expect_nothing().await;
    assert_eq!(rows(&ann, "/api/connection/requests/").await.len(), 1);
    drop(of_v1);
    world.finish().await;
}

#[tokio::test]
async fn what_is_told_bears_the_name_that_the_actor_has_now() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    ask(&ann, &bob).await;
    world.settle().await;
    ann.patch("/api/v1/me", json!({"username": "Änne"})).await.expect(200);
    assert_eq!(column(&bob, LIST, "body").await, json!(["Änne sent you connection request!"]));
    world.finish().await;
}
