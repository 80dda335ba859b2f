//! Names, emails and numbers that somebody bears.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Answers, PROFILE, known};
use crate::dialects::support::{by_connectin, by_shared_paths, put, with_token};
use crate::world::World;

#[tokio::test]
async fn what_somebody_bears_is_taken() {
    let world = World::start().await;
    let profile = json!({"username": "Bob", "email": "Bob@Example.org", "contact": "+15550100"});
    known(&world, "bob", profile).await;
    let ann = by_shared_paths(&world, "ann").await;
    let before = ann.get(PROFILE).await.expect(200);
    let mut answers = Answers::default();
    for (field, value) in [
        ("username", "Bob"),
        ("username", "bOB"),
        ("email", "Bob@Example.org"),
        ("email", "bob@EXAMPLE.ORG"),
        ("contact", "+15550100"),
    ] {
        answers.add(&format!("PATCH {field} {value}"), ann.patch(PROFILE, json!({field: value})).await);
        answers.add(&format!("PUT {field} {value}"), put(&ann, PROFILE, json!({field: value})).await);
        assert_eq!(ann.get(PROFILE).await.expect(200), before, "nothing of it is kept");
    }
    assert_kept!("taken", answers);
    world.finish().await;
}

#[tokio::test]
async fn everything_that_is_taken_is_named_at_once() {
    let world = World::start().await;
    known(&world, "bob", json!({"email": "bob@example.org", "contact": "+15550100"})).await;
    let ann = by_shared_paths(&world, "ann").await;
    let body = json!({"username": "bob", "email": "bob@example.org", "contact": "+15550100"});
    let refused = ann.patch(PROFILE, body).await.expect(400);
    let named: Vec<&String> = refused.as_object().expect("fields").keys().collect();
    assert_eq!(named, ["contact", "email", "username"], "{refused:#}");
    world.finish().await;
}

#[tokio::test]
async fn what_is_ones_own_is_not_taken() {
    let world = World::start().await;
    let profile = json!({"email": "ann@example.org", "contact": "+15550100"});
    let ann = known(&world, "ann", profile.clone()).await;
    let before = ann.get(PROFILE).await.expect(200);
    assert_eq!(put(&ann, PROFILE, profile).await.expect(200), before);
    let louder = json!({"username": "ANN", "email": "ANN@example.org", "contact": "+15550100"});
    let changed = ann.patch(PROFILE, louder).await.expect(200);
    assert_eq!((&changed["username"], &changed["email"]), (&json!("ANN"), &json!("ANN@example.org")));
    world.finish().await;
}

#[tokio::test]
async fn what_was_given_up_is_free() {
    let world = World::start().await;
    let profile = json!({"username": "bob", "email": "bob@example.org", "contact": "+15550100"});
    let bob = known(&world, "bob", profile.clone()).await;
    let ann = by_shared_paths(&world, "ann").await;
    ann.patch(PROFILE, profile.clone()).await.expect(400);
    bob.patch(PROFILE, json!({"username": "rob", "email": null, "contact": ""})).await.expect(200);
    let changed = ann.patch(PROFILE, profile.clone()).await.expect(200);
    for (field, value) in profile.as_object().expect("fields") {
        assert_eq!(&changed[field], value, "{field}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_number_is_one_persons_through_this_dialect_alone() {
    let world = World::start().await;
    let number = "+15550100";
    let (ann, bob) = (by_connectin(&world, "ann").await, by_connectin(&world, "bob").await);
    // Through v1, as through connectin, numbers repeat.
    for person in [&ann, &bob] {
        let person = with_token(person, None).sign_in(&person.name).await;
        person.patch("/api/v1/me", json!({"phone": number})).await.expect(200);
    }
    for person in [&ann, &bob] {
        assert_eq!(person.get(PROFILE).await.expect(200)["contact"], number);
    }
    // Whoever bears one that another bears may change the rest.
    let renamed = ann.patch(PROFILE, json!({"full_name": "Ann Lee"})).await.expect(200);
    assert_eq!((&renamed["full_name"], &renamed["contact"]), (&json!("Ann Lee"), &json!(number)));
    let mut answers = Answers::default();
    let cid = by_shared_paths(&world, "cid").await;
    answers.add("one more", cid.patch(PROFILE, json!({"contact": number})).await);
    // A plus is part of the number.
    cid.patch(PROFILE, json!({"contact": "15550100"})).await.expect(200);
    assert_kept!("number", answers);
    world.finish().await;
}

#[tokio::test]
async fn of_those_who_take_the_same_at_once_one_gets_it() {
    let world = World::start().await;
    let mut people = Vec::new();
    for name in ["ann", "bob", "cid", "dan"] {
        people.push(by_shared_paths(&world, name).await);
    }
    for (field, value) in [("username", "eve"), ("email", "eve@example.org"), ("contact", "+15550100")] {
        let body = &json!({field: value});
        let changes = people.iter().map(|person| person.patch(PROFILE, body.clone()));
        let mut got = 0;
        for answer in futures::future::join_all(changes).await {
            if answer.status == 200 {
                got += 1;
            } else {
                assert!(answer.expect(400)[field][0].is_string(), "{field}");
            }
        }
        assert_eq!(got, 1, "{field}");
        let mut bearers = 0;
        for person in &people {
            bearers += usize::from(person.get(PROFILE).await.expect(200)[field] == value);
        }
        assert_eq!(bearers, 1, "{field}");
    }
    world.finish().await;
}

/// Through 000 two may bear one number; neither is told here that its own is taken.
#[tokio::test]
async fn a_number_that_two_bear_already_may_be_said_again() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_connectin(&world, "bob").await);
    let database = &world.core().database;
    let shared = database.engine().statement("UPDATE accounts SET phone = '+15550100'", []);
    database.writer().execute_raw(shared).await.expect("an update");
    for person in [&ann, &bob] {
        let profile = json!({"contact": "+15550100", "industry": "Wool"});
        assert_eq!(put(person, PROFILE, profile).await.expect(200)["contact"], "+15550100");
    }
    world.finish().await;
}
