//! Whom one may want to connect with: in which order, for which reasons, and who is left out.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::{execute, load_places};
use crate::world::{PASSWORD, Person, World};

const PATH: &str = "/api/v1/suggestions";

/// The ids of those who are suggested, best first.
async fn suggested(person: &Person) -> Vec<i64> {
    let list = person.get(PATH).await.expect(200);
    list["items"].as_array().expect("items").iter().map(|item| item["user"]["id"].as_i64().expect("an id")).collect()
}

async fn dismiss(person: &Person, id: i64) -> crate::world::Answer {
    person.delete(&format!("{PATH}/{id}")).await
}

async fn connect(one: &Person, other: &Person) {
    other.accept(one.ask(other).await).await.expect(200);
}

/// Somebody new who is connected with each of `friends`.
async fn friend_of(world: &World, name: &str, friends: &[&Person]) -> Person {
    let person = world.person(name).await;
    for friend in friends {
        connect(&person, friend).await;
    }
    person
}

/// Somebody new who tells something of themselves.
async fn known(world: &World, name: &str, profile: Value) -> Person {
    let person = world.person(name).await;
    person.patch("/api/v1/me", profile).await.expect(200);
    person
}

/// A suggestion as it is answered, of somebody without a profile.
fn item(person: &Person, mutual: i64, reasons: &[&str]) -> Value {
    let shown = json!({"id": person.id, "username": person.name, "full_name": null, "company_name": null,
                       "industry": null, "avatar": null});
    json!({"user": shown, "mutual_connections": mutual, "reasons": reasons})
}

#[tokio::test]
async fn who_has_most_connections_in_common_comes_first() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (bob, cat) = (friend_of(&world, "bob", &[&ann]).await, friend_of(&world, "cat", &[&ann]).await);
    let dan = friend_of(&world, "dan", &[&ann]).await;
    world.person("stranger").await;
    let one = friend_of(&world, "one", &[&cat]).await;
    let three = friend_of(&world, "three", &[&dan, &bob, &cat]).await;
    let another = friend_of(&world, "another", &[&bob]).await;
    let two = friend_of(&world, "two", &[&bob, &dan]).await;
    // Friends of friends of friends are too far away.
    friend_of(&world, "far", &[&one, &three]).await;
    let why = &["mutual_connections"];
    let items = [item(&three, 3, why), item(&two, 2, why), item(&one, 1, why), item(&another, 1, why)];
    assert_eq!(ann.get(PATH).await.expect(200), json!({"items": items, "next": null}));
    let part = ann.get(&format!("{PATH}?limit=2")).await.expect(200);
    assert_eq!(part, json!({"items": items[..2], "next": null}));
    for limit in ["0", "51"] {
        let problem = ann.get(&format!("{PATH}?limit={limit}")).await.expect_problem(422, "invalid");
        assert_eq!(problem["errors"], json!({"limit": ["Must be from 1 to 50."]}));
    }
    world.finish().await;
}

#[tokio::test]
async fn what_is_shared_counts_in_its_order() {
    let world = World::start().await;
    load_places(&world).await;
    let ann = known(&world, "ann", json!({"company_name": "Kith Ltd", "industry": "Networks"})).await;
    ann.lives_in(1).await.expect(201);
    ann.lives_in(2).await.expect(201);
    let neighbour = world.person("neighbour").await;
    for city in [4, 2, 2, 1] {
        neighbour.lives_in(city).await.expect(201);
    }
    let elsewhere = world.person("elsewhere").await;
    elsewhere.lives_in(3).await.expect(201);
    let peer = known(&world, "peer", json!({"industry": "nETworks", "company_name": "Kith"})).await;
    let colleague = known(&world, "colleague", json!({"company_name": "KITH  ltd", "industry": "Net"})).await;
    let all = known(&world, "all", json!({"company_name": "Ｋith ltd", "industry": "Networks"})).await;
    all.lives_in(2).await.expect(201);
    let friend = friend_of(&world, "friend", &[&ann]).await;
    let met = friend_of(&world, "met", &[&friend]).await;
    let met_peer = friend_of(&world, "met_peer", &[&friend]).await;
    met_peer.patch("/api/v1/me", json!({"industry": "Networks"})).await.expect(200);
    let list = ann.get(PATH).await.expect(200);
    let found: Vec<_> = list["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| (item["user"]["id"].as_i64(), item["mutual_connections"].as_i64(), item["reasons"].clone()))
        .collect();
    let expected = [
        (&met_peer, 1, json!(["mutual_connections", "same_industry"])),
        (&met, 1, json!(["mutual_connections"])),
        (&all, 0, json!(["same_company", "same_industry", "same_city"])),
        (&colleague, 0, json!(["same_company"])),
        (&peer, 0, json!(["same_industry"])),
        (&neighbour, 0, json!(["same_city"])),
    ];
    assert_eq!(found, expected.map(|(person, mutual, reasons)| (Some(person.id), Some(mutual), reasons)));
    // What is no longer told is no longer shared.
    ann.patch("/api/v1/me", json!({"company_name": null, "industry": ""})).await.expect(200);
    assert_eq!(suggested(&ann).await, [met.id, met_peer.id, neighbour.id, all.id]);
    world.finish().await;
}

#[tokio::test]
async fn nothing_is_no_company_and_no_industry() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    world.person("bob").await;
    assert_eq!(suggested(&ann).await, [0_i64; 0]);
    // Signs of which nothing is compared.
    let empty = json!({"company_name": "\u{200c}", "industry": "\u{200d}"});
    ann.patch("/api/v1/me", empty.clone()).await.expect(200);
    known(&world, "cat", empty).await;
    assert_eq!(suggested(&ann).await, [0_i64; 0]);
    world.finish().await;
}

/// Ann, her colleague, and somebody who is both a colleague and connected with that one: found in two ways.
async fn met_at_work(world: &World) -> (Person, Person, Person) {
    let work = json!({"company_name": "Kith"});
    let (ann, cat) = (known(world, "ann", work.clone()).await, known(world, "cat", work).await);
    let bob = friend_of(world, "bob", &[&ann, &cat]).await;
    assert_eq!(suggested(&ann).await, [cat.id]);
    (ann, bob, cat)
}

#[tokio::test]
async fn whom_one_is_connected_with_is_not_suggested() {
    let world = World::start().await;
    let (ann, _, cat) = met_at_work(&world).await;
    connect(&ann, &cat).await;
    assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![], vec![]));
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_part_of_a_pending_request_is_not_suggested() {
    let world = World::start().await;
    let (ann, _, cat) = met_at_work(&world).await;
    for (from, to, decision) in [(&ann, &cat, "cancel"), (&cat, &ann, "reject")] {
        let request = from.ask(to).await;
        assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![], vec![]));
        let decider = if decision == "cancel" { from } else { to };
        decider.decide(request, decision).await.expect(200);
        assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![cat.id], vec![ann.id]));
    }
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_in_a_block_is_not_suggested_to_either() {
    let world = World::start().await;
    let (ann, _, cat) = met_at_work(&world).await;
    for (blocker, blocked) in [(&ann, &cat), (&cat, &ann)] {
        let path = format!("/api/v1/blocks/{}", blocked.id);
        blocker.put(&path).await.expect(204);
        assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![], vec![]));
        for (one, other) in [(&ann, &cat), (&cat, &ann)] {
            dismiss(one, other.id).await.expect_problem(404, "not_found");
        }
        blocker.delete(&path).await.expect(204);
        assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![cat.id], vec![ann.id]));
    }
    world.finish().await;
}

#[tokio::test]
async fn who_is_not_there_is_not_suggested_and_connects_nobody() {
    let world = World::start().await;
    let (ann, bob, cat) = met_at_work(&world).await;
    let both = json!(["mutual_connections", "same_company"]);
    let reasons = async || ann.get(PATH).await.expect(200)["items"][0]["reasons"].clone();
    for (gone, back) in [("active = FALSE", "active = TRUE"), ("suspended_at = created_at", "suspended_at = NULL")] {
        let set = async |what: &str, id: i64| {
            execute(&world, &format!("UPDATE accounts SET {what} WHERE id = {id}")).await;
        };
        assert_eq!(reasons().await, both);
        set(gone, cat.id).await;
        assert_eq!(suggested(&ann).await, [0_i64; 0], "{gone}");
        dismiss(&ann, cat.id).await.expect_problem(404, "not_found");
        set(back, cat.id).await;
        set(gone, bob.id).await;
        assert_eq!(reasons().await, json!(["same_company"]), "{gone}");
        set(back, bob.id).await;
    }
    cat.call(reqwest::Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    assert_eq!(suggested(&ann).await, [0_i64; 0]);
    world.settle().await;
    assert_eq!(suggested(&ann).await, [0_i64; 0]);
    world.finish().await;
}

#[tokio::test]
async fn who_refuses_to_be_suggested_is_not_until_they_take_it_back() {
    let world = World::start().await;
    let (ann, _, cat) = met_at_work(&world).await;
    let choose = async |suggestable: bool| {
        cat.patch("/api/v1/me/preferences", json!({"suggestable": suggestable})).await.expect(200);
    };
    choose(false).await;
    assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![], vec![ann.id]));
    choose(true).await;
    assert_eq!(suggested(&ann).await, [cat.id]);
    world.finish().await;
}

#[tokio::test]
async fn who_is_dismissed_is_not_suggested_again() {
    let world = World::start().await;
    let (ann, _, cat) = met_at_work(&world).await;
    let kept = async || ann.get("/api/v1/me/export").await.expect(200)["dismissed_suggestions"].clone();
    dismiss(&ann, cat.id).await.expect(204);
    let first = kept().await;
    assert_eq!((&first[0]["user"]["id"], first.as_array().map(Vec::len)), (&json!(cat.id), Some(1)));
    world.bed.clock.turn(TimeDelta::seconds(5));
    dismiss(&ann, cat.id).await.expect(204);
    assert_eq!(kept().await, first);
    // By one, not by the other.
    assert_eq!((suggested(&ann).await, suggested(&cat).await), (vec![], vec![ann.id]));
    for nobody in [ann.id, 999, 0, -1] {
        dismiss(&ann, nobody).await.expect_problem(404, "not_found");
    }
    assert_eq!(kept().await, first);
    world.finish().await;
}

/// Makes `count` accounts of a company, numbered on from `first`.
async fn crowd(world: &World, first: i64, count: i64, company: &str) {
    let last = first + count - 1;
    let sql = format!(
        "INSERT INTO accounts (id, username, username_key, password_hash, search, name_folded, company_folded, folding,
                               active, staff, created_at, updated_at)
         WITH RECURSIVE numbers (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
         SELECT n, 'crowd' || n, 'crowd' || n, '', '', '', '{company}', 2, TRUE, FALSE, a.created_at, a.created_at
         FROM numbers, (SELECT MIN(created_at) AS created_at FROM accounts) AS a"
    );
    execute(world, &sql).await;
}

#[tokio::test]
async fn who_is_left_out_takes_nobodys_place() {
    let world = World::start().await;
    let ann = known(&world, "ann", json!({"company_name": "Kith"})).await;
    crowd(&world, 1_000, 1_200, "kith").await;
    let all: Vec<i64> = (1_000..2_200).collect();
    assert_eq!(suggested(&ann).await, all[..20]);
    let most = ann.get(&format!("{PATH}?limit=50")).await.expect(200);
    assert_eq!(most["items"].as_array().map(Vec::len), Some(50));
    let dismissed = format!(
        "INSERT INTO suggestion_dismissals (account_id, dismissed_id, created_at)
         SELECT {}, id, created_at FROM accounts WHERE id >= 1000 AND id < 2190",
        ann.id
    );
    execute(&world, &dismissed).await;
    assert_eq!(suggested(&ann).await, all[1_190..]);
    world.finish().await;
}

#[tokio::test]
async fn of_very_many_who_are_met_as_often_those_who_share_something_come_first() {
    let world = World::start().await;
    let ann = known(&world, "ann", json!({"company_name": "Kith"})).await;
    let hub = friend_of(&world, "hub", &[&ann]).await;
    crowd(&world, 1_000, 1_200, "other").await;
    crowd(&world, 3_000, 3, "kith").await;
    let connected = format!(
        "INSERT INTO connections (low_id, high_id, created_at) SELECT {}, id, created_at FROM accounts
         WHERE id >= 1000 AND id <> 3001",
        hub.id
    );
    execute(&world, &connected).await;
    let found = suggested(&ann).await;
    assert_eq!(found[..5], [3_000, 3_002, 1_000, 1_001, 1_002]);
    let list = ann.get(&format!("{PATH}?limit=1")).await.expect(200);
    assert_eq!(list["items"][0]["reasons"], json!(["mutual_connections", "same_company"]));
    world.finish().await;
}

/// An older process, in a rolling restart, folds no industry.
#[tokio::test]
async fn what_an_older_version_wrote_is_shared_once_a_worker_has_folded_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for person in [&ann, &bob] {
        person.patch("/api/v1/me", json!({"industry": "Networks"})).await.expect(200);
    }
    execute(&world, "UPDATE accounts SET industry_folded = NULL, folding = 1").await;
    assert_eq!(suggested(&ann).await, [0_i64; 0]);
    world.core().janitor.sweep().await.expect("a sweep");
    assert_eq!(suggested(&ann).await, [bob.id]);
    world.finish().await;
}
