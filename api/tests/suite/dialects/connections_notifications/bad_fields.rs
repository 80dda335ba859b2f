//! Fields that do not fit: each is named, with what is wrong.

use serde_json::{Value, json};

use super::{Answers, NOTIFICATIONS, PROFILE, REQUESTS, known, note, notification_path};
use crate::dialects::support::{by_shared_paths, put};
use crate::world::World;

#[tokio::test]
async fn a_profile_that_does_not_fit_is_refused_by_field() {
    let world = World::start().await;
    let profile = json!({"email": "ann@example.org", "full_name": "Ann Lee", "contact": "5550100"});
    let ann = known(&world, "ann", profile).await;
    let before = ann.get(PROFILE).await.expect(200);
    let long = |length: usize| json!("x".repeat(length));
    let mut answers = Answers::default();
    for (about, body) in [
        ("username null", json!({"username": null})),
        ("username blank", json!({"username": ""})),
        ("username too long", json!({"username": long(151)})),
        ("username a list", json!({"username": ["ann"]})),
        ("username an object", json!({"username": {}})),
        ("username a truth", json!({"username": true})),
        ("username with a space", json!({"username": "ann lee"})),
        ("username like an email", json!({"username": "ann@example.org"})),
        ("username with a slash", json!({"username": "ann/lee"})),
        ("email no email", json!({"email": "ann"})),
        ("email without a dot", json!({"email": "ann@example"})),
        ("email with a name", json!({"email": "Ann <ann@example.org>"})),
        ("email a list", json!({"email": []})),
        ("email a truth", json!({"email": false})),
        ("contact too short", json!({"contact": "123456"})),
        ("contact too long", json!({"contact": "1234567890123456"})),
        ("contact with letters", json!({"contact": "555-0100"})),
        ("contact with two signs", json!({"contact": "++15550100"})),
        ("contact a list", json!({"contact": [5_550_100]})),
        ("contact a truth", json!({"contact": true})),
        ("full_name too long", json!({"full_name": long(151)})),
        ("full_name a truth", json!({"full_name": true})),
        ("full_name an object", json!({"full_name": {"first": "Ann"}})),
        ("full_name with a bell", json!({"full_name": "Ann\u{7}"})),
        ("company_name too long", json!({"company_name": long(151)})),
        ("company_name a list", json!({"company_name": []})),
        ("industry too long", json!({"industry": long(151)})),
        ("industry a truth", json!({"industry": false})),
        ("address too long", json!({"address": long(501)})),
        ("address an object", json!({"address": {}})),
        ("several", json!({"username": null, "email": [], "full_name": true, "contact": {}})),
        ("several more", json!({"username": "a b", "email": "nonsense", "contact": "1", "address": long(501)})),
    ] {
        let refused = ann.patch(PROFILE, body.clone()).await;
        let by_put = put(&ann, PROFILE, body).await;
        assert_eq!((refused.status, &refused.body), (by_put.status, &by_put.body), "{about}");
        answers.add(about, refused);
    }
    assert_eq!(ann.get(PROFILE).await.expect(200), before, "nothing of it is kept");
    assert_kept!("profile", answers);
    world.finish().await;
}

#[tokio::test]
async fn an_email_that_is_too_long_is_told_so() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    // Nothing else is wrong with it: a local part of 64 characters, and labels of at most 63.
    let label = |length| "x".repeat(length);
    let email = format!("{}@{}.{}.{}.example.org", "a".repeat(64), label(59), label(59), label(58));
    assert_eq!(email.len(), 255);
    let refused = ann.patch(PROFILE, json!({"email": email})).await.expect(400);
    assert_eq!(refused, json!({"email": ["Ensure this field has no more than 254 characters."]}));
    world.finish().await;
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_refused_by_field() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let mut answers = Answers::default();
    for (about, body) in [
        ("nothing", json!({})),
        ("to_user_id null", json!({"to_user_id": null})),
        ("to_user_id blank", json!({"to_user_id": ""})),
        ("to_user_id a word", json!({"to_user_id": "bob"})),
        ("to_user_id half a number", json!({"to_user_id": 1.5})),
        ("to_user_id a truth", json!({"to_user_id": true})),
        ("to_user_id a list", json!({"to_user_id": [bob.id]})),
        ("to_user_id an object", json!({"to_user_id": {"id": bob.id}})),
        ("to_user_id too large", json!({"to_user_id": "99999999999999999999"})),
        ("to_user_id zero", json!({"to_user_id": 0})),
        ("to_user_id below", json!({"to_user_id": -1})),
        ("message a list", json!({"to_user_id": bob.id, "message": ["Hi"]})),
        ("message a truth", json!({"to_user_id": bob.id, "message": true})),
        ("message an object", json!({"to_user_id": bob.id, "message": {}})),
        ("message too long", json!({"to_user_id": bob.id, "message": "x".repeat(501)})),
        ("message with a bell", json!({"to_user_id": bob.id, "message": "\u{7}"})),
        ("both", json!({"to_user_id": "bob", "message": []})),
    ] {
        answers.add(about, ann.post(REQUESTS, body).await);
    }
    answers.add("nothing was sent", ann.get(REQUESTS).await);
    assert_kept!("request", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_notification_that_does_not_fit_is_refused_by_field() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    for (about, body) in [
        ("nothing", json!({})),
        ("message null", json!({"message": null})),
        ("message blank", json!({"message": " "})),
        ("message a list", json!({"message": []})),
        ("message a truth", json!({"message": true})),
        ("message too long", json!({"message": "x".repeat(1_001)})),
        ("message with a bell", json!({"message": "\u{7}"})),
        ("verb cancelled", json!({"message": "Hi", "verb": "cancelled"})),
        ("verb note", json!({"message": "Hi", "verb": "note"})),
        ("verb in capitals", json!({"message": "Hi", "verb": "Accepted"})),
        ("verb a number", json!({"message": "Hi", "verb": 5})),
        ("verb a list", json!({"message": "Hi", "verb": ["accepted"]})),
        ("recipient_id null", json!({"message": "Hi", "recipient_id": null})),
        ("recipient_id a word", json!({"message": "Hi", "recipient_id": "ann"})),
        ("recipient_id half a number", json!({"message": "Hi", "recipient_id": 0.5})),
        ("recipient_id a truth", json!({"message": "Hi", "recipient_id": true})),
        ("recipient_id a list", json!({"message": "Hi", "recipient_id": [1]})),
        ("all", json!({"message": "", "verb": "sang", "recipient_id": "x"})),
    ] {
        answers.add(about, ann.post(NOTIFICATIONS, body).await);
    }
    answers.add("nothing was written", ann.get(NOTIFICATIONS).await);
    assert_kept!("notification", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_mark_that_does_not_fit_is_refused_by_field() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let path = notification_path(note(&ann, "Buy milk").await);
    let mut answers = Answers::default();
    for read in [Value::Null, json!(""), json!("maybe"), json!(2), json!(-1), json!([true]), json!({"read": true})] {
        answers.add(&format!("read {read}"), ann.patch(&path, json!({"read": read})).await);
    }
    answers.add("unread as before", ann.get(&path).await);
    assert_kept!("mark", answers);
    world.finish().await;
}

/// As Django REST Framework validates, and as this layer promises (`drf/README.md`).
#[tokio::test]
async fn everything_that_does_not_fit_is_named_at_once() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut wrong = Vec::new();
    let profile = json!({"full_name": [], "email": "nonsense", "contact": "1", "industry": "x".repeat(151)});
    let request = json!({"to_user_id": "bob", "message": "x".repeat(501)});
    let notification = json!({"message": "x".repeat(1_001), "verb": "sang"});
    for (path, body) in [(PROFILE, profile), (REQUESTS, request), (NOTIFICATIONS, notification)] {
        let answer =
            if path == PROFILE { ann.patch(path, body.clone()).await } else { ann.post(path, body.clone()).await };
        let named: Vec<String> = answer.expect(400).as_object().expect("fields").keys().cloned().collect();
        let expected: Vec<String> = body.as_object().expect("fields").keys().cloned().collect();
        if named != expected {
            wrong.push(format!("{path} names {named:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    world.finish().await;
}
