//! Starting chats.

use serde_json::{Value, json};

use super::super::support::{by_connectin, by_shared_paths, form, whole, with_token};
use crate::world::World;

const PATH: &str = "/api/chat/start/";

fn started(chat: &Value, id: i64, username: &str, online: bool) -> Value {
    let receiver = json!({"id": id, "username": username, "online": online});
    json!({"status": 200, "body": {"chat_id": chat, "receiver": receiver, "websocket": "/api/chat/send/"}})
}

#[tokio::test]
async fn a_chat_starts_with_a_username_or_an_id_and_is_the_same_from_both_sides() {
    let world = World::without_worker(|_| {}).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_connectin(&world, "bob").await);
    let first = whole(ann.post(PATH, json!({"receiver_id": "BOB"})).await);
    let id = &first["body"]["chat_id"];
    assert!(id.is_i64(), "{first:#}");
    assert_eq!(first, started(id, bob.id, "bob", true));
    for receiver in [json!(bob.id), json!(bob.id.to_string())] {
        assert_eq!(whole(ann.post("/api/chat/start", json!({"receiver_id": receiver})).await), first);
    }
    let fields = [("receiver_id", "ann")];
    let same = form(&bob, reqwest::Method::POST, PATH, &fields).await;
    assert_eq!(whole(same), started(id, ann.id, "ann", true));
    // After a minute without a request or a socket, he is not there.
    world.bed.clock.turn(chrono::TimeDelta::seconds(61));
    assert_eq!(whole(ann.post(PATH, json!({"receiver_id": "bob"})).await), started(id, bob.id, "bob", false));
    world.finish().await;
}

#[tokio::test]
async fn a_username_goes_before_an_id() {
    let world = World::without_worker(|_| {}).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let named = by_shared_paths(&world, &bob.id.to_string()).await;
    let chat = whole(ann.post(PATH, json!({"receiver_id": bob.id})).await);
    assert_eq!(chat["body"]["receiver"]["id"], named.id);
    // Also where its bearer is not there for the caller: somebody else is not meant.
    let also = crate::world::Person { token: None, ..named.clone() }.sign_in(&named.name).await;
    also.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    ann.post(PATH, json!({"receiver_id": bob.id})).await.expect(404);
    world.finish().await;
}

#[tokio::test]
async fn nobody_starts_a_chat_with_oneself_with_nobody_or_across_a_block() {
    let world = World::without_worker(|_| {}).await;
    let (ann, bob, cat) =
        (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await, world.person("cat").await);
    cat.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let none = json!({"status": 404, "body": {"detail": "Not found."}});
    for receiver in [json!("nobody"), json!(999), json!("a b\u{1}"), json!("cat"), json!(cat.id)] {
        assert_eq!(whole(ann.post(PATH, json!({"receiver_id": receiver})).await), none, "{receiver}");
    }
    let oneself = json!({"status": 400, "body": {"detail": "That is you."}});
    assert_eq!(whole(ann.post(PATH, json!({"receiver_id": "ann"})).await), oneself);
    for (body, reason) in [
        (json!({}), "This field is required."),
        (json!({"receiver_id": ""}), "This field may not be blank."),
        (json!({"receiver_id": ["bob"]}), "Not a valid string."),
        (json!({"receiver_id": "a\u{0}"}), "Null characters are not allowed."),
    ] {
        let refused = json!({"status": 400, "body": {"receiver_id": [reason]}});
        assert_eq!(whole(ann.post(PATH, body).await), refused);
    }
    let nobody = whole(with_token(&bob, None).post(PATH, json!({"receiver_id": "ann"})).await);
    let detail = "Authentication credentials were not provided.";
    assert_eq!(nobody, json!({"status": 401, "body": {"detail": detail}}));
    world.finish().await;
}
