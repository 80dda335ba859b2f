//! Notifications: what connection requests make of them, and what people write.

use serde_json::{Value, json};

use super::{Answers, NOTIFICATIONS, ask, decide, fill, id, ids, known, login, note, notification_path};
use crate::dialects::support::{by_shared_paths, make_staff};
use crate::world::World;

#[tokio::test]
async fn what_becomes_of_requests_is_listed_newest_first() {
    let world = World::start().await;
    let ann = known(&world, "زهرا", json!({"full_name": "Zahra", "email": "ann@example.org"})).await;
    let bob = known(&world, "bob", json!({"company_name": "Kith", "contact": "5550100"})).await;
    let cid = by_shared_paths(&world, "cid").await;
    let mut answers = Answers::default();
    answers.add("none", ann.get(NOTIFICATIONS).await);
    let first = ask(&ann, &bob).await;
    world.settle().await; // so that ids are the same each time
    let second = ask(&ann, &cid).await;
    world.settle().await;
    decide(&bob, first, "accept").await.expect(200);
    world.settle().await;
    decide(&cid, second, "reject").await.expect(200);
    world.settle().await;
    answers.add("whoever was asked", bob.get(NOTIFICATIONS).await);
    let list = ann.get(NOTIFICATIONS).await;
    for row in list.body.as_array().expect("a list") {
        assert_eq!(&ann.get(&notification_path(id(row))).await.expect(200), row);
    }
    answers.add("whoever asked", list);
    assert_kept!("listed", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_list_goes_on_by_limit_and_offset() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut all = Vec::new();
    for number in 0..4 {
        all.insert(0, note(&ann, &format!("note {number}")).await);
    }
    for (query, expected) in [
        ("", &all[..]),
        ("limit=3", &all[..3]),
        ("limit=3&offset=3", &all[3..]),
        ("offset=2", &all[2..]),
        ("offset=4", &[]),
    ] {
        let list = ann.get(&format!("{NOTIFICATIONS}?{query}")).await.expect(200);
        assert_eq!(ids(&list), expected, "{query}");
    }
    let mut answers = Answers::default();
    answers.add("limit=x&offset=-1", ann.get(&format!("{NOTIFICATIONS}?limit=x&offset=-1")).await);
    assert_kept!("parameters", answers);
    world.finish().await;
}

#[tokio::test]
async fn without_a_limit_there_are_at_most_a_thousand() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    fill(&world, &ann, &bob, 1_001).await;
    let list = ids(&ann.get(NOTIFICATIONS).await.expect(200));
    assert_eq!(list.len(), 1_000);
    assert!(list.windows(2).all(|pair| pair[0] > pair[1]), "newest first");
    let rest = ids(&ann.get(&format!("{NOTIFICATIONS}?offset=1000")).await.expect(200));
    assert_eq!(rest.len(), 1);
    assert!(rest[0] < list[999]);
    assert_eq!(ids(&ann.get(&format!("{NOTIFICATIONS}?limit=2000")).await.expect(200)), list);
    world.finish().await;
}

#[tokio::test]
async fn one_writes_to_oneself() {
    let world = World::start().await;
    let ann = known(&world, "ann", json!({"full_name": "Ann Lee"})).await;
    let mut answers = Answers::default();
    for (about, body) in [
        ("a message", json!({"message": "  Buy milk،\nand bread "})),
        ("requested", json!({"message": "Somebody asked", "verb": "requested"})),
        ("accepted", json!({"message": "Somebody accepted", "verb": "accepted"})),
        ("rejected", json!({"message": "Somebody rejected", "verb": "rejected"})),
        ("the recipient named, as text", json!({"message": "Me", "recipient_id": ann.id.to_string()})),
        ("verb null", json!({"message": "Null", "verb": null})),
        ("verb blank", json!({"message": "Blank", "verb": ""})),
        ("a number", json!({"message": 5})),
    ] {
        let written = ann.post(NOTIFICATIONS, body).await;
        assert_eq!(ann.get(&notification_path(id(&written.body))).await.expect(200), written.body, "{about}");
        answers.add(about, written);
    }
    let longest = "م".repeat(1_000);
    let written = ann.post(NOTIFICATIONS, json!({"message": longest})).await.expect(201);
    assert_eq!(written["message"], longest);
    assert_kept!("written", answers);
    world.finish().await;
}

#[tokio::test]
async fn what_others_may_set_of_a_notification_is_its_text_verb_and_recipient() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let body = json!({"message": "Mine", "id": 999, "read": true, "actor": bob.id, "actor_id": bob.id,
                      "recipient": bob.id, "created_at": "2001-01-01T00:00:00.000000Z"});
    let row = ann.post(NOTIFICATIONS, body).await.expect(201);
    assert_eq!((&row["actor"]["id"], &row["recipient"]["id"]), (&json!(ann.id), &json!(ann.id)));
    assert_eq!((&row["read"], id(&row) == 999), (&json!(false), false));
    assert_ne!(row["created_at"], "2001-01-01T00:00:00.000000Z");
    assert_eq!(bob.get(NOTIFICATIONS).await.expect(200), json!([]));
    world.finish().await;
}

#[tokio::test]
async fn staff_alone_write_to_others() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let body = json!({"message": "Maintenance at noon", "verb": "requested", "recipient_id": bob.id});
    let mut answers = Answers::default();
    answers.add("by anybody", ann.post(NOTIFICATIONS, body.clone()).await);
    answers.add("by anybody, to nobody", ann.post(NOTIFICATIONS, json!({"message": "Hi", "recipient_id": 999})).await);
    assert_eq!(bob.get(NOTIFICATIONS).await.expect(200), json!([]));
    make_staff(&world, &ann).await;
    let written = ann.post(NOTIFICATIONS, body).await;
    assert_eq!(bob.get(NOTIFICATIONS).await.expect(200), json!([written.body]));
    answers.add("by staff", written);
    answers.add("by staff, to nobody", ann.post(NOTIFICATIONS, json!({"message": "Hi", "recipient_id": 999})).await);
    assert_eq!(ann.get(NOTIFICATIONS).await.expect(200), json!([]), "it is not the writer's");
    answers.add("looked at by the writer", ann.get(&notification_path(id(&answers.0[2]["body"]))).await);
    assert_kept!("to_others", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_notification_is_removed_once() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let v1 = login(&ann).await.access;
    let (first, second) = (note(&ann, "first").await, note(&ann, "second").await);
    let mut heard = v1.socket().await;
    assert_eq!(heard.resume(0).await.len(), 2);
    let mut answers = Answers::default();
    answers.add("removed", ann.delete(&notification_path(first)).await);
    assert_eq!(heard.expect("removed").await["notifications"], json!([first]));
    answers.add("removed again", ann.delete(&notification_path(first)).await);
    answers.add("read", ann.get(&notification_path(first)).await);
    answers.add("marked", ann.act(&format!("{}mark-read/", notification_path(first))).await);
    for read in [true, false] {
        let about = format!("changed to {read}");
        answers.add(&about, ann.patch(&notification_path(first), json!({"read": read})).await);
    }
    assert_eq!(ids(&ann.get(NOTIFICATIONS).await.expect(200)), [second]);
    let unread = v1.get("/api/v1/notifications/unread-count").await.expect(200);
    assert_eq!(unread["notifications"], 1);
    heard.expect_nothing().await;
    drop(heard);
    assert_kept!("removed", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_notification_shows_people_as_they_are_now() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    ask(&ann, &bob).await;
    world.settle().await;
    ann.patch(super::PROFILE, json!({"username": "zoë", "full_name": "Zoë"})).await.expect(200);
    let row = bob.get(NOTIFICATIONS).await.expect(200)[0].take();
    assert_eq!(row["message"], "zoë sent you a connection request.");
    assert_eq!((&row["actor"]["username"], &row["actor"]["full_name"]), (&json!("zoë"), &json!("Zoë")));
    world.finish().await;
}

#[tokio::test]
async fn a_text_that_was_edited_elsewhere_shows_edited() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    ask(&ann, &bob).await;
    world.settle().await;
    let row = bob.get(NOTIFICATIONS).await.expect(200)[0].take();
    // Through connectin.
    world.core().notifications.edit(bob.id, id(&row), "Ann wants to meet").await.expect("an edit");
    let mut expected: Value = row.clone();
    expected["message"] = json!("Ann wants to meet");
    assert_eq!(bob.get(&notification_path(id(&row))).await.expect(200), expected);
    world.finish().await;
}
