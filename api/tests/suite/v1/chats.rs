//! Chats: opened, written in, read and edited.

use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::support::{execute, ids, number};
use crate::world::{Answer, Person, World};

/// Opens the chat with somebody; answers its id.
pub(super) async fn chat(one: &Person, other: &Person) -> i64 {
    let chat = one.post("/api/v1/chats", json!({"account_id": other.id})).await.expect(200);
    chat["id"].as_i64().expect("an id")
}

pub(super) async fn say(person: &Person, chat: i64, text: &str) -> Value {
    person.post(&format!("/api/v1/chats/{chat}/messages"), json!({"text": text})).await.expect(201)
}

pub(super) async fn read(person: &Person, chat: i64, through: &Value) -> Value {
    person.post(&format!("/api/v1/chats/{chat}/read"), json!({"through": through})).await.expect(200)
}

/// The unread messages as everything tells them: the badge, each chat in the list, and a recount.
pub(super) async fn unread(world: &World, person: &Person) -> i64 {
    let badge = person.get("/api/v1/notifications/unread-count").await.expect(200)["messages"].as_i64();
    let list = person.get("/api/v1/chats").await.expect(200);
    let listed = list["items"].as_array().expect("items").iter().map(|chat| chat["unread"].as_i64().expect("a count"));
    let recount = format!(
        "SELECT count(*) FROM messages m JOIN chat_members k ON k.chat_id = m.chat_id AND k.account_id = m.receiver_id
         WHERE m.receiver_id = {} AND m.removed_at IS NULL AND m.id > k.read_through AND m.id > k.hidden_through",
        person.id
    );
    let recounted = number(world, &recount).await;
    assert_eq!((badge, listed.sum::<i64>()), (Some(recounted), recounted), "the badge, and the list");
    recounted
}

#[tokio::test]
async fn a_chat_is_the_same_from_both_sides_and_each_time() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let opened = ann.post("/api/v1/chats", json!({"account_id": bob.id})).await.expect(200);
    assert_shape!("chat_opened", &opened);
    let again = bob.post("/api/v1/chats", json!({"account_id": ann.id.to_string()})).await.expect(200);
    assert_eq!((&again["id"], &again["user"]["username"]), (&opened["id"], &json!("ann")));
    // Nothing was said: nobody's list has it.
    assert_eq!(ids(&bob.get("/api/v1/chats").await.expect(200)), [0; 0]);
    say(&ann, opened["id"].as_i64().expect("an id"), "Good morning").await;
    let list = bob.get("/api/v1/chats").await.expect(200);
    assert_shape!("chats_listed", &list);
    assert_eq!(bob.get(&format!("/api/v1/chats/{}", opened["id"])).await.expect(200), list["items"][0]);
    world.finish().await;
}

#[tokio::test]
async fn there_is_no_chat_with_oneself_and_none_with_nobody() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.post("/api/v1/chats", json!({"account_id": ann.id})).await.expect_problem(422, "oneself");
    ann.post("/api/v1/chats", json!({"account_id": 999})).await.expect_problem(404, "not_found");
    let bob = world.person("bob").await;
    let id = chat(&ann, &bob).await;
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'bob'").await;
    ann.post("/api/v1/chats", json!({"account_id": bob.id})).await.expect_problem(404, "not_found");
    let answer = ann.post(&format!("/api/v1/chats/{id}/messages"), json!({"text": "Still there?"})).await;
    answer.expect_problem(404, "not_found");
    world.finish().await;
}

#[tokio::test]
async fn what_is_said_is_listed_counted_and_read() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let first = say(&ann, id, " One ").await;
    assert_shape!("message_sent", &first);
    let second = say(&ann, id, "Two").await;
    let answer = say(&bob, id, "Three").await;
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (1, 2));
    let messages = bob.get(&format!("/api/v1/chats/{id}/messages")).await.expect(200);
    assert_eq!(messages, json!({"items": [answer, second, first], "next": null}));

    let outcome = read(&bob, id, &first["id"]).await;
    assert_shape!("chat_read", &outcome);
    assert_eq!(unread(&world, &bob).await, 1);
    // Her list shows how far he is.
    let theirs = &ann.get(&format!("/api/v1/chats/{id}")).await.expect(200)["their_mark"];
    assert_eq!(*theirs, outcome["mark"]);
    // Back, or to the same, changes nothing; nor do one's own messages count.
    for through in [json!(0), first["id"].clone(), json!(-5)] {
        let same = read(&bob, id, &through).await;
        assert_eq!(
            (&same["read"], &same["mark"], &same["version"]),
            (&json!(0), &outcome["mark"], &outcome["version"])
        );
    }
    let last = read(&bob, id, &json!(i64::MAX)).await;
    assert_eq!((&last["read"], &last["mark"]["through"]), (&json!(1), &second["id"]));
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (1, 0));
    world.finish().await;
}

#[tokio::test]
async fn lists_go_on_where_they_ended() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let ann = world.person("ann").await;
    let mut chats = Vec::new();
    for name in ["bob", "cat", "dan"] {
        chats.push(chat(&ann, &world.person(name).await).await);
    }
    for id in [chats[0], chats[1], chats[2], chats[0]] {
        say(&ann, id, "Hello").await;
    }
    // The newest message first.
    let page = ann.get("/api/v1/chats?limit=2").await.expect(200);
    assert_eq!(ids(&page), [chats[0], chats[2]]);
    let next = page["next"].as_str().expect("more");
    let rest = ann.get(&format!("/api/v1/chats?limit=2&cursor={next}")).await.expect(200);
    assert_eq!((ids(&rest), &rest["next"]), (vec![chats[1]], &Value::Null));
    let path = format!("/api/v1/chats/{}/messages?limit=1", chats[0]);
    let page = ann.get(&path).await.expect(200);
    let next = page["next"].as_str().expect("more");
    let rest = ann.get(&format!("{path}&cursor={next}")).await.expect(200);
    assert!(ids(&page)[0] > ids(&rest)[0], "{page:#} {rest:#}");
    assert_eq!(rest["next"], Value::Null);
    world.finish().await;
}

#[tokio::test]
async fn a_repeat_under_the_same_client_id_is_one_message() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let (id, other) = (chat(&ann, &bob).await, chat(&ann, &cat).await);
    let path = format!("/api/v1/chats/{id}/messages");
    let body = |text: &str| json!({"text": text, "client_id": "a-1"});
    let first = ann.post(&path, body("Hello")).await.expect(201);
    assert_eq!(ann.post(&path, body("Hello")).await.expect(200), first);
    assert_eq!(unread(&world, &bob).await, 1);
    // It is not another message, nor one to somebody else.
    let mismatch = ann.post(&path, body("Goodbye")).await.expect_problem(422, "key_mismatch");
    assert!(mismatch["errors"]["client_id"].is_array(), "{mismatch:#}");
    let elsewhere = ann.post(&format!("/api/v1/chats/{other}/messages"), body("Hello")).await;
    elsewhere.expect_problem(422, "key_mismatch");
    // The name is the sender's: another's is another message.
    bob.post(&path, body("Hello")).await.expect(201);
    // Edited since, it is still the one.
    ann.patch(&format!("{path}/{}", first["id"]), json!({"text": "Hello, Bob"})).await.expect(200);
    assert_eq!(ann.post(&path, body("Hello")).await.expect(200)["text"], "Hello, Bob");
    // Removed since, it does not come back.
    ann.delete(&format!("{path}/{}", first["id"])).await.expect(204);
    ann.post(&path, body("Hello")).await.expect_problem(404, "not_found");
    for client_id in ["", "a b", "é", &"x".repeat(65)] {
        let refused = ann.post(&path, json!({"text": "Hello", "client_id": client_id})).await;
        assert!(refused.expect_problem(422, "invalid")["errors"]["client_id"].is_array());
    }
    world.finish().await;
}

#[tokio::test]
async fn a_repeat_under_the_same_idempotency_key_is_one_message() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let send = async |text: &str| -> Answer {
        let request = ann.request(Method::POST, &format!("/api/v1/chats/{id}/messages"));
        ann.send(request.header("idempotency-key", "k-1").json(&json!({"text": text}))).await
    };
    let first = send("Hello").await.expect(201);
    assert_eq!(send("Hello").await.expect(200), first);
    send("Goodbye").await.expect_problem(422, "key_mismatch");
    assert_eq!(unread(&world, &bob).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn one_edits_and_removes_what_one_said_oneself() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (id, other) = (chat(&ann, &bob).await, chat(&ann, &world.person("cat").await).await);
    let (first, second) = (say(&ann, id, "One").await, say(&ann, id, "Tow").await);
    let path = format!("/api/v1/chats/{id}/messages/{}", second["id"]);
    let edited = ann.patch(&path, json!({"text": "Two"})).await.expect(200);
    assert_eq!((&edited["text"], &edited["id"]), (&json!("Two"), &second["id"]));
    assert!(edited["edited_at"].is_string(), "{edited:#}");
    assert_eq!(ann.patch(&path, json!({"text": "Two"})).await.expect(200), edited);
    ann.patch(&path, json!({"text": "  "})).await.expect_problem(422, "invalid");
    for refused in [bob.patch(&path, json!({"text": "Mine"})).await, bob.delete(&path).await] {
        refused.expect_problem(403, "not_yours");
    }
    // In another chat it is not there.
    let elsewhere = format!("/api/v1/chats/{other}/messages/{}", second["id"]);
    ann.patch(&elsewhere, json!({"text": "Two"})).await.expect_problem(404, "not_found");

    assert_eq!(unread(&world, &bob).await, 2);
    ann.delete(&path).await.expect(204);
    assert_eq!(unread(&world, &bob).await, 1);
    ann.delete(&path).await.expect_problem(404, "not_found");
    ann.patch(&path, json!({"text": "Two"})).await.expect_problem(404, "not_found");
    let list = bob.get("/api/v1/chats").await.expect(200);
    assert_eq!(list["items"][0]["last_message"], first);
    assert_eq!(number(&world, "SELECT count(*) FROM messages WHERE body LIKE 'T%'").await, 0);
    // One that was read counts for nothing when it goes.
    read(&bob, id, &first["id"]).await;
    ann.delete(&format!("/api/v1/chats/{id}/messages/{}", first["id"])).await.expect(204);
    assert_eq!(unread(&world, &bob).await, 0);
    assert_eq!(bob.get(&format!("/api/v1/chats/{id}")).await.expect(200)["last_message"], Value::Null);
    world.finish().await;
}

#[tokio::test]
async fn an_account_says_so_much_in_a_minute() {
    let world = World::with(|config| config.limits.messages_a_minute = 2).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    say(&ann, id, "One").await;
    say(&ann, id, "Two").await;
    let refused = ann.post(&format!("/api/v1/chats/{id}/messages"), json!({"text": "Three"})).await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.expect_problem(429, "too_many");
    say(&bob, id, "Take your time").await;
    world.finish().await;
}

#[tokio::test]
async fn whatever_is_done_at_once_counts_right() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let opened = futures::future::join_all((0..8).map(|n| {
        let (one, other) = if n % 2 == 0 { (&ann, &bob) } else { (&bob, &ann) };
        chat(one, other)
    }));
    let opened = opened.await;
    let id = opened[0];
    assert!(opened.iter().all(|one| *one == id), "{opened:?}");
    let path = format!("/api/v1/chats/{id}/messages");
    let said = futures::future::join_all((0..60).map(|n| {
        let (person, path) = (if n % 2 == 0 { &ann } else { &bob }, &path);
        async move {
            // Each of the ten is sent three times.
            let body = json!({"text": format!("{}", n % 20), "client_id": format!("{}", n % 20)});
            person.post(path, body).await.status.as_u16()
        }
    }));
    let said = said.await;
    assert_eq!(said.iter().filter(|status| **status == 201).count(), 20, "{said:?}");
    assert_eq!(said.iter().filter(|status| **status == 200).count(), 40, "{said:?}");
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (10, 10));
    let messages = ids(&ann.get(&format!("{path}?limit=100")).await.expect(200));
    let mixed = futures::future::join_all(messages.iter().map(async |message| {
        read(&ann, id, &json!(message)).await;
        ann.delete(&format!("{path}/{message}")).await;
        read(&bob, id, &json!(message - 3)).await;
        bob.patch(&format!("{path}/{message}"), json!({"text": "Edited"})).await;
    }));
    mixed.await;
    // What is left unread is told alike everywhere.
    unread(&world, &ann).await;
    unread(&world, &bob).await;
    // Versions of an inbox are each given once.
    for column in ["sender", "receiver"] {
        let twice = format!(
            "SELECT count(*) FROM (SELECT {column}_id, {column}_version FROM messages
             GROUP BY {column}_id, {column}_version HAVING count(*) > 1) AS twice"
        );
        assert_eq!(number(&world, &twice).await, 0);
    }
    world.finish().await;
}

#[tokio::test]
async fn one_client_id_for_two_at_once_is_one_message_and_no_failure() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let ann = world.person("ann").await;
    let (bob, cat) = (world.person("bob").await, world.person("cat").await);
    let (one, other) = (chat(&ann, &bob).await, chat(&ann, &cat).await);
    for n in 0..20 {
        let send = |id: i64| {
            let path = format!("/api/v1/chats/{id}/messages");
            let ann = &ann;
            async move { ann.post(&path, json!({"text": "Hello", "client_id": format!("c-{n}")})).await.status }
        };
        let (first, second) = tokio::join!(send(one), send(other));
        let mut statuses = [first.as_u16(), second.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422]);
    }
    world.finish().await;
}

#[tokio::test]
async fn the_other_one_does_not_see_what_the_sender_calls_a_message() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let path = format!("/api/v1/chats/{id}/messages");
    ann.post(&path, json!({"text": "Hello", "client_id": "a-1"})).await.expect(201);
    for (person, name) in [(&ann, json!("a-1")), (&bob, Value::Null)] {
        assert_eq!(person.get(&path).await.expect(200)["items"][0]["client_id"], name);
        assert_eq!(person.get("/api/v1/chats").await.expect(200)["items"][0]["last_message"]["client_id"], name);
        let mut socket = person.socket().await;
        assert_eq!(socket.resume(0).await[0]["message"]["client_id"], name);
    }
    world.finish().await;
}
