//! Talking on the socket without being signed in.

use chrono::TimeDelta;
use serde_json::json;

use super::{chat, claim, count, join, kept, row, say, timeless};
use crate::world::{Socket, World, eventually};

/// Opens a chat as somebody who is not signed in, from an address that a proxy names; the status when the
/// server refuses.
async fn from(world: &World, address: &str) -> Result<Socket, u16> {
    let mut request = Socket::handshake(world.apis[0].address, "/connection/1/x/y/");
    request.headers_mut().insert("x-forwarded-for", address.parse().expect("a header"));
    Socket::connect(request).await
}

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

#[tokio::test]
async fn an_address_has_some_sockets_open_at_once() {
    let world = World::with(|config| {
        config.limits.anonymous_sockets = 2;
        config.server.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a range")];
    })
    .await;
    let ann = join(&world, "ann").await;
    let one = from(&world, "192.0.2.1").await.expect("the socket opens");
    let mut other = from(&world, "192.0.2.1").await.expect("the socket opens");
    for _ in 0..40 {
        assert_eq!(from(&world, "192.0.2.1").await.err(), Some(429), "nor do refusals count in the minute");
    }
    // Another's are another's, and who is signed in is not counted.
    drop(from(&world, "192.0.2.2").await.expect("the socket opens"));
    drop((chat(&ann, "1").await.expect("the socket opens"), chat(&ann, "1").await.expect("and another")));
    drop(one);
    eventually("the one that was closed is another's", async || from(&world, "192.0.2.1").await.is_ok()).await;
    assert_eq!(say(&mut other, "Hello").await["verified"], false);
    drop(other);
    world.finish().await;
}

#[tokio::test]
async fn an_address_sends_some_messages_a_minute_on_all_its_sockets() {
    let world = World::with(|config| {
        config.limits.anonymous_messages_a_minute = 0;
        config.server.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a range")];
    })
    .await;
    let ann = join(&world, "ann").await;
    let mut socket = from(&world, "192.0.2.1").await.expect("the socket opens");
    let frame = say(&mut socket, "Hello").await;
    let texts = frame["error"]["non_field_errors"].as_array().expect("messages");
    assert_eq!(frame, json!({"error": {"non_field_errors": texts}}));
    assert!(texts.len() == 1 && texts[0].as_str().expect("text").starts_with("Too many; try again in "), "{frame}");
    let mut signed_in = chat(&ann, "1").await.expect("the socket opens");
    assert_eq!(say(&mut signed_in, "Hello").await["verified"], true);
    assert_eq!(kept(&world).await, 1);
    drop((socket, signed_in));
    world.finish().await;
}

#[tokio::test]
async fn the_messages_of_a_minute_are_counted_by_address() {
    let world = World::with(|config| {
        config.limits.anonymous_messages_a_minute = 2;
        config.server.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a range")];
    })
    .await;
    for address in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
        for _ in 0..2 {
            let mut socket = from(&world, address).await.expect("the socket opens");
            assert_eq!(say(&mut socket, "Hello").await["verified"], false, "{address}");
        }
    }
    assert_eq!(kept(&world).await, 6);
    world.finish().await;
}

#[tokio::test]
async fn what_nobody_s_token_backs_goes_after_ninety_days() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let mut own = chat(&ann, "1").await.expect("the socket opens");
    say(&mut own, "Hello").await;
    say(&mut claim(&world, "1", "ann", "ann@example.org").await, "Hello").await;
    drop(own);
    for (days, left) in [(89, 2), (2, 1)] {
        world.bed.clock.turn(TimeDelta::days(days));
        world.core().janitor.sweep().await.expect("a sweep");
        assert_eq!(kept(&world).await, left);
    }
    assert_eq!(count(&world, "contact_messages WHERE account_id = $1", [ann.id.into()]).await, 1);
    world.finish().await;
}
