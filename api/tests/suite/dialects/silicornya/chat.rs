//! Talking on the socket, signed in.

use serde_json::json;
use shared::config::RateLimits;
use tokio_tungstenite::tungstenite::Message;

use super::{CHATS, USER, chat, join, kept, later, row, say, timeless};
use crate::dialects::support::{by_shared_paths, socket};
use crate::world::World;

#[tokio::test]
async fn each_message_is_answered_with_the_row_that_is_kept() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let mut socket = chat(&ann, "1").await.expect("the socket opens");
    let mut frames = Vec::new();
    let texts = [
        ("Hello Server!", "Hello Server!"),
        (r#"{"message": "Hello Server!"}"#, "Hello Server!"),
        (r#"{"room": 7, "message": "two\nlines", "name": "bob"}"#, "two\nlines"),
        // Anything else is text, whole.
        (r#"{"message": 1}"#, r#"{"message": 1}"#),
        (r#"{"message": null, "text": "x"}"#, r#"{"message": null, "text": "x"}"#),
        (r#"{"text": "x"}"#, r#"{"text": "x"}"#),
        (r#"["Hello"]"#, r#"["Hello"]"#),
        (r#""Hello""#, r#""Hello""#),
        ("null", "null"),
        ("{", "{"),
        (r#"{"message": "\ud800"}"#, r#"{"message": "\ud800"}"#),
        ("  سلام 👋  ", "  سلام 👋  "),
    ];
    for (at, (text, message)) in texts.into_iter().enumerate() {
        let frame = say(&mut socket, text).await;
        let id = i64::try_from(at).expect("a few") + 1;
        assert_eq!(timeless(frame.clone()), row(id, "ann", "ann@example.org", message, true), "{text}");
        frames.push(frame);
    }
    // What is no text is passed over.
    socket.send_raw(Message::binary(b"Hello".to_vec())).await;
    socket.send_raw(Message::Ping(vec![1].into())).await;
    frames.push(say(&mut socket, "last").await);
    assert_eq!(ann.get(CHATS).await.expect(200), json!(frames), "the frame is the row");
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn the_fields_come_in_the_document_s_order() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let mut socket = chat(&ann, "1").await.expect("the socket opens");
    say(&mut socket, "Hello").await;
    let text = ann.request(reqwest::Method::GET, CHATS).send().await.expect("an answer").text().await.expect("text");
    let at = ["id", "name", "email", "room", "message", "serverMessage", "created_at", "verified"]
        .map(|field| text.find(&format!("\"{field}\":")).expect("the field"));
    assert!(at.is_sorted(), "{text}");
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_row_is_the_account_s_whatever_the_path_claims() {
    let world = World::start().await;
    let (ann, bob) = (join(&world, "ann").await, join(&world, "bob").await);
    let mut chat = socket(&ann, "/connection/1/bob/bob@example.org").await.expect("the socket opens");
    let frame = say(&mut chat, "Hello").await;
    assert_eq!(timeless(frame), row(1, "ann", "ann@example.org", "Hello", true));
    assert_eq!(bob.get(CHATS).await.expect(200), json!([]));
    // Under the name that the account bears now.
    ann.patch(USER, json!({"username": "anna"})).await.expect(200);
    let frame = say(&mut chat, "Hello").await;
    assert_eq!(timeless(frame), row(2, "anna", "ann@example.org", "Hello", true));
    assert_eq!(timeless(ann.get(CHATS).await.expect(200)[0].clone()), row(1, "anna", "ann@example.org", "Hello", true));
    drop(chat);
    world.finish().await;
}

#[tokio::test]
async fn an_account_without_an_email_has_null_for_one() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut chat = socket(&ann, "/connection/1/ann/null/").await.expect("the socket opens");
    let frame = say(&mut chat, "Hello").await;
    let said = "ann, you have sent this message: Hello. Thanks for contact us. We will message you soon.";
    let expected = json!({"id": 1, "name": "ann", "email": null, "room": "1", "message": "Hello",
        "serverMessage": said, "created_at": "[time]", "verified": true});
    assert_eq!(timeless(frame.clone()), expected);
    assert_eq!(ann.get(CHATS).await.expect(200), json!([frame]));
    drop(chat);
    world.finish().await;
}

#[tokio::test]
async fn what_can_t_be_kept_is_answered_with_an_error_and_the_socket_stays() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let mut socket = chat(&ann, "1").await.expect("the socket opens");
    let said = |text: &str| json!({"error": {"message": [text]}});
    let (blank, nul) = (said("This field may not be blank."), said("Null characters are not allowed."));
    let long = said("Ensure this field has no more than 4096 bytes.");
    let in_json = |text: &str| json!({"message": text}).to_string();
    for (text, expected) in [
        (String::new(), &blank),
        (" \n\t ".to_owned(), &blank),
        (in_json(""), &blank),
        (in_json("  "), &blank),
        ("a\0b".to_owned(), &nul),
        (in_json("\0"), &nul),
        ("x".repeat(4_097), &long),
        (in_json(&"x".repeat(4_097)), &long),
        ("é".repeat(2_049), &long),
        ("x".repeat(64 * 1024), &long),
    ] {
        assert_eq!(say(&mut socket, &text).await, *expected, "{} bytes", text.len());
    }
    assert_eq!(kept(&world).await, 0);
    for text in ["x".repeat(4_096), in_json(&"\n".repeat(4_000).replacen('\n', "x", 1)), "é".repeat(2_048)] {
        assert_eq!(say(&mut socket, &text).await["verified"], true, "{} bytes", text.len());
    }
    assert_eq!(kept(&world).await, 3);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn the_twenty_first_message_in_a_minute_is_not_kept() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let mut busy = chat(&ann, "1").await.expect("the socket opens");
    for number in 0..20 {
        assert_eq!(say(&mut busy, "Hello").await["verified"], true, "{number}");
        say(&mut busy, " ").await; // what is not kept does not count
    }
    for _ in 0..2 {
        let frame = say(&mut busy, "Hello").await;
        let texts = frame["error"]["non_field_errors"].as_array().expect("messages");
        assert_eq!(frame, json!({"error": {"non_field_errors": texts}}));
        assert!(texts.len() == 1 && texts[0].as_str().expect("text").starts_with("Too many; try again in "), "{frame}");
    }
    assert_eq!(kept(&world).await, 20);
    // Another socket has a minute of its own, and so has the next minute.
    let mut other = chat(&ann, "1").await.expect("the socket opens");
    assert_eq!(say(&mut other, "Hello").await["verified"], true);
    later(&world, 61);
    for number in 0..20 {
        assert_eq!(say(&mut busy, "Hello").await["verified"], true, "{number}");
    }
    assert!(say(&mut busy, "Hello").await["error"].is_object());
    drop((busy, other));
    world.finish().await;
}

#[tokio::test]
async fn each_message_of_an_account_is_one_of_its_changes() {
    let world = World::with(|config| config.limits.changes_a_minute = 0).await;
    let ann = join(&world, "ann").await;
    let mut socket = chat(&ann, "1").await.expect("the socket opens");
    assert!(say(&mut socket, "Hello").await["error"]["non_field_errors"].is_array());
    let mut nobody = super::claim(&world, "1", "x", "y").await;
    assert_eq!(say(&mut nobody, "Hello").await["verified"], false);
    assert_eq!(kept(&world).await, 1);
    drop((socket, nobody));
    world.finish().await;
}

#[tokio::test]
async fn without_rate_limits_no_message_is_one_too_many() {
    let world = World::with(|config| {
        config.limits.rate_limits = RateLimits::Off;
        config.limits.anonymous_sockets_a_minute = 0;
        config.limits.changes_a_minute = 0;
        config.gateway.frames_a_minute = 5;
    })
    .await;
    let ann = join(&world, "ann").await;
    let mut busy = chat(&ann, "1").await.expect("the socket opens");
    for _ in 0..25 {
        assert_eq!(say(&mut busy, "Hello").await["verified"], true);
    }
    let mut nobody = super::claim(&world, "1", "x", "y").await;
    assert_eq!(say(&mut nobody, "Hello").await["verified"], false);
    drop((busy, nobody));
    world.finish().await;
}
