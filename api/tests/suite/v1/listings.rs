//! Listings: made, shown, changed, taken away.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{execute, ids, load_places, number};
use crate::world::{Person, World};

const LISTINGS: &str = "/api/v1/listings";

pub(super) fn path(id: i64) -> String {
    format!("{LISTINGS}/{id}")
}

/// A world with places, and two people in it.
pub(super) async fn market() -> (World, Person, Person) {
    let world = World::start().await;
    load_places(&world).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    (world, ann, bob)
}

/// All that a listing can say.
fn everything() -> Value {
    json!({
        "title": " Gardens ",
        "subcategory_id": 2,
        "city_id": 3,
        "description": "Roses, lawns",
        "experiences": "Ten years",
        "hourly_price": "20",
        "initial_cost": "5",
        "skills": ["Pruning", "gardening", "PRUNING"],
        "timetable": [
            {"day": "sunday", "slots": []},
            {"day": "friday", "slots": [{"starts": "13:00", "ends": "17:30:15"}, {"starts": "09:00", "ends": "12:00"}]},
        ],
    })
}

#[tokio::test]
async fn a_listing_is_made_shown_to_anybody_changed_and_taken_away() {
    let (world, ann, bob) = market().await;
    let made = ann.post(LISTINGS, everything()).await.expect(201);
    assert_shape!("listing", made.clone());
    let id = made["id"].as_i64().expect("an id");
    let nobody = Person::stranger(world.apis[0].address);
    for person in [&ann, &bob, &nobody] {
        assert_eq!(person.get(&path(id)).await.expect(200), made);
    }
    let listed = nobody.get(LISTINGS).await.expect(200);
    assert_shape!("listings", listed.clone());
    assert_eq!(ann.get("/api/v1/me/listings").await.expect(200), listed);
    assert_eq!(bob.get("/api/v1/me/listings").await.expect(200)["items"], json!([]));

    world.bed.clock.turn(chrono::TimeDelta::minutes(10));
    let change = json!({"title": "Lawns", "subcategory_id": 6, "city_id": 1, "description": null, "hourly_price": "",
                        "skills": ["Mowing"], "timetable": [{"day": "monday", "slots": []}]});
    let changed = ann.patch(&path(id), change).await.expect(200);
    let mut expected = made.clone();
    for (field, value) in [
        ("title", json!("Lawns")),
        ("category", json!({"id": 2, "title": "Repairs"})),
        ("subcategory", json!({"id": 6, "title": "Plumbing"})),
        ("province", json!({"id": 1, "name": "province 1", "name_en": "province no. 1"})),
        ("city", json!({"id": 1, "province_id": 1, "name": "city 1", "name_en": "city no. 1"})),
        ("description", json!(null)),
        ("hourly_price", json!(null)),
        ("timetable", json!([{"day": "monday", "slots": []}])),
        ("skills", json!([{"id": changed["skills"][0]["id"], "title": "Mowing"}])),
        ("updated_at", changed["updated_at"].clone()),
    ] {
        expected[field] = value;
    }
    assert_eq!(changed, expected);
    assert_ne!(changed["updated_at"], made["updated_at"]);
    assert_eq!(bob.get(&path(id)).await.expect(200), changed);
    let same = ann.patch(&path(id), json!({})).await.expect(200);
    assert_eq!((&same["skills"], &same["timetable"]), (&changed["skills"], &changed["timetable"]), "nothing given");

    ann.delete(&path(id)).await.expect(204);
    for person in [&ann, &nobody] {
        person.get(&path(id)).await.expect_problem(404, "not_found");
        assert_eq!(person.get(LISTINGS).await.expect(200)["items"], json!([]));
    }
    ann.delete(&path(id)).await.expect_problem(404, "not_found");
    for table in ["listing_skills", "listing_days", "listing_slots"] {
        assert_eq!(number(&world, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    world.finish().await;
}

#[tokio::test]
async fn what_a_listing_can_not_say_is_named() {
    let (world, ann, _) = market().await;
    let id = ann.offers(json!({})).await;
    let slot = |starts: &str, ends: &str| json!({"starts": starts, "ends": ends});
    let day = |day: &str, slots: Value| json!([{"day": day, "slots": slots}]);
    let cases = [
        ("title", json!(" "), "This field may not be blank."),
        ("title", json!("x".repeat(201)), "Ensure this field has no more than 200 characters."),
        ("description", json!("x".repeat(5_001)), "Ensure this field has no more than 5000 characters."),
        ("initial_cost", json!("x".repeat(201)), "Ensure this field has no more than 200 characters."),
        ("subcategory_id", json!(999), "There is no such subcategory."),
        ("city_id", json!(999), "There is no such city."),
        ("skills", json!([""]), "This field may not be blank."),
        ("skills", json!(["x".repeat(61)]), "Ensure this field has no more than 60 characters."),
        ("skills", json!(["\u{200d}"]), "This field may not be blank."),
        ("skills", (0..31).map(|n| format!("skill {n}")).collect(), "A listing has at most 30 skills."),
        ("timetable", day("fryday", json!([])), "fryday: There is no such day of the week."),
        (
            "timetable",
            day("friday", json!([slot("9:00", "8:00")])),
            "friday: A time slot must end after it starts; 9:00 to 8:00 does not.",
        ),
        (
            "timetable",
            day("friday", json!([slot("10:00", "12:00"), slot("09:00", "10:01")])),
            "friday: The time slots that start at 09:00:00 and 10:00:00 overlap.",
        ),
    ];
    let before = ann.get(&path(id)).await.expect(200);
    for (field, value, reason) in cases {
        let mut body = json!({"title": "A garden", "subcategory_id": 2, "city_id": 1});
        body[field] = value.clone();
        for answer in [ann.post(LISTINGS, body).await, ann.patch(&path(id), json!({field: value})).await] {
            let problem = answer.expect_problem(422, "invalid");
            assert_eq!(problem["errors"], json!({field: [reason]}));
        }
    }
    let problem = ann.patch(&path(id), json!({"main_picture_id": 1})).await.expect_problem(422, "invalid");
    assert_eq!(problem["errors"], json!({"main_picture_id": ["The listing has no such picture."]}));
    assert_eq!(ann.get(&path(id)).await.expect(200), before);
    assert_eq!(number(&world, "SELECT COUNT(*) FROM listings").await, 1);
    assert_eq!(number(&world, "SELECT COUNT(*) FROM skills").await, 16, "the starters");
    world.finish().await;
}

#[tokio::test]
async fn a_repeat_under_a_key_makes_no_second_one() {
    let (world, ann, bob) = market().await;
    let make = async |person: &Person, title: &str| {
        let body = json!({"title": title, "subcategory_id": 2, "city_id": 1});
        person.send(person.request(Method::POST, LISTINGS).header("idempotency-key", "one").json(&body)).await
    };
    let made = make(&ann, "A garden").await.expect(201);
    assert_eq!(make(&ann, "A garden").await.expect(201), made);
    make(&ann, "A lawn").await.expect_problem(422, "key_mismatch");
    make(&bob, "A lawn").await.expect(201);
    assert_eq!(ids(&ann.get(LISTINGS).await.expect(200)).len(), 2);
    world.finish().await;
}

#[tokio::test]
async fn an_account_has_two_hundred_at_most() {
    let (world, ann, bob) = market().await;
    execute(
        &world,
        &format!(
            "INSERT INTO listings (account_id, subcategory_id, title, province_id, city_id,
                 province_language, city_language, search, created_at, updated_at)
             SELECT a.id, 2, 'one of many', 1, 1, 'fa', 'fa', 'one of many', a.created_at, a.created_at
             FROM accounts a CROSS JOIN provinces p CROSS JOIN cities c CROSS JOIN subcategories s
             WHERE a.id = {} ORDER BY p.id, c.id, s.id LIMIT 199",
            ann.id
        ),
    )
    .await;
    ann.offers(json!({})).await;
    let body = json!({"title": "A garden", "subcategory_id": 2, "city_id": 1});
    ann.post(LISTINGS, body).await.expect_problem(409, "too_many_listings");
    bob.offers(json!({})).await;
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_not_there_offers_nothing() {
    let (world, ann, bob) = market().await;
    let id = ann.offers(json!({})).await;
    let nobody = Person::stranger(world.apis[0].address);
    let gone = async |person: &Person| {
        person.get(&path(id)).await.expect_problem(404, "not_found");
        person.get(&format!("{}/reviews", path(id))).await.expect_problem(404, "not_found");
        assert_eq!(person.get(LISTINGS).await.expect(200)["items"], json!([]));
    };
    for (blocker, blocked) in [(&ann, &bob), (&bob, &ann)] {
        blocker.put(&format!("/api/v1/blocks/{}", blocked.id)).await.expect(204);
        gone(&bob).await;
        // Nor does an attempt to change it tell that it is there.
        bob.patch(&path(id), json!({"title": "Mine"})).await.expect_problem(404, "not_found");
        bob.delete(&path(id)).await.expect_problem(404, "not_found");
        nobody.get(&path(id)).await.expect(200);
        blocker.delete(&format!("/api/v1/blocks/{}", blocked.id)).await.expect(204);
        bob.get(&path(id)).await.expect(200);
    }
    world.settle().await;
    let now = world.core().writer.now();
    let suspend = format!("UPDATE accounts SET suspended_at = '{}' WHERE id = {}", now.to_rfc3339(), ann.id);
    execute(&world, &suspend).await;
    gone(&bob).await;
    gone(&nobody).await;
    world.finish().await;
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_told_so_where_none_is_needed() {
    let (world, ann, _) = market().await;
    let id = ann.offers(json!({})).await;
    let mut expired = ann.clone();
    expired.token = Some("nonsense".to_owned());
    for path in [LISTINGS.to_owned(), path(id), format!("{}/reviews", path(id))] {
        expired.get(&path).await.expect_problem(401, "invalid_token");
    }
    world.finish().await;
}

#[tokio::test]
async fn categories_and_skills_are_listed_for_anybody() {
    let (world, ann, _) = market().await;
    let nobody = Person::stranger(world.apis[0].address);
    let categories = nobody.get("/api/v1/categories?limit=2").await.expect(200);
    assert_shape!("categories", categories.clone());
    let next = format!("/api/v1/categories?cursor={}", categories["next"].as_str().expect("more"));
    assert_eq!(ids(&nobody.get(&next).await.expect(200)), [3, 4, 5, 6, 7, 8]);
    ann.offers(json!({"skills": ["هرس درختان"]})).await;
    let found = async |text: &str| {
        let found = nobody.get(&format!("/api/v1/skills?q={text}")).await.expect(200);
        let titles = found["items"].as_array().expect("items").iter().map(|skill| skill["title"].clone());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(found("هرس").await, ["هرس درختان"]);
    assert_eq!(found("GARD").await, ["Gardening"]);
    assert_eq!(found("%25").await, [""; 0]);
    assert_eq!(found("").await.len(), 17);
    world.finish().await;
}
