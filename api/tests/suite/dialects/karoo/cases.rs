//! `/support/cases/…`: kinds, one's own chats of them, and what was said.

use serde_json::{Value, json};

use super::{CASES, WRITE};
use crate::dialects::support::{by_karoo, make_staff, whole};
use crate::world::{Person, World};

fn chats(kind: i64) -> String {
    format!("{CASES}{kind}/chats/")
}

fn messages(chat: &Value) -> String {
    format!("{CASES}chat/{chat}/messages/")
}

async fn open(person: &Person, kind: i64, title: &str) -> Value {
    person.post(&chats(kind), json!({"title": title})).await.expect(201)
}

#[tokio::test]
async fn cases_are_listed_ascending() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let all = ann.get(CASES).await.expect(200);
    let rows = all.as_array().expect("an array");
    assert_eq!((rows.len(), &rows[0]), (5, &json!({"id": 1, "title": "Account"})));
    assert!(rows.is_sorted_by_key(|row| row["id"].as_i64()));
    assert_eq!(ann.get(&format!("{CASES}?limit=2&offset=1")).await.expect(200), json!(rows[1..3]));
    world.finish().await;
}

#[tokio::test]
async fn a_chat_is_opened_written_in_and_answered_by_staff() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let first = open(&ann, 2, " Chat1_case2 ").await;
    let expected = json!({"id": 1, "title": "Chat1_case2", "last_updated": first["last_updated"], "case": 2});
    assert_eq!(first, expected);
    let stamp = first["last_updated"].as_str().expect("a time");
    assert!(stamp.len() == 27 && stamp.ends_with('Z'), "{stamp}");
    open(&bob, 2, "Another's").await;
    let third = open(&ann, 2, "Chat2_case2").await;
    open(&ann, 1, "Of another kind").await;
    assert_eq!(ann.get(&chats(2)).await.expect(200), json!([first, third]), "one's own of the kind, ascending");
    assert_eq!(ann.get(&format!("{}?offset=1", chats(2))).await.expect(200), json!([third]));
    assert_eq!(ann.get(&chats(3)).await.expect(200), json!([]));

    world.bed.clock.turn(chrono::TimeDelta::seconds(5));
    let said = ann.post(WRITE, json!({"content": " This m1 ", "chat": 1})).await.expect(201);
    assert_eq!(said, json!({"content": "This m1", "timestamp": said["timestamp"], "chat": 1}));
    let again = ann.post(WRITE, json!({"content": "fasdfad", "chat": "1"})).await.expect(201);
    make_staff(&world, &bob).await;
    let answer = bob.post("/api/v1/admin/cases/1/messages", json!({"text": "Here we are"})).await;
    let answer = answer.expect(201);
    let listed = ann.get(&messages(&json!(1))).await.expect(200);
    assert_eq!(listed[2]["content"], "Here we are");
    assert_eq!(
        listed,
        json!([said, again, {"content": "Here we are", "timestamp": listed[2]["timestamp"], "chat": 1}])
    );
    assert_eq!(ann.get(&format!("{}?limit=1&offset=1", messages(&json!(1)))).await.expect(200), json!([again]));
    let moved = ann.get(&chats(2)).await.expect(200)[0]["last_updated"].clone();
    assert_eq!(moved, listed[2]["timestamp"], "{answer:#}");
    // The same in v1.
    let case = ann.get("/api/v1/cases/1").await.expect(200);
    assert_eq!([&case["title"], &case["kind"]["id"]], [&json!("Chat1_case2"), &json!(2)]);
    world.finish().await;
}

#[tokio::test]
async fn another_s_chat_is_as_if_it_did_not_exist() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let chat = open(&ann, 1, "Chat1").await["id"].clone();
    let not_found = json!({"status": 404, "body": {"detail": "Not found."}});
    for (person, id) in [(&bob, &chat), (&ann, &json!(133))] {
        assert_eq!(whole(person.get(&messages(id)).await), not_found);
        let said = format!("Invalid pk \"{id}\" - object does not exist.");
        let refused = json!({"status": 400, "body": {"chat": [said]}});
        assert_eq!(whole(person.post(WRITE, json!({"content": "Hello", "chat": id})).await), refused);
    }
    assert_eq!(ann.get(&messages(&chat)).await.expect(200), json!([]));
    for kind in [999, 0, -1] {
        assert_eq!(whole(ann.get(&chats(kind)).await), not_found);
        assert_eq!(whole(ann.post(&chats(kind), json!({"title": "Chat"})).await), not_found);
    }
    for id in ["x", "1.5", "%00", "%ff", "99999999999999999999"] {
        for path in [format!("{CASES}{id}/chats/"), format!("{CASES}chat/{id}/messages/")] {
            assert_eq!(whole(ann.get(&path).await), not_found, "{path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    open(&ann, 1, "Chat1").await;
    let required = json!(["This field is required."]);
    let refused = |body: Value| json!({"status": 400, "body": body});
    assert_eq!(whole(ann.post(&chats(1), json!({})).await), refused(json!({"title": required})));
    let long = json!({"title": ["Ensure this field has no more than 200 characters."]});
    assert_eq!(whole(ann.post(&chats(1), json!({"title": "x".repeat(201)})).await), refused(long));
    let both = json!({"content": required, "chat": required});
    assert_eq!(whole(ann.post(WRITE, json!({})).await), refused(both));
    let long = json!({"content": ["Ensure this field has no more than 4000 characters."]});
    assert_eq!(whole(ann.post(WRITE, json!({"content": "x".repeat(4_001), "chat": 1})).await), refused(long));
    let mixed = json!({"content": ["This field may not be blank."], "chat": ["A valid integer is required."]});
    assert_eq!(whole(ann.post(WRITE, json!({"content": " ", "chat": "x"})).await), refused(mixed));
    for _ in 0..49 {
        open(&ann, 1, "Chat").await;
    }
    let full = json!({"detail": "An account can have at most 50 open cases."});
    assert_eq!(whole(ann.post(&chats(1), json!({"title": "Chat"})).await), refused(full));
    world.finish().await;
}
