//! The socket for messages.

use serde_json::{Value, json};
use shared::config::Config;
use tokio_tungstenite::tungstenite::Message;

use super::super::support::{by_shared_paths, socket};
use crate::world::{Person, Socket, World, eventually};

const PATH: &str = "/api/chat/send/";

async fn open(person: &Person) -> Socket {
    socket(person, PATH).await.expect("the socket opens")
}

async fn say(socket: &mut Socket, receiver: &str, message: &str) {
    socket.send(json!({"message": message, "receiver": receiver})).await;
}

/// The next row, whose id, chat and time are checked, as what it says.
async fn row(socket: &mut Socket) -> Value {
    let mut row = socket.next().await;
    let time = row["timestamp"].take();
    let time = time.as_str().unwrap_or_else(|| panic!("no time: {row:#}"));
    assert!(time.ends_with('Z') && time.rsplit_once('.').expect("a fraction").1.len() == 7, "{time}");
    assert!(row["id"].take().is_i64() && row["chat_id"].take().is_i64());
    row
}

fn says(sender: &str, receiver: &str, message: &str) -> Value {
    json!({
        "id": null, "chat_id": null, "sender": sender, "receiver": receiver, "message": message, "timestamp": null,
    })
}

/// That nothing else was sent: what answers nonsense comes next.
async fn expect_nothing(socket: &mut Socket) {
    socket.send_raw(Message::text("nonsense")).await;
    let error = json!({"error": {"non_field_errors": ["Invalid data. Expected a JSON object."]}});
    assert_eq!(socket.next().await, error);
}

/// How far this surface has delivered to somebody.
async fn mark(world: &World, person: &Person) -> i64 {
    world.core().chats.delivered(person.id, "chat_app").await.expect("a mark")
}

fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

#[tokio::test]
async fn both_get_the_row_on_whichever_process_they_are() {
    let mut world = World::without_worker(no_sweep).await;
    world.add_api().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let (mut hers, mut second) = (open(&ann).await, open(&ann).await);
    let mut his = open(&bob.at(world.apis[1].address)).await;
    let mut v1 = world_socket(&bob).await;
    say(&mut hers, "Bob", " Hello ").await;
    let told = row(&mut hers).await;
    assert_eq!(told, says("ann", "bob", "Hello"));
    assert_eq!((&row(&mut second).await, &row(&mut his).await), (&told, &told));
    let message = v1.expect("message").await;
    assert_eq!(message["message"]["text"], "Hello");
    say(&mut his, "ann", "Good morning").await;
    assert_eq!(row(&mut his).await, says("bob", "ann", "Good morning"));
    assert_eq!(row(&mut hers).await, says("bob", "ann", "Good morning"));
    // Notifications, edits and removals are not told here.
    let path = format!("/api/v1/chats/{}/messages/{}", message["message"]["chat_id"], message["message"]["id"]);
    let also = also_by_v1(&ann).await;
    also.patch(&path, json!({"text": "Hullo"})).await.expect(200);
    also.delete(&path).await.expect(204);
    for socket in [&mut hers, &mut his] {
        expect_nothing(socket).await;
    }
    drop((hers, second, his, v1));
    world.finish().await;
}

/// A v1 socket of somebody, with everything heard that was.
async fn world_socket(person: &Person) -> Socket {
    let mut socket = also_by_v1(person).await.socket().await;
    socket.resume(0).await;
    socket
}

async fn also_by_v1(person: &Person) -> Person {
    Person { token: None, ..person.clone() }.sign_in(&person.name).await
}

#[tokio::test]
async fn what_came_while_no_socket_was_open_here_is_delivered_in_order_when_one_opens() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let cat = also_by_v1(&by_shared_paths(&world, "cat").await).await;
    let mut hers = open(&ann).await;
    for message in ["One", "Two"] {
        say(&mut hers, "bob", message).await;
        row(&mut hers).await;
    }
    // What came through another surface, and was read there, is delivered here all the same.
    let chat = cat.post("/api/v1/chats", json!({"account_id": bob.id})).await.expect(200);
    let path = format!("/api/v1/chats/{}/messages", chat["id"]);
    let three = cat.post(&path, json!({"text": "Three"})).await.expect(201);
    let gone = cat.post(&path, json!({"text": "Gone"})).await.expect(201);
    cat.delete(&format!("{path}/{}", gone["id"])).await.expect(204);
    let also = also_by_v1(&bob).await;
    also.post(&format!("/api/v1/chats/{}/read", chat["id"]), json!({"through": three["id"]})).await.expect(200);
    let mut his = open(&bob).await;
    for (sender, message) in [("ann", "One"), ("ann", "Two"), ("cat", "Three")] {
        assert_eq!(row(&mut his).await, says(sender, "bob", message));
    }
    expect_nothing(&mut his).await;
    say(&mut hers, "bob", "Four").await;
    assert_eq!(row(&mut his).await, says("ann", "bob", "Four"));
    expect_nothing(&mut his).await; // reads the ping behind it, too
    eventually("the mark is written", async || mark(&world, &bob).await >= 7).await;
    drop(his);
    // Another one gets what came since, once.
    say(&mut hers, "bob", "Five").await;
    assert_eq!([row(&mut hers).await, row(&mut hers).await][1], says("ann", "bob", "Five"));
    let mut his = open(&bob).await;
    assert_eq!(row(&mut his).await, says("ann", "bob", "Five"));
    expect_nothing(&mut his).await;
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn many_are_delivered_once_and_in_order_by_one_process_and_the_next() {
    let mut world = World::without_worker(|config| config.limits.rate_limits = shared::config::RateLimits::Off).await;
    world.add_api().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let all: Vec<String> = (0..1_100).map(|n| n.to_string()).collect();
    for text in &all[..1_050] {
        let message = shared::chats::NewMessage { text: text.clone(), ..Default::default() };
        let to = shared::chats::Recipient::Account(bob.id);
        world.core().chats.send(ann.id, to, message).await.expect("sent");
    }
    let mut his = open(&bob.at(world.apis[1].address)).await;
    let mut told = Vec::new();
    for _ in 0..1_050 {
        told.push(his.next().await["message"].as_str().expect("a text").to_owned());
    }
    // It is stopped after some came live: what was delivered is written down.
    let mut hers = open(&ann).await;
    for text in &all[1_050..1_075] {
        say(&mut hers, "bob", text).await;
        told.push(his.next().await["message"].as_str().expect("a text").to_owned());
    }
    expect_nothing(&mut his).await;
    eventually("the mark is written", async || mark(&world, &bob).await == 1_075).await;
    world.apis.pop().expect("a second process").stop().await;
    for text in &all[1_075..] {
        say(&mut hers, "bob", text).await;
    }
    while row(&mut hers).await["message"] != "1099" {}
    let mut his = open(&bob).await;
    for _ in 1_075..1_100 {
        told.push(his.next().await["message"].as_str().expect("a text").to_owned());
    }
    expect_nothing(&mut his).await;
    assert_eq!(told, all);
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn a_bad_frame_is_answered_and_the_socket_stays() {
    let world = World::without_worker(|config| config.limits.messages_a_minute = 4).await;
    let (ann, bob, cat) =
        (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await, world.person("cat").await);
    cat.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let mut hers = open(&ann).await;
    for frame in ["nonsense", "[]", "5", "null", "\"text\"", "{", "[{}]"] {
        hers.send_raw(Message::text(frame)).await;
        let error = json!({"error": {"non_field_errors": ["Invalid data. Expected a JSON object."]}});
        assert_eq!(hers.next().await, error, "{frame}");
    }
    hers.send_raw(Message::binary(r#"{"message": "Hello", "receiver": "bob"}"#)).await;
    let error = json!({"error": {"non_field_errors": ["Invalid data. Expected a JSON object."]}});
    assert_eq!(hers.next().await, error);
    let (missing, blank) = ("This field is required.", "This field may not be blank.");
    let nobody = "No user with this username.";
    for (frame, error) in [
        (json!({}), json!({"message": [missing], "receiver": [missing]})),
        (json!({"message": " ", "receiver": ""}), json!({"message": [blank], "receiver": [blank]})),
        (json!({"message": {}, "receiver": "bob"}), json!({"message": ["Not a valid string."]})),
        (json!({"message": null, "receiver": "bob"}), json!({"message": ["This field may not be null."]})),
        (json!({"message": "a\u{0}", "receiver": "bob"}), json!({"message": ["Null characters are not allowed."]})),
        (
            json!({"message": "x".repeat(4_001), "receiver": "bob"}),
            json!({"message": ["Ensure this field has no more than 4000 characters."]}),
        ),
        (json!({"message": "Hello", "receiver": "nobody"}), json!({"receiver": [nobody]})),
        (json!({"message": "Hello", "receiver": "cat"}), json!({"receiver": [nobody]})),
        (json!({"message": "Hello", "receiver": "ann"}), json!({"receiver": ["You can't write to yourself."]})),
    ] {
        hers.send(frame.clone()).await;
        assert_eq!(hers.next().await, json!({"error": error}), "{frame}");
    }
    say(&mut hers, "bob", "Hello").await;
    row(&mut hers).await;
    say(&mut hers, "bob", "Hello again").await;
    let refused = hers.next().await;
    let text = refused["error"]["non_field_errors"][0].as_str().expect("a reason");
    assert!(text.starts_with("Request was throttled."), "{text}");
    let mut his = open(&bob).await;
    assert_eq!(row(&mut his).await, says("ann", "bob", "Hello"));
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn without_a_valid_token_it_is_refused_before_the_upgrade() {
    let world = World::without_worker(|_| {}).await;
    let ann = by_shared_paths(&world, "ann").await;
    for token in ["", "?token=", "?token=nonsense"] {
        let request = Socket::handshake(ann.address, &format!("{PATH}{token}"));
        assert_eq!(Socket::connect(request).await.err(), Some(401), "{token}");
    }
    ann.get(PATH).await.expect(400);
    world.finish().await;
}

/// A client that is cut off without a word has nothing of what was sent into the dead connection.
#[tokio::test]
async fn what_a_client_never_answered_for_is_delivered_again() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let his = open(&bob).await; // never read
    let mut hers = open(&ann).await;
    for message in ["One", "Two"] {
        say(&mut hers, "bob", message).await;
        row(&mut hers).await;
    }
    let mut second = open(&bob).await;
    for message in ["One", "Two"] {
        assert_eq!(row(&mut second).await, says("ann", "bob", message));
    }
    expect_nothing(&mut second).await;
    drop((his, hers, second));
    world.finish().await;
}

/// An account that goes leaves no trace to resume by; what came before is told all the same.
#[tokio::test]
async fn what_was_missed_is_told_although_the_inbox_can_not_be_resumed() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let cat = world.person("cat").await;
    let mut his = open(&bob).await;
    let text = |text: &str| shared::chats::NewMessage { text: text.to_owned(), ..Default::default() };
    // Two processes that commit and die before they publish.
    for (from, words) in [(cat.id, "Farewell"), (ann.id, "Hello")] {
        let dying = world.bed.core().await;
        dying.chats.send(from, shared::chats::Recipient::Account(bob.id), text(words)).await.expect("sent");
    }
    let password = json!({"password": crate::world::PASSWORD});
    cat.call(reqwest::Method::DELETE, "/api/v1/me", password).await.expect(204);
    world.settle().await;
    assert_eq!(row(&mut his).await, says("ann", "bob", "Hello"));
    expect_nothing(&mut his).await;
    drop(his);
    world.finish().await;
}
