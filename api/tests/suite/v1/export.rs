//! Everything that is kept of one's own account, as a file.

use image::ImageFormat;
use serde_json::{Value, json};

use super::avatar::{picture, upload};
use super::support::{execute, load_places};
use crate::world::{Person, World};

const PATH: &str = "/api/v1/me/export";

/// A whole list, as one reads it part by part.
async fn listed(person: &Person, path: &str) -> Vec<Value> {
    let (mut items, mut query) = (Vec::new(), String::new());
    loop {
        let part = person.get(&format!("/api/v1/{path}{query}")).await.expect(200);
        items.extend(part["items"].as_array().expect("items").clone());
        let Some(next) = part["next"].as_str() else { return items };
        query = format!("?limit=100&cursor={next}");
    }
}

/// Puts `count` notes of `actor`'s into the inbox of `account`, which has none of that many versions yet.
pub(super) async fn notes(world: &World, account: i64, actor: i64, count: i64) {
    execute(
        world,
        &format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
             INSERT INTO notifications (account_id, version, created_version, kind, actor_id, created_at)
             SELECT i.account_id, i.version + n, i.version + n, 'accepted', {actor}, a.created_at
             FROM numbers, inboxes i JOIN accounts a ON a.id = i.account_id WHERE i.account_id = {account}"
        ),
    )
    .await;
    let counted = format!(
        "UPDATE inboxes SET version = version + {count}, unread_notifications = unread_notifications + {count}
         WHERE account_id = {account}"
    );
    execute(world, &counted).await;
}

#[tokio::test]
async fn it_holds_what_one_sees_of_ones_own_and_nothing_else() {
    let world = World::start().await;
    load_places(&world).await;
    let nobody = Person::stranger(world.apis[0].address);
    let mut people = Vec::new();
    for name in ["ann", "bob", "cat", "dan", "eve", "fay", "gus"] {
        nobody.register(name, &format!("{name}@example.org")).await.expect(201);
        let person = nobody.sign_in(name).await;
        person.patch("/api/v1/me", json!({"phone": format!("12345670{}", person.id)})).await.expect(200);
        people.push(person);
    }
    let [ann, bob, cat, dan, eve, fay, gus] = people.as_slice() else { panic!("seven") };
    ann.sign_in("ann").await;
    ann.sign_in("ann").await.delete("/api/v1/sessions/current").await.expect(204);
    upload(ann, picture([200, 30, 30], 60, 40, ImageFormat::Png)).await.expect(200);
    ann.patch("/api/v1/me", json!({"full_name": "Ann Lee", "company_name": "Kith"})).await.expect(200);
    ann.post("/api/v1/me/email", json!({"email": "new@example.org", "password": crate::world::PASSWORD}))
        .await
        .expect(202);
    for city in [1, 4] {
        ann.lives_in(city).await.expect(201);
    }
    bob.lives_in(2).await.expect(201);
    bob.accept(ann.ask(bob).await).await.expect(200);
    ann.accept(cat.ask(ann).await).await.expect(200);
    ann.ask(dan).await;
    eve.ask(ann).await;
    ann.put(&format!("/api/v1/blocks/{}", fay.id)).await.expect(204);
    // Who blocks or is suspended is not there for her any more.
    ann.ask(gus).await;
    gus.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    execute(&world, &format!("UPDATE accounts SET suspended_at = created_at WHERE id = {}", eve.id)).await;
    // What the others have among themselves.
    cat.accept(bob.ask(cat).await).await.expect(200);
    world.settle().await;
    notes(&world, ann.id, bob.id, 1_100).await;
    let first = listed(ann, "notifications").await.pop().expect("one");
    ann.delete(&format!("/api/v1/notifications/{}", first["id"])).await.expect(204);

    let answer = ann.get(PATH).await;
    assert_eq!(answer.headers["content-disposition"], r#"attachment; filename="kith.json""#);
    assert_eq!(answer.headers["content-type"], "application/json");
    let export = answer.expect(200);
    let mut keys: Vec<_> = export.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    let lists = [
        "account",
        "addresses",
        "blocks",
        "connection_requests",
        "connections",
        "contact_messages",
        "dismissed_suggestions",
        "notifications",
        "preferences",
        "sessions",
    ];
    assert_eq!(keys, lists);
    assert_eq!(export["account"], ann.get("/api/v1/me").await.expect(200));
    assert_eq!(export["account"]["pending_email"]["email"], "new@example.org");
    for (field, path, least) in [
        ("sessions", "sessions", 2),
        ("addresses", "me/addresses", 2),
        ("connections", "connections", 2),
        ("blocks", "blocks", 1),
        ("notifications", "notifications", 1_100),
    ] {
        let items = listed(ann, path).await;
        assert!(items.len() >= least, "{field}: {}", items.len());
        assert_eq!(export[field].as_array(), Some(&items), "{field}");
    }
    // Pending or decided, of hers or of others: as each of them is listed.
    let mut requests = listed(ann, "connection-requests").await;
    requests.extend(listed(ann, "connection-requests?direction=outgoing").await);
    let known = export["connection_requests"].as_array().expect("a list");
    assert!(known.len() >= 3 && known.is_sorted_by_key(|one| -one["id"].as_i64().expect("an id")), "{known:#?}");
    for request in &requests {
        assert!(known.contains(request), "{request:#}");
    }
    for request in known {
        let path = format!("connection-requests/{}", request["id"]);
        assert_eq!(ann.get(&format!("/api/v1/{path}")).await.expect(200), *request);
    }
    let text = export.to_string();
    for secret in ["bob@example", "cat@example", "12345670", "argon2", "hash"] {
        let own = format!("12345670{}", ann.id);
        assert!(!text.replace(&own, "").contains(secret), "{secret}");
    }
    // Another's is another's.
    let bobs = bob.get(PATH).await.expect(200);
    assert_eq!(bobs["notifications"].as_array(), Some(&listed(bob, "notifications").await));
    assert_eq!((&bobs["account"]["id"], &bobs["blocks"]), (&json!(bob.id), &json!([])));
    world.finish().await;
}
