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
        "cases",
        "chats",
        "connection_requests",
        "connections",
        "contact_messages",
        "dismissed_suggestions",
        "listings",
        "notifications",
        "preferences",
        "reports",
        "reviews",
        "saved_listings",
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

/// Sends a message; answers it.
async fn say(person: &Person, chat: i64, text: &str) -> Value {
    person.post(&format!("/api/v1/chats/{chat}/messages"), json!({"text": text})).await.expect(201)
}

#[tokio::test]
async fn it_holds_ones_chats_with_what_both_said() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut chats = Vec::new();
    for name in ["bob", "cat", "dan", "eve"] {
        let other = world.person(name).await;
        let chat = ann.post("/api/v1/chats", json!({"account_id": other.id})).await.expect(200);
        chats.push((chat["id"].as_i64().expect("an id"), other));
    }
    let [(with_bob, bob), (with_cat, cat), (_, dan), (with_eve, eve)] = chats.as_slice() else { panic!("four") };
    let first = say(&ann, *with_bob, "One").await;
    let gone = say(bob, *with_bob, "Two").await;
    say(bob, *with_bob, "Three").await;
    let path = format!("/api/v1/chats/{with_bob}/messages");
    ann.patch(&format!("{path}/{}", first["id"]), json!({"text": "The first"})).await.expect(200);
    bob.delete(&format!("{path}/{}", gone["id"])).await.expect(204);
    ann.post(&format!("/api/v1/chats/{with_bob}/read"), json!({"through": i64::MAX})).await.expect(200);
    // More than are read at once, in one chat.
    execute(
        &world,
        &format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 10001 UNION ALL SELECT n + 1 FROM numbers WHERE n < 12100)
             INSERT INTO messages (chat_id, sender_id, receiver_id, body, created_at, sender_version,
                 sender_created_version, receiver_version, receiver_created_version)
             SELECT c.id, {}, {}, 'one of many', c.created_at, n, n, n, n FROM numbers, chats c WHERE c.id = {with_cat}",
            cat.id, ann.id
        ),
    )
    .await;
    let last = say(&ann, *with_cat, "Enough").await;
    // What a block hides is not there; nor is a chat in which nothing was said, or one of others.
    say(eve, *with_eve, "Hidden by her").await;
    say(&ann, *with_eve, "Hidden by her too").await;
    eve.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let of_others = bob.post("/api/v1/chats", json!({"account_id": cat.id})).await.expect(200);
    say(cat, of_others["id"].as_i64().expect("an id"), "Among themselves").await;
    world.settle().await;

    let mut expected = Vec::new();
    for chat in listed(&ann, "chats").await {
        let mut messages = listed(&ann, &format!("chats/{}/messages", chat["id"])).await;
        messages.reverse();
        expected.push(json!({"id": chat["id"], "user": chat["user"], "own_mark": chat["own_mark"],
            "their_mark": chat["their_mark"], "created_at": chat["created_at"], "messages": messages}));
    }
    let export = ann.get(PATH).await.expect(200);
    assert_eq!(export["chats"], json!(expected));
    let said = |chat: &Value| {
        let messages = chat["messages"].as_array().expect("messages");
        let texts: Vec<&str> = messages.iter().map(|one| one["text"].as_str().expect("a text")).collect();
        (chat["user"]["username"].clone(), texts.len(), texts[0].to_owned(), messages[texts.len() - 1].clone())
    };
    let third = expected[1]["messages"][1].clone();
    assert_eq!(third["text"], "Three");
    assert_eq!(said(&expected[0]), (json!("cat"), 2_101, "one of many".to_owned(), last));
    assert_eq!(said(&expected[1]), (json!("bob"), 2, "The first".to_owned(), third));
    assert_eq!(expected.len(), 2);
    assert_eq!(dan.get(PATH).await.expect(200)["chats"], json!([]));
    world.finish().await;
}

#[tokio::test]
async fn it_holds_what_one_offers_and_says_of_listings() {
    let world = World::start().await;
    load_places(&world).await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let offers = async |person: &Person, title: &str| {
        let table = json!([{"day": "friday", "slots": [{"starts": "09:00", "ends": "17:30"}]}]);
        let body = json!({"title": title, "subcategory_id": 2, "city_id": 1, "description": "More of it",
            "experiences": "Ten years", "skills": ["Gardening"], "timetable": table});
        person.post("/api/v1/listings", body).await.expect(201)["id"].as_i64().expect("an id")
    };
    let own = [offers(&ann, "One").await, offers(&ann, "Two").await];
    let [of_bob, of_cat] = [offers(&bob, "Three").await, offers(&cat, "Four").await];
    for (person, listing, text) in [(&ann, of_bob, "Of Bob's"), (&ann, of_cat, "Of Cat's"), (&bob, own[0], "Of Ann's")]
    {
        let review = json!({"title": "So", "text": text, "rating": 4});
        person.post(&format!("/api/v1/listings/{listing}/reviews"), review).await.expect(201);
    }
    let (saving, block) = (|id: i64| format!("/api/v1/me/saved-listings/{id}"), format!("/api/v1/blocks/{}", ann.id));
    for id in [of_cat, own[1], of_bob] {
        ann.put(&saving(id)).await.expect(204);
    }
    let read = async |listing: i64| ann.get(&format!("/api/v1/listings/{listing}")).await.expect(200);
    let (first, second) = (read(own[0]).await, read(own[1]).await);
    assert_eq!((&first["rating"]["count"], &first["timetable"][0]["day"]), (&json!(1), &json!("friday")));
    let export = ann.get(PATH).await.expect(200);
    assert_eq!(export["listings"], json!([first, second]));
    let said = |export: &Value| -> Vec<String> {
        let reviews = export["reviews"].as_array().expect("reviews");
        reviews.iter().map(|review| review["text"].as_str().expect("a text").to_owned()).collect()
    };
    assert_eq!(export["reviews"].as_array(), Some(&listed(&ann, "me/reviews").await));
    assert_eq!(said(&export), ["Of Cat's", "Of Bob's"]);
    let kept = listed(&ann, "me/saved-listings").await;
    assert_eq!(kept.iter().map(|one| one["listing"]["id"].clone()).collect::<Vec<_>>(), [of_bob, own[1], of_cat]);
    assert_eq!(export["saved_listings"], json!(kept));
    // Whose listing is not there any more is not told of; what one wrote of it is one's own.
    cat.put(&block).await.expect(204);
    let export = ann.get(PATH).await.expect(200);
    assert_eq!(export["saved_listings"], json!(kept[..2]));
    assert_eq!(said(&export), ["Of Cat's", "Of Bob's"]);
    let bobs = bob.get(PATH).await.expect(200);
    assert_eq!((said(&bobs), &bobs["saved_listings"]), (vec!["Of Ann's".to_owned()], &json!([])));
    assert_eq!(bobs["listings"].as_array().map(Vec::len), Some(1));
    world.finish().await;
}
