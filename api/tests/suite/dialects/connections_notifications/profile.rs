//! One's profile: reading it, and changing a part of it.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answers, PROFILE, known, login};
use crate::dialects::support::{by_connectin, by_shared_paths, put};
use crate::world::{Person, World};

/// Everything of a profile that can be set.
fn whole_profile() -> Value {
    json!({
        "username": "ann.lee",
        "email": "Ann@Example.org",
        "full_name": "Ann Lee",
        "contact": "+989121234567",
        "company_name": "Kith",
        "address": "1 Main Street\nTehran",
        "industry": "Networks",
    })
}

async fn change(person: &Person, method: &Method, body: Value) -> crate::world::Answer {
    person.send(person.request(method.clone(), PROFILE).json(&body)).await
}

#[tokio::test]
async fn a_new_account_reads_its_profile() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    answers.add("by the shared paths", ann.get(PROFILE).await);
    let bob = by_connectin(&world, "bob").await;
    answers.add("by connectin", bob.get(PROFILE).await);
    let cid = world.person("cid").await;
    answers.add("by v1", cid.get(PROFILE).await);
    assert_kept!("read", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_put_and_a_patch_set_every_field() {
    let world = World::start().await;
    for method in [Method::PUT, Method::PATCH] {
        let name = method.as_str().to_ascii_lowercase();
        let person = by_shared_paths(&world, &name).await;
        let mut profile = whole_profile();
        // Two accounts can't share these.
        profile["username"] = json!(format!("{name}.lee"));
        profile["email"] = json!(format!("{name}@Example.org"));
        profile["contact"] = json!(format!("+98912000000{}", person.id));
        let mut answers = Answers::default();
        answers.add("the change", change(&person, &method, profile).await);
        let read = person.get(PROFILE).await;
        assert_eq!(read.body, answers.0[0]["body"], "it is kept");
        answers.add("read afterwards", read);
        assert_kept!(format!("set_by_{name}"), answers);
        // The old name is free, and signs nobody in.
        by_shared_paths(&world, &name).await;
        login(&Person { name: format!("{name}.lee"), ..person }).await;
    }
    world.finish().await;
}

#[tokio::test]
async fn a_put_and_a_patch_leave_what_they_do_not_name() {
    let world = World::start().await;
    let ann = known(&world, "ann", whole_profile()).await;
    let mut expected = ann.get(PROFILE).await.expect(200);
    for (method, field, value) in [
        (Method::PUT, "full_name", "Ann B. Lee"),
        (Method::PATCH, "address", "2 Main Street"),
        (Method::PUT, "industry", "Paper"),
        (Method::PATCH, "username", "ann"),
        (Method::PUT, "email", "lee@example.org"),
        (Method::PATCH, "contact", "5550100"),
        (Method::PUT, "company_name", "Kin"),
    ] {
        expected[field] = json!(value);
        assert_eq!(change(&ann, &method, json!({field: value})).await.expect(200), expected, "{method} {field}");
        assert_eq!(ann.get(PROFILE).await.expect(200), expected, "{method} {field}");
    }
    for method in [Method::PUT, Method::PATCH] {
        assert_eq!(change(&ann, &method, json!({})).await.expect(200), expected, "nothing");
        assert_eq!(ann.send(ann.request(method, PROFILE)).await.expect(200), expected, "no body");
    }
    world.finish().await;
}

#[tokio::test]
async fn what_an_account_is_stays() {
    let world = World::start().await;
    let ann = known(&world, "ann", whole_profile()).await;
    let before = ann.get(PROFILE).await.expect(200);
    for method in [Method::PUT, Method::PATCH] {
        let body = json!({
            "user_id": 999,
            "id": 999,
            "date_joined": "2001-01-01T00:00:00.000000Z",
            "is_active": false,
            "is_staff": true,
            "staff": true,
            "password": "another horse battery",
            "nonsense": [1],
        });
        assert_eq!(change(&ann, &method, body).await.expect(200), before, "{method}");
    }
    assert_eq!(ann.get(PROFILE).await.expect(200), before);
    // The password is the old one, and the account is nobody's master.
    let ann = login(&Person { name: "ann.lee".to_owned(), ..ann }).await.sliding;
    let bob = by_shared_paths(&world, "bob").await;
    ann.post(super::NOTIFICATIONS, json!({"message": "Hi", "recipient_id": bob.id})).await.expect(403);
    world.finish().await;
}

#[tokio::test]
async fn a_field_is_emptied_by_null_and_by_blank() {
    let world = World::start().await;
    let ann = known(&world, "ann", whole_profile()).await;
    let full = ann.get(PROFILE).await.expect(200);
    for field in ["email", "full_name", "contact", "company_name", "address", "industry"] {
        for empty in [Value::Null, json!(""), json!(" \t ")] {
            let mut expected = full.clone();
            expected[field] = Value::Null;
            let changed = ann.patch(PROFILE, json!({field: empty})).await.expect(200);
            assert_eq!(changed, expected, "{field} by {empty}");
            assert_eq!(ann.get(PROFILE).await.expect(200), expected, "{field} by {empty}");
            let restored = put(&ann, PROFILE, json!({field: full[field]})).await.expect(200);
            assert_eq!(restored, full, "{field}");
        }
    }
    let mut answers = Answers::default();
    let nothing = json!({"email": null, "full_name": "", "contact": " ", "company_name": null, "address": "",
                         "industry": null});
    answers.add("all at once", ann.patch(PROFILE, nothing).await);
    for (about, empty) in [("null", Value::Null), ("blank", json!("")), ("spaces", json!("  "))] {
        answers.add(&format!("the username by {about}"), ann.patch(PROFILE, json!({"username": empty})).await);
    }
    assert_kept!("emptied", answers);
    world.finish().await;
}

#[tokio::test]
async fn text_is_trimmed_numbers_are_text_and_letters_are_anybodys() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    let spaced = json!({"username": " ann ", "email": " ann@example.org ", "full_name": "\n Ann Lee\t",
                        "contact": " 5550100 ", "company_name": " Kith", "address": "1 ", "industry": " N"});
    answers.add("spaces around", ann.patch(PROFILE, spaced).await);
    let numbers = json!({"username": 5, "full_name": 1.5, "contact": 5_550_101, "company_name": -3});
    answers.add("numbers", ann.patch(PROFILE, numbers).await);
    let letters = json!({"username": "زهرا", "full_name": "زهرا کیانی", "company_name": "Ünïted Çödérs 株式会社",
                         "address": "تهران، خیابان آزادی", "industry": "🧶"});
    answers.add("letters", ann.patch(PROFILE, letters).await);
    let longest = json!({"username": "é".repeat(150), "full_name": "ف".repeat(150), "company_name": "ç".repeat(150),
                         "industry": "ß".repeat(150), "address": "ا".repeat(500), "contact": "123456789012345"});
    let as_long = ann.patch(PROFILE, longest.clone()).await.expect(200);
    for (field, value) in longest.as_object().expect("fields") {
        assert_eq!(&as_long[field], value, "{field} may be as long as that");
    }
    assert_kept!("letters", answers);
    world.finish().await;
}
