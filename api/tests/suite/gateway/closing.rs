//! Closing: each reason has its code, and whoever comes back has lost nothing.

use std::net::SocketAddr;

use serde_json::json;
use shared::config::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use super::client::Client;
use super::crowd::{ask, crowd};
use super::no_sweep;
use crate::world::{PATIENCE, Person, World};

/// The code with which the server answers a frame.
async fn answer_to(person: &Person, frame: Message) -> Option<u16> {
    let mut socket = person.socket().await;
    socket.expect("hello").await;
    socket.try_send_raw(frame).await;
    socket.close_code().await
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_closes_with_4400() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let long = json!({"type": "ping", "ref": "x".repeat(101)}).to_string();
    let frames = [
        "",
        "{",
        "null",
        "[]",
        "\"ping\"",
        "{}",
        r#"{"type": "dance"}"#,
        r#"{"type": "Ping"}"#,
        r#"{"type": "resume"}"#,
        r#"{"type": "resume", "after": "1"}"#,
        r#"{"type": "resume", "after": 1.5}"#,
        r#"{"type": "resume", "after": 9223372036854775808}"#,
        r#"{"type": "read", "through": null}"#,
        r#"{"type": "ping", "ref": 1}"#,
        r#"{"type": "ping", "more": 1}"#,
        r#"{"type": "ping"} {"type": "ping"}"#,
        "{\"type\": \"ping\", \"ref\": \"\\ud800\"}",
        long.as_str(),
    ];
    for frame in frames {
        assert_eq!(answer_to(&ann, Message::text(frame)).await, Some(4400), "{frame}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_binary_frame_closes_with_4400() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let ping = br#"{"type": "ping"}"#.to_vec();
    assert_eq!(answer_to(&ann, Message::binary(ping)).await, Some(4400));
    world.finish().await;
}

#[tokio::test]
async fn a_frame_over_64_kib_closes_with_1009_and_one_of_64_is_read() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let padded = |bytes: usize| {
        let ping = r#"{"type": "ping"}"#;
        Message::text(format!("{ping}{}", " ".repeat(bytes - ping.len())))
    };
    let mut socket = ann.socket().await;
    socket.expect("hello").await;
    socket.send_raw(padded(64 * 1024)).await;
    assert_eq!(socket.next().await, json!({"type": "pong"}));
    for bytes in [64 * 1024 + 1, 200 * 1024, 4 * 1024 * 1024] {
        assert_eq!(answer_to(&ann, padded(bytes)).await, Some(1009), "{bytes} bytes");
    }
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn too_many_frames_in_a_minute_close_with_4429() {
    let world = World::with(|config| config.gateway.frames_a_minute = 5).await;
    let ann = world.person("ann").await;
    let (mut busy, mut other) = (ann.socket().await, ann.socket().await);
    busy.expect("hello").await;
    other.expect("hello").await;
    for _ in 0..5 {
        busy.expect_nothing().await;
    }
    busy.send(json!({"type": "ping"})).await;
    assert_eq!(busy.close_code().await, Some(4429));
    other.expect_nothing().await;
    drop(other);
    world.finish().await;
}

#[tokio::test]
async fn a_silent_client_is_closed_with_4408() {
    let world = World::with(|config| config.gateway.heartbeat = 1).await;
    let ann = world.person("ann").await;
    // One that answers pings stays; reading answers them.
    let mut awake = ann.socket().await;
    awake.expect("hello").await;
    let silent = silent_close(ann.address, "/api/v1/ws", ann.token.as_deref());
    let code = tokio::select! {
        code = tokio::time::timeout(PATIENCE, silent) => code.expect("the server gives up"),
        frame = awake.next() => panic!("{frame:#}"),
    };
    assert_eq!(code, 4408);
    awake.expect_nothing().await;
    drop(awake);
    world.finish().await;
}

/// Opens a socket that answers nothing, not even pings; the code with which the server closes it.
pub(crate) async fn silent_close(address: SocketAddr, path: &str, token: Option<&str>) -> u16 {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let authorization = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    let handshake = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{authorization}\r\n"
    );
    stream.write_all(handshake.as_bytes()).await.expect("it takes a handshake");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
    let mut pings = 0;
    loop {
        // What this server says to a silent client is short, and servers do not mask.
        let (first, length) = (stream.read_u8().await.expect("a frame"), stream.read_u8().await.expect("its length"));
        let length = match length {
            126 => stream.read_u16().await.expect("a longer length"),
            short => u16::from(short),
        };
        let mut payload = vec![0; usize::from(length)];
        stream.read_exact(&mut payload).await.expect("its payload");
        match first & 0x0f {
            0x8 => {
                assert!(pings > 0, "closed before it was asked");
                return u16::from_be_bytes([payload[0], payload[1]]);
            }
            0x9 => pings += 1,
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_stop_closes_with_1012_and_at_another_process_nothing_is_lost() {
    let change = |config: &mut Config| {
        no_sweep(config);
        config.worker.concurrency = 4;
    };
    let mut world = World::with(change).await;
    let going = world.apis.remove(0);
    let staying = world.add_api().await.address;
    let ann = Person::join(going.address, "ann").await;
    let people = crowd(world.core(), 60, "Somebody").await;
    let mut sockets = vec![ann.socket().await, ann.socket().await];
    let mut clients = vec![Client::default(), Client::default()];
    for socket in &mut sockets {
        assert!(socket.resume(0).await.is_empty());
    }
    // Changes come before, while and after it stops; some are in its own hands.
    let (leaving, remaining) = (going.core.clone(), world.core().clone());
    let (first, rest) = people.split_at(20);
    for from in first {
        ask(&leaving, *from, ann.id).await;
    }
    let changes = async {
        for from in rest {
            ask(&remaining, *from, ann.id).await;
        }
    };
    let listening = futures::future::join_all(sockets.iter_mut().zip(&mut clients).map(async |(socket, client)| {
        loop {
            match socket.next_or_close().await {
                Ok(frame) => client.hear(&frame),
                Err(code) => return code,
            }
        }
    }));
    let ((), (), codes) = tokio::join!(going.stop(), changes, listening);
    assert_eq!(codes, [Some(1012), Some(1012)]);
    world.settle().await;
    let ann = ann.at(staying);
    for mut client in clients {
        let mut socket = ann.socket().await;
        client.hear_all(&socket.resume(client.version).await);
        assert_eq!(client.told, (1..=60).collect::<Vec<i64>>());
        client.expect_inbox_of(&ann).await;
    }
    world.finish().await;
}
