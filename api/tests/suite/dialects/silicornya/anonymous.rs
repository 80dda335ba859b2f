//! Talking on the socket without being signed in.

use serde_json::json;

use super::{claim, kept, row, say, timeless};
use crate::world::{Socket, World};

#[tokio::test]
async fn what_nobody_s_token_backs_is_kept_as_claimed_and_not_verified() {
    let world = World::start().await;
    let mut socket = claim(&world, "1", "sasaj5", "sasaj5@gmail.com").await;
    let frame = say(&mut socket, "Hello Server!").await;
    assert_eq!(timeless(frame), row(1, "sasaj5", "sasaj5@gmail.com", "Hello Server!", false));
    let said = |text: &str| json!({"error": {"message": [text]}});
    assert_eq!(say(&mut socket, "\0").await, said("Null characters are not allowed."));
    assert_eq!(say(&mut socket, "").await, said("This field may not be blank."));
    let long = "x".repeat(4_097);
    assert_eq!(say(&mut socket, &long).await, said("Ensure this field has no more than 4096 bytes."));
    assert_eq!(kept(&world).await, 1);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn the_words_of_the_path_are_decoded() {
    let world = World::start().await;
    for (path, room, name, email) in [
        ("/connection/a%20b/%D8%B2%D9%87%D8%B1%D8%A7/z%40example.org/", "a b", "زهرا", "z@example.org"),
        ("/connection/1%2F2/Ann%20Lee/a+b@example.org", "1/2", "Ann Lee", "a+b@example.org"),
        ("/connection/%20r%20/n/e?token=", "r", "n", "e"),
        ("/connection/%25/a%3Fb/%23", "%", "a?b", "#"),
    ] {
        let handshake = Socket::handshake(world.apis[0].address, path);
        let mut socket = Socket::connect(handshake).await.unwrap_or_else(|status| panic!("{path}: {status}"));
        let frame = say(&mut socket, "Hello").await;
        assert_eq!([&frame["room"], &frame["name"], &frame["email"]], [room, name, email], "{path}");
        drop(socket);
    }
    world.finish().await;
}

#[tokio::test]
async fn each_socket_keeps_twenty_messages_a_minute() {
    let world = World::start().await;
    let (mut busy, mut other) = (claim(&world, "1", "x", "y").await, claim(&world, "1", "x", "y").await);
    for _ in 0..20 {
        assert_eq!(say(&mut busy, "Hello").await["verified"], false);
    }
    assert!(say(&mut busy, "Hello").await["error"]["non_field_errors"].is_array());
    assert_eq!(say(&mut other, "Hello").await["verified"], false);
    assert_eq!(kept(&world).await, 21);
    drop((busy, other));
    world.finish().await;
}
