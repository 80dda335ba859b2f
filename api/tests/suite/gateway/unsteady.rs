//! An unsteady client: its socket is cut at random while its inbox changes, and in the end it knows
//! what the database holds.

use std::net::SocketAddr;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use shared::Core;
use shared::page::Span;
use tokio::task::JoinHandle;

use super::client::Client;
use super::crowd::{ask, cancel, crowd};
use super::no_sweep;
use crate::world::{Person, World};

/// What the client does while `changes` go on, and until it has what they left and was cut six times at least.
async fn follow(world: &World, person: &Person, changes: JoinHandle<()>, random: &mut StdRng) -> Client {
    let addresses: Vec<SocketAddr> = world.apis.iter().map(|api| api.address).collect();
    let mut client = Client::default();
    let mut cuts = 0;
    loop {
        let address = addresses[random.random_range(0..addresses.len())];
        let mut socket = person.at(address).socket().await;
        socket.send(json!({"type": "resume", "after": client.version})).await;
        // Cut before, within or after what it missed; now and then it stays for long.
        let most = if random.random_bool(0.2) { 60 } else { 12 };
        for _ in 0..random.random_range(0..most) {
            match tokio::time::timeout(Duration::from_millis(50), socket.next_or_end()).await {
                Ok(Some(frame)) => client.hear(&frame),
                Ok(None) => break,
                Err(_) if changes.is_finished() => break,
                Err(_) => {} // nothing new yet
            }
        }
        drop(socket);
        cuts += 1;
        // Also cut when there is no more to hear, if it was hardly cut before.
        if cuts > 5 && changes.is_finished() && world.core().outbox.depth().await.expect("the outbox") == 0 {
            let (_, version) = world.core().notifications.unread(person.id).await.expect("the inbox");
            if client.version == version {
                break;
            }
        }
        assert!(cuts < 2_000, "never there: {} of {:?}", client.version, client.told.len());
    }
    changes.await.expect("the changes");
    client
}

async fn unsteady_world() -> World {
    let change = |config: &mut shared::config::Config| {
        no_sweep(config);
        config.gateway.sockets_an_account = 5_000;
    };
    let mut world = World::with(change).await;
    world.add_api().await;
    world
}

#[tokio::test]
async fn whoever_is_cut_off_at_random_is_told_every_arrival_once_and_in_order() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let world = unsteady_world().await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 150, "Somebody").await;
    let (core, to) = (world.core().clone(), ann.id);
    let changes = tokio::spawn(async move {
        for from in people {
            ask(&core, from, to).await;
            tokio::task::yield_now().await;
        }
    });
    let client = follow(&world, &ann, changes, &mut random).await;
    assert_eq!(client.told, (1..=150).collect::<Vec<i64>>());
    client.expect_inbox_of(&ann).await;
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_cut_off_at_random_ends_with_what_the_database_holds() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let world = unsteady_world().await;
    let ann = world.person("ann").await;
    let people = crowd(world.core(), 120, "Somebody").await;
    let changes = tokio::spawn(change(world.core().clone(), ann.id, people, StdRng::seed_from_u64(seed + 1)));
    let client = follow(&world, &ann, changes, &mut random).await;
    assert!(client.told.is_sorted());
    client.expect_inbox_of(&ann).await;
    world.finish().await;
}

/// Asks, takes back, reads and removes at random, until nobody is left who could ask.
async fn change(core: Core, to: i64, mut people: Vec<i64>, mut random: StdRng) {
    let mut asked = Vec::new();
    loop {
        let inbox = core.notifications.inbox(to, false, Span::newest(20)).await.expect("a page");
        let any =
            (!inbox.page.items.is_empty()).then(|| inbox.page.items[random.random_range(0..inbox.page.items.len())].id);
        match (random.random_range(0..10), any) {
            (0, _) if !asked.is_empty() => {
                let (from, request) = asked.swap_remove(random.random_range(0..asked.len()));
                cancel(&core, from, request).await;
            }
            // The worker may have taken it away since it was listed.
            (1, Some(id)) => drop(core.notifications.remove(to, id).await),
            (2 | 3, Some(id)) => drop(core.notifications.read_one(to, id).await),
            (4, _) => {
                let through = random.random_range(0..=inbox.version);
                core.notifications.read_through(to, through).await.expect("read");
            }
            _ => {
                let Some(from) = people.pop() else { return };
                asked.push((from, ask(&core, from, to).await));
            }
        }
        tokio::task::yield_now().await;
    }
}
