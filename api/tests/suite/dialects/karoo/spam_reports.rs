//! `POST /support/spam_report/`: a listing is reported to the staff.

use serde_json::{Value, json};

use super::SPAM;
use crate::dialects::support::{by_karoo, execute, load_places, make_staff, whole};
use crate::world::{Person, World};

/// A listing of somebody's; answers its id: the first is 1.
async fn listing(world: &World, owner: &Person) {
    execute(
        world,
        "INSERT INTO listings (account_id, subcategory_id, title, province_id, city_id,
             province_language, city_language, search, created_at, updated_at)
         SELECT a.id, 1, 'Plumbing', 1, 1, 'fa', 'fa', 'plumbing', a.created_at, a.created_at
         FROM accounts a WHERE a.id = $1",
        [owner.id.into()],
    )
    .await;
}

#[tokio::test]
async fn a_listing_is_reported_to_the_staff() {
    let world = World::start().await;
    let (ann, bob, sue) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await, by_karoo(&world, "sue").await);
    load_places(&world).await;
    listing(&world, &bob).await;
    let said = json!({"message": "This is harsh", "job": 1});
    assert_eq!(ann.post(SPAM, said.clone()).await.expect(200), said);
    assert_eq!(
        ann.post(SPAM, json!({"message": "Harsh", "job": "1"})).await.expect(200),
        json!({"message": "Harsh", "job": 1})
    );
    make_staff(&world, &sue).await;
    let reports = sue.get("/api/v1/admin/reports").await.expect(200)["items"].clone();
    assert_eq!(reports.as_array().expect("items").len(), 1, "while it waits it is one");
    let report = &reports[0];
    assert_eq!(
        [
            &report["subject"],
            &report["subject_id"],
            &report["message"],
            &report["user"]["id"],
            &report["reporter"]["id"]
        ],
        [&json!("listing"), &json!(1), &json!("Harsh"), &json!(bob.id), &json!(ann.id)]
    );
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    load_places(&world).await;
    listing(&world, &ann).await;
    listing(&world, &bob).await;
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    let no_object = |id: i64| json!({"job": [format!("Invalid pk \"{id}\" - object does not exist.")]});
    let required = json!(["This field is required."]);
    for (body, expected) in [
        (json!({}), json!({"message": required, "job": required})),
        (
            json!({"message": " ", "job": "x"}),
            json!({"message": ["This field may not be blank."], "job": ["A valid integer is required."]}),
        ),
        (
            json!({"message": "x".repeat(1_001), "job": 1}),
            json!({"message": ["Ensure this field has no more than 1000 characters."]}),
        ),
        (json!({"message": "Harsh", "job": 999}), no_object(999)),
        (json!({"message": "Harsh", "job": 2}), no_object(2)),
        (json!({"message": "Harsh", "job": 1}), json!({"job": ["You can not report your own job."]})),
    ] {
        let answer: Value = whole(ann.post(SPAM, body).await);
        assert_eq!(answer, json!({"status": 400, "body": expected}));
    }
    world.finish().await;
}
