//! People as others see them, and searching for them.

use serde_json::json;

use super::support::{execute, ids};
use crate::world::{Person, World};

const USERS: &str = "/api/v1/users";

#[tokio::test]
async fn a_person_is_shown_without_what_is_private() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let ann = nobody.sign_in("ann").await;
    let change = json!({"full_name": "Ann Lee", "company_name": "Kith", "industry": "Networks", "phone": "1234567"});
    let ann_id = ann.patch("/api/v1/me", change).await.expect(200)["id"].clone();
    let bob = world.person("bob").await;
    assert_shape!("user", bob.get(&format!("{USERS}/{ann_id}")).await.expect(200));
    assert_shape!("user_not_found", bob.get(&format!("{USERS}/999")).await.expect_problem(404, "not_found"));
    assert_shape!("search", bob.get(&format!("{USERS}?q=lee")).await.expect(200));
    // One's email is not what others find one by.
    assert_eq!(ids(&bob.get(&format!("{USERS}?q=example")).await.expect(200)), [0_i64; 0]);
    world.finish().await;
}

#[tokio::test]
async fn search_folds_and_takes_signs_literally() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let named = |name, full_name| {
        let world = &world;
        async move {
            let person = world.person(name).await;
            person.patch("/api/v1/me", json!({"full_name": full_name})).await.expect(200);
            person
        }
    };
    let emile = named("emile", "Émile Zola").await;
    let kian = named("kian", "كيان").await;
    let odd = named("odd_one", "100% O'Hara").await;
    for (q, found) in [
        ("EMILE  zola", vec![emile.id]),
        ("کیان", vec![kian.id]),
        ("100%25", vec![odd.id]),
        ("%25", vec![odd.id]),
        ("_", vec![odd.id]),
        ("%5C", vec![]),
        ("o'h", vec![odd.id]),
        ("ann", vec![]), // oneself is not there
        ("", vec![odd.id, kian.id, emile.id]),
        ("zolaemile", vec![]),
    ] {
        let list = ann.get(&format!("{USERS}?q={q}")).await.expect(200);
        assert_eq!(ids(&list), found, "{q}");
    }
    world.finish().await;
}

#[tokio::test]
async fn search_goes_on_where_it_stopped() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut expected = Vec::new();
    for number in 0..5 {
        expected.insert(0, world.person(&format!("friend{number}")).await.id);
    }
    let mut found = Vec::new();
    let mut path = format!("{USERS}?q=friend&limit=2");
    loop {
        let part = ann.get(&path).await.expect(200);
        found.extend(ids(&part));
        let Some(next) = part["next"].as_str() else { break };
        assert_eq!(part["items"].as_array().expect("items").len(), 2);
        path = format!("{USERS}?q=friend&limit=2&cursor={next}");
    }
    assert_eq!(found, expected);
    world.finish().await;
}

/// Not active yet, or suspended: to everybody it looks as if nobody were there.
#[tokio::test]
async fn who_may_not_sign_in_is_not_there() {
    let world = World::start().await;
    let (ann, new, bad) = (world.person("ann").await, world.person("new").await, world.person("bad").await);
    execute(&world, &format!("UPDATE accounts SET active = FALSE WHERE id = {}", new.id)).await;
    execute(&world, &format!("UPDATE accounts SET suspended_at = created_at WHERE id = {}", bad.id)).await;
    assert_eq!(ids(&ann.get(USERS).await.expect(200)), [0_i64; 0]);
    for other in [&new, &bad] {
        ann.get(&format!("{USERS}/{}", other.id)).await.expect_problem(404, "not_found");
        let ask = json!({"to_user_id": other.id});
        ann.post("/api/v1/connection-requests", ask).await.expect_problem(404, "not_found");
        ann.put(&format!("/api/v1/blocks/{}", other.id)).await.expect_problem(404, "not_found");
    }
    world.finish().await;
}

/// An older process, in a rolling restart, writes no folded copies.
#[tokio::test]
async fn what_an_older_version_wrote_is_found_once_a_worker_has_folded_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.patch("/api/v1/me", json!({"full_name": "Émile Zola", "company_name": "Ｋith"})).await.expect(200);
    let forget = "UPDATE accounts SET name_folded = '', company_folded = NULL, folding = 0";
    execute(&world, forget).await;
    let found = async |q: &str| ids(&ann.get(&format!("{USERS}?q={q}")).await.expect(200));
    assert_eq!(found("emile").await, [0_i64; 0]);
    world.core().janitor.sweep().await.expect("a sweep");
    assert_eq!((found("emile").await, found("kith").await), (vec![bob.id], vec![bob.id]));
    world.finish().await;
}
