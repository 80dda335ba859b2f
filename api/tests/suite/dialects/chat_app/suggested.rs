//! Suggested friends.

use serde_json::{Value, json};

use crate::dialects::support::{by_shared_paths, make_staff, with_token};
use crate::world::{Person, World};

fn path(id: impl std::fmt::Display) -> String {
    format!("/api/suggested-friends/{id}/")
}

async fn connect(one: &Person, other: &Person) {
    let request = one.post("/api/connection_requests/", json!({"to_user_id": other.id})).await.expect(201);
    other.act(&format!("/api/connection_requests/{}/accept/", request["id"])).await.expect(200);
}

async fn known(world: &World, name: &str, profile: Value) -> Person {
    let person = by_shared_paths(world, name).await;
    person.patch("/api/profile/", profile).await.expect(200);
    person
}

/// Ann, who knows Bob and Cat, and what she is suggested.
async fn suggestions(world: &World) -> (Person, Value) {
    let ann = known(world, "ann", json!({"company_name": "Kith", "industry": "Networks"})).await;
    let (bob, cat) = (by_shared_paths(world, "bob").await, by_shared_paths(world, "cat").await);
    let one =
        known(world, "one", json!({"full_name": "One Person", "company_name": "KITH", "industry": "Networks"})).await;
    let two = by_shared_paths(world, "two").await;
    let peer = known(world, "peer", json!({"industry": "networks"})).await;
    for (person, other) in [(&ann, &bob), (&ann, &cat), (&one, &bob), (&two, &bob), (&two, &cat)] {
        connect(person, other).await;
    }
    let expected = json!([
        {"id": two.id, "username": "two", "full_name": null, "company_name": null, "mutual_connections": 2,
         "reasons": ["2 mutual connections"]},
        {"id": one.id, "username": "one", "full_name": "One Person", "company_name": "KITH", "mutual_connections": 1,
         "reasons": ["1 mutual connection", "same company", "same industry"]},
        {"id": peer.id, "username": "peer", "full_name": null, "company_name": null, "mutual_connections": 0,
         "reasons": ["same industry"]},
    ]);
    (ann, expected)
}

#[tokio::test]
async fn ones_own_are_answered_with_their_reasons() {
    let world = World::start().await;
    let (ann, expected) = suggestions(&world).await;
    assert_eq!(ann.get(&path(ann.id)).await.expect(200), expected);
    assert_eq!(ann.get(path(ann.id).trim_end_matches('/')).await.expect(200), expected);
    let nobody = with_token(&ann, None);
    for id in [ann.id, 999] {
        let refused = nobody.get(&path(id)).await.expect(401);
        assert_eq!(refused, json!({"detail": "Authentication credentials were not provided."}));
    }
    assert_eq!(ann.act(&path(ann.id)).await.expect(405), json!({"detail": "Method \"POST\" not allowed."}));
    world.finish().await;
}

#[tokio::test]
async fn others_are_for_staff_alone() {
    let world = World::start().await;
    let (ann, expected) = suggestions(&world).await;
    let eve = by_shared_paths(&world, "eve").await;
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    for id in [ann.id, 999, 0] {
        assert_eq!(eve.get(&path(id)).await.expect(403), forbidden, "{id}");
    }
    for id in ["x", "1.5", "99999999999999999999", "%00"] {
        assert_eq!(eve.get(&path(id)).await.expect(404), json!({"detail": "Not found."}), "{id}");
    }
    make_staff(&world, &eve).await;
    assert_eq!(eve.get(&path(ann.id)).await.expect(200), expected);
    assert_eq!(eve.get(&path(eve.id)).await.expect(200), json!([]));
    for id in [999, 0, -1] {
        assert_eq!(eve.get(&path(id)).await.expect(404), json!({"detail": "Not found."}), "{id}");
    }
    world.finish().await;
}

#[tokio::test]
async fn at_most_ten_are_suggested() {
    let world = World::start().await;
    let work = json!({"company_name": "Kith"});
    let ann = known(&world, "ann", work.clone()).await;
    let mut colleagues = Vec::new();
    for number in 0..12 {
        colleagues.push(known(&world, &format!("colleague{number}"), work.clone()).await.id);
    }
    let found = ann.get(&path(ann.id)).await.expect(200);
    let ids: Vec<_> = found.as_array().expect("a list").iter().map(|row| row["id"].as_i64().expect("an id")).collect();
    assert_eq!(ids, colleagues[..10]);
    world.finish().await;
}
