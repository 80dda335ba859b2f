//! Who is online.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared::config::Config;
use shared::ports::clock::Clock;

use super::super::support::{by_shared_paths, execute, whole, with_token};
use crate::gateway::presence::connected_since;
use crate::world::{Person, World, eventually};

const PATH: &str = "/api/online-users/";

fn often(config: &mut Config) {
    config.gateway.presence_refresh = 1;
}

/// The list's rows, without times, which are checked.
async fn rows(world: &World, person: &Person) -> Vec<Value> {
    let asked = world.bed.clock.now();
    let Value::Array(mut rows) = person.get(PATH).await.expect(200) else { panic!("no array") };
    let answered = world.bed.clock.now();
    for row in &mut rows {
        let text = row["last_seen"].take();
        let text = text.as_str().expect("a time");
        assert!(text.ends_with('Z') && text.rsplit_once('.').expect("a fraction").1.len() == 7, "{text}");
        let at: DateTime<Utc> = text.parse().expect("RFC 3339");
        assert!(asked - at < TimeDelta::seconds(60) && at <= answered, "{text}");
    }
    rows
}

fn row(person: &Person) -> Value {
    json!({"id": person.id, "username": person.name, "last_seen": null})
}

#[tokio::test]
async fn a_request_counts_for_a_minute_and_a_socket_for_as_long_as_it_is_open() {
    let world = World::without_worker(often).await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let cat = world.person("cat").await; // on another surface
    assert_eq!(rows(&world, &ann).await, [row(&cat), row(&bob)], "signing in counts");
    world.bed.clock.turn(TimeDelta::seconds(61));
    assert_eq!(rows(&world, &ann).await, [] as [Value; 0]);
    bob.get("/api/profile/").await.expect(200);
    cat.get("/api/v1/me").await.expect(200);
    assert_eq!(rows(&world, &ann).await, [row(&cat), row(&bob)]);
    assert_eq!(rows(&world, &bob).await, [row(&cat), row(&ann)], "not oneself");

    let mut socket = cat.socket().await;
    socket.expect("hello").await;
    // From here on cat is there by the socket alone, whose lease is renewed after each turn.
    let renewed = async |turn: i64| {
        world.bed.clock.turn(TimeDelta::seconds(turn));
        let turned = world.bed.clock.now();
        eventually("cat's lease is renewed", async || connected_since(world.core(), &cat, turned).await).await;
    };
    renewed(30).await;
    bob.get("/api/profile/").await.expect(200);
    renewed(45).await;
    assert_eq!(rows(&world, &ann).await, [row(&cat), row(&bob)]);
    renewed(20).await;
    assert_eq!(rows(&world, &ann).await, [row(&cat)], "of bob it was more than a minute ago");
    drop(socket);
    eventually("cat has gone", async || rows(&world, &ann).await.is_empty()).await;
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_in_a_block_or_hides_is_not_listed() {
    let world = World::without_worker(|_| {}).await;
    let mut people = Vec::new();
    for name in ["ann", "bob", "cat", "dan", "eve"] {
        let person = world.person(name).await;
        person.get("/api/v1/me").await.expect(200);
        people.push(person);
    }
    let [ann, bob, cat, dan, eve] = &people[..] else { panic!("five") };
    assert_eq!(rows(&world, ann).await, [row(eve), row(dan), row(cat), row(bob)]);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    cat.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    assert_eq!(rows(&world, ann).await, [row(eve), row(dan)]);
    execute(&world, "UPDATE accounts SET presence_hidden = TRUE WHERE id = $1", [dan.id.into()]).await;
    assert_eq!(rows(&world, ann).await, [row(eve)], "whatever the store has heard");
    assert_eq!(rows(&world, bob).await, [row(eve), row(cat)]);
    execute(&world, "UPDATE accounts SET suspended_at = updated_at WHERE id = $1", [eve.id.into()]).await;
    assert_eq!(rows(&world, ann).await, [] as [Value; 0]);
    // Whoever hides is not listed by what they ask for either.
    world.bed.clock.turn(TimeDelta::seconds(31));
    dan.get("/api/v1/me").await.expect(200);
    bob.get("/api/v1/me").await.expect(200);
    assert_eq!(rows(&world, cat).await, [row(bob)]);
    for (viewer, other, present) in [(ann, cat, false), (bob, cat, true), (bob, dan, false), (bob, bob, false)] {
        let answer = world.core().presence.is_present(viewer.id, other.id).await.expect("an answer");
        assert_eq!(answer, present, "{} to {}", other.name, viewer.name);
    }
    world.finish().await;
}

/// The accounts 1001 to 2210.
async fn crowd(world: &World, ann: &Person) {
    let numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1210)
         INSERT INTO accounts (id, username, username_key, password_hash, search, active, created_at, updated_at)
         SELECT 1000 + n, 'p' || n, 'p' || n, '-', '', TRUE, a.created_at, a.created_at FROM numbers, accounts a
         WHERE a.id = $1";
    execute(world, numbers, [ann.id.into()]).await;
}

/// All of the crowd ask for something.
async fn all_ask(world: &World) {
    let store = &world.core().ports.presence;
    for id in 1001..=2210 {
        store.saw(id, world.bed.clock.now()).await.expect("noted");
    }
}

/// The accounts of a list.
async fn ids(person: &Person, query: &str) -> Vec<i64> {
    let list = person.get(&format!("{PATH}{query}")).await.expect(200);
    list.as_array().expect("rows").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn pages_of_whoever_is_in_very_many_blocks_are_short_and_together_everybody() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    crowd(&world, &ann).await;
    // All but every tenth, half of them one way, and a thousand not yet.
    let block = "INSERT INTO blocks (blocker_id, blocked_id, created_at)
         SELECT CASE WHEN id % 2 = 0 THEN $1 ELSE id END, CASE WHEN id % 2 = 0 THEN id ELSE $1 END, created_at
         FROM accounts WHERE id > 1000 AND id % 10 > 0 AND id";
    execute(&world, &format!("{block} % 10 < 9"), [ann.id.into()]).await;
    all_ask(&world).await;
    let open = |rests: &[i64]| (1001..=2210).rev().filter(|id| rests.contains(&(id % 10))).collect::<Vec<i64>>();
    assert_eq!(ids(&ann, "?limit=5").await, open(&[0, 9])[..5], "968 are left out by the store");
    execute(&world, &format!("{block} % 10 = 9"), [ann.id.into()]).await;
    assert_eq!(ids(&ann, "?limit=1000").await, open(&[0])[..100]);
    assert_eq!(ids(&ann, "?limit=1000&offset=1000").await, open(&[0])[100..]);
    assert_eq!(ids(&ann, "?limit=25").await, [2210, 2200, 2190]);
    assert_eq!(ids(&ann, "?limit=5&offset=1").await, [0; 0]);
    assert_eq!(ids(&ann, "?limit=1&offset=10").await, [2200]);
    world.finish().await;
}

#[tokio::test]
async fn pages_of_many_are_exact() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    crowd(&world, &ann).await;
    // Some are in a block with ann, one way or the other, and some hide.
    let blocks = "INSERT INTO blocks (blocker_id, blocked_id, created_at)
         SELECT $1, id, created_at FROM accounts WHERE id IN (1001, 1500, 1501, 2209)
         UNION ALL SELECT id, CAST($2 AS bigint), created_at FROM accounts WHERE id IN (1002, 2210)";
    execute(&world, blocks, [ann.id.into(), ann.id.into()]).await;
    execute(&world, "UPDATE accounts SET presence_hidden = TRUE WHERE id IN (1003, 1700, 2208)", []).await;
    all_ask(&world).await;
    let absent = [1001, 1002, 1003, 1500, 1501, 1700, 2208, 2209, 2210];
    let all: Vec<i64> = (1001..=2210).rev().filter(|id| !absent.contains(id)).collect();
    for (query, offset, limit) in [
        ("", 0, 1_000),
        ("?limit=2000", 0, 1_000),
        ("?offset=1000", 1_000, 1_000),
        ("?limit=3", 0, 3),
        ("?limit=10&offset=500", 500, 10),
        ("?limit=10&offset=700", 700, 10),
        ("?limit=10&offset=1195", 1_195, 10),
        ("?offset=1201", 1_201, 10),
        ("?offset=4000000000", 4_000_000, 10),
    ] {
        let ids = ids(&ann, query).await;
        let wanted: Vec<i64> = all.iter().copied().skip(offset).take(limit).collect();
        let differs = ids.iter().zip(&wanted).position(|(id, wanted)| id != wanted);
        assert_eq!((ids.len(), differs), (wanted.len(), None), "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn it_asks_for_a_token_and_takes_get_alone() {
    let world = World::without_worker(|_| {}).await;
    let ann = by_shared_paths(&world, "ann").await;
    let nobody = whole(with_token(&ann, None).get(PATH).await);
    let detail = "Authentication credentials were not provided.";
    assert_eq!(nobody, json!({"status": 401, "body": {"detail": detail}}));
    assert_eq!(whole(ann.get("/api/online-users").await), json!({"status": 200, "body": []}));
    let other = whole(ann.post(PATH, json!({})).await);
    assert_eq!(other, json!({"status": 405, "body": {"detail": "Method \"POST\" not allowed."}}));
    for query in ["?limit=0", "?limit=x", "?offset=-1", "?offset=99999999999"] {
        assert_eq!(ann.get(&format!("{PATH}{query}")).await.status, 400, "{query}");
    }
    world.finish().await;
}
