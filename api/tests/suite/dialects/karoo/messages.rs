//! `/support/send_message/` and `/support/chatroom/{email}/`: the chats of every surface, by email.

use serde_json::{Value, json};

use super::SEND;
use crate::dialects::support::{by_connectin, by_karoo, execute, whole};
use crate::world::{Answer, Person, World};

async fn say(person: &Person, email: &str, content: &str) -> Answer {
    person.post(SEND, json!({"recipient_email": email, "content": content})).await
}

fn room(email: &str) -> String {
    format!("/support/chatroom/{email}/")
}

fn not_found() -> Value {
    json!({"status": 404, "body": {"detail": "Not found."}})
}

#[tokio::test]
async fn two_write_to_each_other_and_read_it_oldest_first() {
    let world = World::start().await;
    let (ann, bob, cat) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await, by_karoo(&world, "cat").await);
    assert_eq!(ann.get(&room("bob@example.org")).await.expect(200), json!([]), "nothing was said yet");
    let first = say(&ann, " BOB@example.org ", " M1 ").await.expect(201);
    let expected = json!({"content": "M1", "timestamp": first["timestamp"], "sender_email": "ann@example.org",
        "recipient_email": "bob@example.org"});
    assert_eq!(first, expected);
    let stamp = first["timestamp"].as_str().expect("a time");
    assert!(stamp.len() == 27 && stamp.ends_with('Z'), "{stamp}");
    let second = say(&bob, "ann@example.org", "M2").await.expect(201);
    say(&ann, "cat@example.org", "Not for bob").await.expect(201);
    let third = say(&ann, "bob@example.org", "M3").await.expect(201);
    let both = json!([first, second, third]);
    assert_eq!(ann.get(&room("bob@example.org")).await.expect(200), both);
    assert_eq!(bob.get(&room("Ann%40example.org")).await.expect(200), both);
    assert_eq!(ann.get(&format!("{}?limit=1&offset=1", room("bob@example.org"))).await.expect(200), json!([second]));
    assert_eq!(cat.get(&room("bob@example.org")).await.expect(200), json!([]));
    // The same chat in v1, where it counts as unread.
    let chats = bob.get("/api/v1/chats").await.expect(200)["items"].clone();
    assert_eq!((chats[0]["unread"].clone(), chats[0]["last_message"]["text"].clone()), (json!(2), json!("M3")));
    let id = &chats[0]["id"];
    let said = bob.post(&format!("/api/v1/chats/{id}/messages"), json!({"text": "M4"})).await.expect(201);
    assert_eq!(ann.get(&room("bob@example.org")).await.expect(200)[3]["content"], "M4");
    bob.delete(&format!("/api/v1/chats/{id}/messages/{}", said["id"])).await.expect(204);
    assert_eq!(ann.get(&room("bob@example.org")).await.expect(200), both);
    world.finish().await;
}

#[tokio::test]
async fn nobody_is_found_who_is_not_there() {
    let world = World::start().await;
    let (ann, bob, cat) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await, by_karoo(&world, "cat").await);
    say(&ann, "bob@example.org", "Hello").await.expect(201);
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE id = $1", [cat.id.into()]).await;
    for (person, email) in [
        (&ann, "bob@example.org"),
        (&bob, "ann@example.org"),
        (&ann, "cat@example.org"),
        (&ann, "nobody@example.org"),
        (&ann, "no email"),
    ] {
        assert_eq!(whole(say(person, email, "Hello").await), not_found(), "{email}");
        assert_eq!(whole(person.get(&room(&email.replace(' ', "%20"))).await), not_found(), "{email}");
    }
    for email in ["%00", "a%00b@example.org", "%ff", "%ed%a0%80"] {
        assert_eq!(whole(ann.get(&room(email)).await), not_found(), "{email}");
    }
    world.finish().await;
}

/// Whoever confirmed an email bears it; an account without one has none to show.
#[tokio::test]
async fn an_email_means_whoever_confirmed_it() {
    let world = World::start().await;
    let (claimant, ann) = (by_connectin(&world, "bob").await, by_karoo(&world, "ann").await);
    say(&ann, "bob@example.org", "To the one who claims it").await.expect(201);
    assert_eq!(claimant.get(&room("ann@example.org")).await.expect(200)[0]["content"], "To the one who claims it");
    let nameless = world.person("dan").await;
    let chat = nameless.post("/api/v1/chats", json!({"account_id": ann.id})).await.expect(200);
    nameless.post(&format!("/api/v1/chats/{}/messages", chat["id"]), json!({"text": "Hello"})).await.expect(201);
    let said = nameless.get(&room("ann@example.org")).await.expect(200)[0].clone();
    assert_eq!([&said["sender_email"], &said["recipient_email"]], [&Value::Null, &json!("ann@example.org")]);
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let world = World::start().await;
    let (ann, _bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let refused = |body: Value| json!({"status": 400, "body": body});
    let required = json!(["This field is required."]);
    let both = json!({"recipient_email": required, "content": required});
    assert_eq!(whole(ann.post(SEND, json!({})).await), refused(both));
    let long = json!({"content": ["Ensure this field has no more than 4000 characters."]});
    assert_eq!(whole(say(&ann, "bob@example.org", &"x".repeat(4_001)).await), refused(long));
    let blank = json!({"content": ["This field may not be blank."]});
    assert_eq!(whole(say(&ann, "bob@example.org", "  ").await), refused(blank));
    let own = json!({"recipient_email": ["You can not write to yourself."]});
    assert_eq!(whole(say(&ann, "ann@example.org", "Hello").await), refused(own));
    assert_eq!(ann.get(&room("ann@example.org")).await.expect(200), json!([]));
    assert_eq!(ann.get(&room("bob@example.org")).await.expect(200), json!([]));
    world.finish().await;
}
