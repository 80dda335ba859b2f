//! What is another's is read and changed by nobody.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::support::put;
use super::{ask, column, connect, decide, newest, rows, seen, three};
use crate::world::World;

#[tokio::test]
async fn anothers_notification_is_not_there() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    ask(&ann, &bob).await;
    bob.post("/api/notification/create/", json!({"body": "bob's own"})).await.expect(201);
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let mut of_v1 = bob.socket().await;
    of_v1.expect("hello").await;
    let ids = column(&bob, "/api/notification/", "id").await;
    let ids = ids.as_array().expect("ids").iter().map(Value::to_string);
    let beside =
        ["0", "-1", "999", "9223372036854775807", "9223372036854775808", "1.5", "1%00", "%F0%9F%92%A9", "null"];
    for id in ids.chain(beside.map(str::to_owned)) {
        let path = format!("/api/notification/{id}/");
        // Also whom it tells of has no part of it.
        for person in [&ann, &cat] {
            for answer in [put(person, &path, json!({"body": "mine"})).await, person.delete(&path).await] {
                assert_eq!(answer.expect(404), json!({"detail": "Not found."}), "{path}");
            }
        }
    }
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    of_v1.expect_nothing().await;
    drop(of_v1);
    world.finish().await;
}

#[tokio::test]
async fn nobody_sees_what_others_have_between_them() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    connect(&ann, &bob).await;
    world.settle().await;
    bob.post("/api/notification/create/", json!({"body": "bob's own"})).await.expect(201);
    ask(&ann, &cat).await;
    world.settle().await;
    // Parameters change nothing about whose lists these are.
    for query in ["", "?user=1", "?user_id=1", "?account_id=1&to_user_id=1", "?limit=1000&offset=0"] {
        for (path, count) in [
            ("connection/accepted", 0),
            ("connection/requests", 1),
            ("connection/sent-requests", 0),
            ("notification", 1),
        ] {
            assert_eq!(rows(&cat, &format!("/api/{path}/{query}")).await.len(), count, "{path}{query}");
        }
    }
    let told = column(&cat, "/api/notification/", "body").await;
    assert_eq!(told, json!(["ann sent you connection request!"]));
    world.finish().await;
}

#[tokio::test]
async fn a_block_takes_what_the_two_told_each_other_and_nothing_else() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    connect(&ann, &bob).await;
    ask(&cat, &bob).await;
    world.settle().await;
    ann.post("/api/notification/create/", json!({"body": "ann's own"})).await.expect(201);
    let ids = column(&ann, "/api/notification/", "id").await;
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    world.settle().await;
    assert_eq!(column(&ann, "/api/notification/", "body").await, json!(["ann's own"]));
    assert_eq!(column(&bob, "/api/notification/", "body").await, json!(["cat sent you connection request!"]));
    assert_eq!(rows(&ann, "/api/connection/accepted/").await, Vec::<Value>::new());
    let gone = format!("/api/notification/{}/", ids[1]);
    for method in [Method::PUT, Method::DELETE] {
        let request = ann.request(method, &gone).json(&json!({"body": "x"}));
        assert_eq!(ann.send(request).await.expect(404), json!({"detail": "Not found."}));
    }
    world.finish().await;
}

#[tokio::test]
async fn a_session_of_another_account_changes_nothing_here() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let request = ask(&ann, &bob).await;
    world.settle().await;
    let notification = newest(&bob).await;
    cat.delete("/api/v1/sessions/current").await.expect(204);
    // cat's token has ended: with it there is nothing at all.
    for id in [request, 99] {
        decide(&cat, id, "accept").await.expect(401);
    }
    for id in [notification, 99] {
        cat.delete(&format!("/api/notification/{id}/")).await.expect(401);
    }
    assert_eq!(column(&bob, "/api/connection/requests/", "id").await, json!([request]));
    world.finish().await;
}
