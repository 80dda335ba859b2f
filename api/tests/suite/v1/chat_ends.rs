//! Chats that are there no more: for the two of a block, and when an account goes.

use reqwest::Method;
use serde_json::{Value, json};

use super::chats::{chat, read, say, unread};
use super::support::{ids, number};
use crate::world::World;

#[tokio::test]
async fn a_block_hides_the_chat_from_both_and_what_was_unread_with_it() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let (id, other) = (chat(&ann, &bob).await, chat(&cat, &ann).await);
    let said = say(&ann, id, "Hello").await;
    say(&bob, id, "Hello").await;
    say(&cat, other, "Hello").await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    world.settle().await;
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (1, 0));
    assert_eq!(ids(&ann.get("/api/v1/chats").await.expect(200)), [other]);
    let path = format!("/api/v1/chats/{id}");
    for (person, them) in [(&ann, &bob), (&bob, &ann)] {
        let message = format!("{path}/messages/{}", said["id"]);
        let tried = [
            person.get(&path).await,
            person.get(&format!("{path}/messages")).await,
            person.post(&format!("{path}/messages"), json!({"text": "Hello"})).await,
            person.post(&format!("{path}/read"), json!({"through": said["id"]})).await,
            person.patch(&message, json!({"text": "Hello"})).await,
            person.delete(&message).await,
            person.post("/api/v1/chats", json!({"account_id": them.id})).await,
        ];
        for answer in tried {
            answer.expect_problem(404, "not_found");
        }
    }
    // Lifted, it is there again, and nothing of it is new.
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(ids(&bob.get("/api/v1/chats").await.expect(200)), [id]);
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (1, 0));
    say(&bob, id, "Hello again").await;
    assert_eq!(unread(&world, &ann).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn an_account_that_goes_takes_its_chats_with_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    for text in ["One", "Two"] {
        say(&bob, id, text).await;
    }
    say(&ann, id, "Three").await;
    let mut socket = ann.socket().await;
    assert_eq!(socket.resume(0).await.len(), 3);
    bob.call(Method::DELETE, "/api/v1/me", json!({"password": crate::world::PASSWORD})).await.expect(204);
    world.settle().await;
    let gone = socket.expect("removed").await;
    assert_eq!((&gone["chats"], &gone["unread"]["messages"]), (&json!([id]), &json!(0)));
    assert_eq!(unread(&world, &ann).await, 0);
    for table in ["chats", "chat_members", "messages"] {
        assert_eq!(number(&world, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    // Whoever was away reads anew.
    let mut late = ann.socket().await;
    late.expect("hello").await;
    late.send(json!({"type": "resume", "after": 3})).await;
    assert_eq!(late.expect("reset").await["version"], gone["version"]);
    drop((socket, late));
    world.finish().await;
}

#[tokio::test]
async fn a_block_that_is_lifted_before_a_worker_came_hides_nothing() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let first = say(&bob, id, "Hello").await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    say(&bob, id, "Hello again").await;
    world.add_worker().await;
    world.settle().await;
    assert_eq!(unread(&world, &ann).await, 2);
    // And a block that a worker came for shows nobody as having read what they never read.
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    world.settle().await;
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(unread(&world, &ann).await, 0);
    let theirs = &bob.get(&format!("/api/v1/chats/{id}")).await.expect(200)["their_mark"];
    assert_eq!((&theirs["through"], &theirs["read_at"]), (&json!(0), &Value::Null));
    // Read, or removed, it is not counted off once more.
    read(&ann, id, &first["id"]).await;
    bob.delete(&format!("/api/v1/chats/{id}/messages/{}", first["id"])).await.expect(204);
    say(&bob, id, "A new one").await;
    assert_eq!(unread(&world, &ann).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn a_block_of_whom_one_never_wrote_with_tells_nothing() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    chat(&bob, &ann).await;
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    world.settle().await;
    let counts = ann.get("/api/v1/notifications/unread-count").await.expect(200);
    assert_eq!(counts["version"], 0);
    world.finish().await;
}
