//! Chats on v1's sockets: sent, told, read, and made good after a cut.

use serde_json::{Value, json};

use super::{kinds, no_sweep, versions};
use crate::world::{Person, Socket, World};

/// Opens the chat of two people; answers its id.
pub(super) async fn chat(one: &Person, other: &Person) -> i64 {
    let chat = one.post("/api/v1/chats", json!({"account_id": other.id})).await.expect(200);
    chat["id"].as_i64().expect("an id")
}

/// Opens somebody's socket, with everything heard that was.
async fn listening(person: &Person) -> Socket {
    let mut socket = person.socket().await;
    socket.resume(0).await;
    socket
}

/// Sends on a socket, and answers the message; whatever else comes before the answer is put aside.
async fn say(socket: &mut Socket, chat: i64, text: &str) -> (Value, Vec<Value>) {
    socket.send(json!({"type": "send", "chat_id": chat, "text": text, "ref": text})).await;
    let mut aside = Vec::new();
    loop {
        let frame = socket.next().await;
        if frame["type"] == "sent" {
            assert_eq!(frame["ref"], text);
            return (frame["message"].clone(), aside);
        }
        aside.push(frame);
    }
}

/// The next frame, or the one that was put aside.
async fn heard(socket: &mut Socket, aside: Vec<Value>) -> Value {
    match aside.into_iter().next() {
        Some(frame) => frame,
        None => socket.next().await,
    }
}

#[tokio::test]
async fn both_hear_of_a_message_on_whichever_process_they_are() {
    let mut world = World::without_worker(no_sweep).await;
    world.add_api().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let bob = bob.at(world.apis[1].address);
    let (mut hers, mut second, mut his) = (listening(&ann).await, listening(&ann).await, listening(&bob).await);
    let frame = json!({"type": "send", "chat_id": id.to_string(), "text": "Hello", "client_id": "a-1", "ref": "r"});
    hers.send(frame).await;
    let frames = [hers.next().await, hers.next().await];
    let sent = frames.iter().find(|frame| frame["type"] == "sent").expect("an answer");
    let told = frames.iter().find(|frame| frame["type"] == "message").expect("and the change");
    let message = json!({
        "id": told["message"]["id"], "chat_id": id, "sender_id": ann.id, "receiver_id": bob.id, "text": "Hello",
        "client_id": "a-1", "created_at": told["message"]["created_at"], "edited_at": null,
    });
    assert_eq!(*sent, json!({"type": "sent", "message": message, "ref": "r"}));
    let change = |unread: i64| json!({"type": "message", "version": 1, "unread": {"notifications": 0, "messages": unread}, "message": message});
    let mut received = change(1);
    received["message"]["client_id"] = Value::Null; // the sender's own
    assert_eq!((told, second.next().await, his.next().await), (&change(0), change(0), received));
    // Sent once more, it is answered as before, and nobody is told.
    hers.send(json!({"type": "send", "chat_id": id, "text": "Hello", "client_id": "a-1"})).await;
    assert_eq!(hers.next().await, json!({"type": "sent", "message": message}));
    his.expect_nothing().await;
    drop((hers, second, his));
    world.finish().await;
}

#[tokio::test]
async fn both_hear_how_far_one_has_read() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let (mut hers, mut his) = (listening(&ann).await, listening(&bob).await);
    let (message, aside) = say(&mut hers, id, "Hello").await;
    heard(&mut hers, aside).await;
    his.expect("message").await;
    his.send(json!({"type": "read", "chat_id": id, "through": message["id"], "ref": "r"})).await;
    let frames = [his.next().await, his.next().await];
    let answer = frames.iter().find(|frame| frame["type"] == "read").expect("an answer");
    let told = frames.iter().find(|frame| frame["type"] == "changed").expect("and the change");
    let unread = json!({"notifications": 0, "messages": 0});
    assert_eq!(*answer, json!({"type": "read", "count": 1, "unread": unread, "ref": "r"}));
    let mark = json!({
        "chat_id": id, "account_id": bob.id, "through": message["id"], "read_at": told["mark"]["read_at"],
    });
    let change = json!({
        "type": "changed", "version": 2, "unread": unread, "notifications": [], "read_at": null, "mark": mark,
    });
    assert_eq!(*told, change);
    assert_eq!(hers.next().await, change);
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn both_hear_of_an_edit_and_of_a_removal() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let (mut hers, mut his) = (listening(&ann).await, listening(&bob).await);
    let (message, aside) = say(&mut hers, id, "Hullo").await;
    heard(&mut hers, aside).await;
    his.expect("message").await;
    let path = format!("/api/v1/chats/{id}/messages/{}", message["id"]);
    let edited = ann.patch(&path, json!({"text": "Hello"})).await.expect(200);
    let change = |unread: i64| {
        json!({
            "type": "changed", "version": 2, "unread": {"notifications": 0, "messages": unread},
            "notifications": [], "read_at": null, "message": edited,
        })
    };
    assert_eq!((hers.next().await, his.next().await), (change(0), change(1)));
    ann.delete(&path).await.expect(204);
    let unread = json!({"notifications": 0, "messages": 0});
    let gone = json!({
        "type": "removed", "version": 3, "unread": unread, "notifications": [], "messages": [message["id"]],
        "chat_id": id,
    });
    assert_eq!((hers.next().await, his.next().await), (gone.clone(), gone));
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn the_other_one_alone_sees_that_one_writes() {
    let mut world = World::without_worker(no_sweep).await;
    world.add_api().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let id = chat(&ann, &bob).await;
    let bob = bob.at(world.apis[1].address);
    let (mut hers, mut his, mut others) = (listening(&ann).await, listening(&bob).await, listening(&cat).await);
    for _ in 0..5 {
        hers.send(json!({"type": "typing", "chat_id": id})).await;
    }
    assert_eq!(his.next().await, json!({"type": "typing", "chat_id": id, "account_id": ann.id}));
    hers.expect_nothing().await;
    // So often it is not passed on.
    his.expect_nothing().await;
    for frame in [
        json!({"type": "typing", "chat_id": id, "ref": "r"}),
        json!({"type": "send", "chat_id": id, "text": "Hello", "ref": "r"}),
        json!({"type": "read", "chat_id": id, "through": 1, "ref": "r"}),
    ] {
        others.send(frame).await;
        assert_eq!(others.next().await, json!({"type": "error", "code": "not_found", "ref": "r"}));
    }
    his.expect_nothing().await;
    drop((hers, his, others));
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_the_socket_stays() {
    let world = World::without_worker(|config| config.limits.messages_a_minute = 1).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let mut hers = listening(&ann).await;
    for (field, frame) in [
        ("text", json!({"type": "send", "chat_id": id, "text": " "})),
        ("text", json!({"type": "send", "chat_id": id, "text": "a\u{0}b"})),
        ("text", json!({"type": "send", "chat_id": id, "text": "x".repeat(4_001)})),
        ("client_id", json!({"type": "send", "chat_id": id, "text": "Hello", "client_id": "a b"})),
    ] {
        hers.send(frame).await;
        let answer = hers.expect("error").await;
        assert_eq!(answer["code"], "invalid");
        assert!(answer["errors"][field][0].is_string(), "{answer:#}");
    }
    let (_, aside) = say(&mut hers, id, "Hello").await;
    heard(&mut hers, aside).await;
    hers.send(json!({"type": "send", "chat_id": id, "text": "And more"})).await;
    let answer = hers.expect("error").await;
    assert_eq!(answer["code"], "too_many");
    assert!(answer["retry_after"].as_u64().is_some_and(|seconds| seconds <= 60), "{answer:#}");
    // A frame that is none ends it, as any other does.
    hers.send(json!({"type": "send", "chat_id": "x", "text": "Hello"})).await;
    assert_eq!(hers.close_code().await, Some(4400));
    world.finish().await;
}

#[tokio::test]
async fn whoever_was_away_is_told_of_messages_edits_marks_and_removals_among_the_rest() {
    let world = World::with(no_sweep).await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let id = chat(&ann, &bob).await;
    let path = format!("/api/v1/chats/{id}/messages");
    let say = async |person: &Person, text: &str| {
        person.post(&path, json!({"text": text})).await.expect(201)["id"].as_i64().expect("an id")
    };
    let one = say(&ann, "One").await; // 1 in both inboxes
    let two = say(&ann, "Two").await; // 2
    let mut his = listening(&bob).await;
    his.expect_nothing().await;
    drop(his);
    cat.ask(&bob).await;
    world.settle().await; // 3 in his
    let three = say(&ann, "Three").await; // 4 in his, 3 in hers
    let four = say(&bob, "Four").await; // 5, 4
    ann.patch(&format!("{path}/{one}"), json!({"text": "One, edited"})).await.expect(200); // 6, 5
    ann.delete(&format!("{path}/{two}")).await.expect(204); // 7, 6
    ann.delete(&format!("{path}/{three}")).await.expect(204); // 8, 7: came and went
    ann.post(&format!("/api/v1/chats/{id}/read"), json!({"through": four})).await.expect(200); // 9, 8
    let mut his = bob.socket().await;
    his.expect("hello").await;
    let (frames, resumed) = his.resume_part(2).await;
    assert_eq!(kinds(&frames), ["notification", "message", "changed", "removed", "changed"]);
    assert_eq!(versions(&frames), [3, 5, 6, 7, 9]);
    assert_eq!((&frames[1]["message"]["text"], &frames[2]["message"]["text"]), (&json!("Four"), &json!("One, edited")));
    assert_eq!((&frames[3]["messages"], &frames[4]["mark"]["through"]), (&json!([two]), &json!(four)));
    assert_eq!(frames[4]["mark"]["account_id"], ann.id);
    assert_eq!(resumed["version"], 9);
    assert!(frames.iter().all(|frame| frame["unread"] == json!({"notifications": 1, "messages": 1})), "{frames:#?}");
    // She hears the same of it, in her own versions.
    let mut hers = ann.socket().await;
    hers.expect("hello").await;
    let (frames, _) = hers.resume_part(0).await;
    assert_eq!((kinds(&frames), versions(&frames)), (vec!["message", "message", "changed"], vec![4, 5, 8]));
    // Whoever begins at the beginning is told of what there is alone, each once.
    let (frames, _) = his.resume_part(0).await;
    assert_eq!(versions(&frames), [3, 5, 6, 9]);
    assert_eq!((&frames[2]["type"], &frames[2]["message"]["id"]), (&json!("message"), &json!(one)));
    drop((his, hers));
    world.finish().await;
}

#[tokio::test]
async fn a_block_takes_the_chat_away_live_and_for_whoever_was_away() {
    let world = World::with(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let path = format!("/api/v1/chats/{id}/messages");
    bob.post(&path, json!({"text": "Hello"})).await.expect(201);
    let mut hers = listening(&ann).await;
    let said = bob.post(&path, json!({"text": "Are you there?"})).await.expect(201);
    hers.expect("message").await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    let unread = json!({"notifications": 0, "messages": 0});
    let gone = json!({"type": "removed", "version": 3, "unread": unread, "notifications": [], "chats": [id]});
    assert_eq!(hers.next().await, gone);
    hers.send(json!({"type": "read", "chat_id": id, "through": said["id"], "ref": "r"})).await;
    assert_eq!(hers.next().await, json!({"type": "error", "code": "not_found", "ref": "r"}));
    world.settle().await;
    // Nothing that was said is told any more.
    let mut his = bob.socket().await;
    let frames = his.resume(1).await;
    assert_eq!(frames, [gone]);
    drop((hers, his));
    world.finish().await;
}

#[tokio::test]
async fn a_message_whose_event_was_lost_is_made_good_in_order() {
    let world = World::without_worker(no_sweep).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let mut his = listening(&bob).await;
    let path = format!("/api/v1/chats/{id}/messages");
    ann.post(&path, json!({"text": "One"})).await.expect(201);
    his.expect("message").await;
    // A process that commits and dies before it publishes.
    let dying = world.bed.core().await;
    let message = shared::chats::NewMessage { text: "Two".to_owned(), ..Default::default() };
    dying.chats.send(ann.id, shared::chats::Recipient::Chat(id), message).await.expect("sent");
    his.expect_nothing().await;
    ann.post(&path, json!({"text": "Three"})).await.expect(201);
    let frames = his.frames_through(3).await;
    assert_eq!(versions(&frames), [2, 3]);
    assert_eq!((&frames[0]["message"]["text"], &frames[1]["message"]["text"]), (&json!("Two"), &json!("Three")));
    drop(his);
    world.finish().await;
}
