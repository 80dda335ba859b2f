//! Two people talk while their connections are cut at random: what each says arrives once, and in order.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use shared::config::{Config, RateLimits};

use super::chats::chat;
use super::no_sweep;
use crate::world::{Person, World};

/// What each says.
const MESSAGES: usize = 1_000;
/// Messages that wait for their answer at most.
const WINDOW: usize = 40;

/// A client as a frontend should be: it sends what was not answered again, under the same client id, and
/// resumes after the last version that it saw.
struct Talker {
    person: Person,
    addresses: Vec<SocketAddr>,
    chat: i64,
    random: StdRng,
    version: i64,
    /// What it has heard, in the order of hearing, by who said it.
    said: Vec<String>,
    heard: Vec<String>,
    /// The next to send, and those that wait for their answer.
    next: usize,
    waiting: BTreeMap<usize, Value>,
    cuts: usize,
}

impl Talker {
    fn done(&self) -> bool {
        self.said.len() == MESSAGES && self.heard.len() == MESSAGES && self.waiting.is_empty()
    }

    async fn talk(mut self) -> Self {
        while !self.done() {
            self.connect().await;
            self.cuts += 1;
            assert!(self.cuts < 3_000, "never done: {} and {}", self.said.len(), self.heard.len());
        }
        self
    }

    /// One connection, until it is cut.
    async fn connect(&mut self) {
        let address = self.addresses[self.random.random_range(0..self.addresses.len())];
        let mut socket = self.person.at(address).socket().await;
        socket.send(json!({"type": "resume", "after": self.version})).await;
        // In the order in which they were sent first.
        for frame in self.waiting.values() {
            socket.send(frame.clone()).await;
        }
        for _ in 0..self.random.random_range(0..200) {
            while self.next < MESSAGES && self.waiting.len() < WINDOW && self.random.random_bool(0.7) {
                let n = self.next;
                let frame = json!({"type": "send", "chat_id": self.chat, "text": format!("{} {n}", self.person.name),
                                   "client_id": format!("c-{n}"), "ref": n.to_string()});
                self.waiting.insert(n, frame.clone());
                self.next += 1;
                socket.send(frame).await;
            }
            match tokio::time::timeout(Duration::from_millis(200), socket.next_or_end()).await {
                Ok(Some(frame)) => self.hear(&frame),
                Ok(None) => return,
                Err(_) if self.done() => return,
                Err(_) => {}
            }
        }
    }

    fn hear(&mut self, frame: &Value) {
        match frame["type"].as_str().expect("a type") {
            "hello" => {}
            "sent" => {
                let n = frame["ref"].as_str().and_then(|n| n.parse().ok()).expect("one's own number");
                self.waiting.remove(&n);
            }
            "resumed" => self.version = frame["version"].as_i64().expect("a version"),
            "message" => {
                let version = frame["version"].as_i64().expect("a version");
                assert!(version > self.version, "told {version} after {}: {frame:#}", self.version);
                self.version = version;
                let text = frame["message"]["text"].as_str().expect("a text").to_owned();
                if frame["message"]["sender_id"] == self.person.id {
                    self.said.push(text);
                } else {
                    self.heard.push(text);
                }
            }
            _ => panic!("not expected: {frame:#}"),
        }
    }
}

#[tokio::test]
async fn a_thousand_messages_each_way_arrive_once_and_in_order_however_often_the_connection_is_cut() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let change = |config: &mut Config| {
        no_sweep(config);
        config.limits.rate_limits = RateLimits::Off;
        config.gateway.sockets_an_account = 5_000;
    };
    let mut world = World::without_worker(change).await;
    world.add_api().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let id = chat(&ann, &bob).await;
    let addresses: Vec<SocketAddr> = world.apis.iter().map(|api| api.address).collect();
    let talker = |person: &Person, seed: u64| Talker {
        person: person.clone(),
        addresses: addresses.clone(),
        chat: id,
        random: StdRng::seed_from_u64(seed),
        version: 0,
        said: Vec::new(),
        heard: Vec::new(),
        next: 0,
        waiting: BTreeMap::new(),
        cuts: 0,
    };
    let (hers, his) = tokio::join!(talker(&ann, seed).talk(), talker(&bob, seed + 1).talk());
    println!("cut {} and {} times", hers.cuts, his.cuts);
    assert!(hers.cuts > 5 && his.cuts > 5, "the connections were hardly cut");
    for (one, other) in [(&hers, &his), (&his, &hers)] {
        let all: Vec<String> = (0..MESSAGES).map(|n| format!("{} {n}", one.person.name)).collect();
        assert!(one.said == all, "what {} said comes back once and in order", one.person.name);
        assert!(other.heard == all, "what {} said arrives once and in order", one.person.name);
    }
    let unread = ann.get("/api/v1/notifications/unread-count").await.expect(200);
    assert_eq!(unread["messages"], MESSAGES);
    world.finish().await;
}
