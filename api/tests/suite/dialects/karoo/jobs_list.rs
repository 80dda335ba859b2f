//! Everybody's jobs: what the list shows, and what it is asked for.

use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{LIST, MUSIC, make, own};
use super::stranger;
use crate::dialects::support::{put, whole};
use crate::world::{Person, World};

/// The numbers of the jobs that a query finds.
pub(super) async fn found(person: &Person, query: &str) -> Vec<Value> {
    let Value::Array(rows) = person.get(&format!("{LIST}?{query}")).await.expect(200) else { panic!("an array") };
    rows.into_iter().map(|row| row["id"].clone()).collect()
}

/// Gives a job stars of one more person.
async fn rated(world: &World, job: &Value, stars: i64) {
    let count = super::number(world, "SELECT count(*) FROM accounts", []).await;
    let person = world.person(&format!("rater{count}")).await;
    let said = json!({"title": "Done", "comment": "It is done", "rating": stars, "job": job});
    person.post("/jobs/comment/create/", said).await.expect(201);
}

#[tokio::test]
async fn the_list_shows_every_job_oldest_first() {
    let (world, ann, bob) = world().await;
    let nobody = stranger(&world);
    assert_eq!(nobody.get(LIST).await.expect(200), json!([]));
    let first = make(&ann, json!({"experiences": "Hidden here", "skills": ["Plumbing"]})).await;
    let told = json!({"title": "Lessons", "description": "By ear", "SubCategory": MUSIC, "province": "Fars",
                      "city": "شیراز"});
    let second = make(&bob, told).await;
    rated(&world, &second, 5).await;
    rated(&world, &second, 4).await;
    let rows = json!([
        {"id": first, "title": "Leaks mended", "description": null, "average_rating": 0.0, "main_picture_url": null,
         "province_name": "تهران", "city_name": "تهران"},
        {"id": second, "title": "Lessons", "description": "By ear", "average_rating": 4.5, "main_picture_url": null,
         "province_name": "Fars", "city_name": "شیراز"}
    ]);
    for person in [&nobody, &ann, &bob] {
        for path in [LIST, "/jobs/list", "/jobs/list/?search=&category=&min_rating=&unknown=1", "/jobs/list/?limit=2"] {
            assert_eq!(person.get(path).await.expect(200), rows, "{path}");
        }
    }
    for (query, expected) in
        [("limit=1", json!([rows[0]])), ("limit=1&offset=1", json!([rows[1]])), ("offset=2", json!([]))]
    {
        assert_eq!(nobody.get(&format!("{LIST}?{query}")).await.expect(200), expected, "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn jobs_are_found_by_what_they_are_and_where() {
    let (world, ann, bob) = world().await;
    let nobody = stranger(&world);
    let tehran = make(&ann, json!({"skills": ["Plumbing", "Driving"]})).await;
    let qom = make(&bob, json!({"province": "قم", "city": "قم", "SubCategory": 7, "skills": ["driving"]})).await;
    let rey = make(&ann, json!({"city": "ری", "SubCategory": MUSIC})).await;
    for stars in [4, 5, 4] {
        rated(&world, &tehran, stars).await; // 4.33
    }
    rated(&world, &qom, 3).await;
    let (all, none) = (vec![&tehran, &qom, &rey], vec![]);
    for (query, expected) in [
        ("", all.clone()),
        ("category=2", vec![&tehran, &qom]),
        ("category=repairs", vec![&tehran, &qom]),
        ("category=REPAIRS", vec![&tehran, &qom]),
        ("category=3", vec![&rey]),
        ("category=1", none.clone()),
        ("category=99", none.clone()),
        ("category=Nothing", none.clone()),
        ("subcategory=6", vec![&tehran]),
        ("subcategory=plumbing", vec![&tehran]),
        ("subcategory=%20Electrical%20%20WORK%20", vec![&qom]),
        ("subcategory=Repairs", none.clone()),
        ("province=8", vec![&tehran, &rey]),
        ("province=تهران", vec![&tehran, &rey]),
        ("province=TEHRAN", vec![&tehran, &rey]),
        ("province=%D8%AA%D9%87%D8%B1%D8%A7%D9%86", vec![&tehran, &rey]),
        ("province=fake", none.clone()),
        ("province=99", none.clone()),
        ("city=ري", vec![&rey]),
        ("city=tehran", vec![&tehran]),
        ("city=قم", vec![&qom]),
        ("city=fake", none.clone()),
        ("city=999999", none.clone()),
        ("skill=4", vec![&tehran]),
        ("skill=8", vec![&tehran, &qom]),
        ("skill=DRIVING", vec![&tehran, &qom]),
        ("skill=Nothing", none.clone()),
        ("skill=99999999999999999999", none.clone()),
        ("min_rating=3", vec![&tehran, &qom]),
        ("min_rating=3.01", vec![&tehran]),
        ("min_rating=4.33", vec![&tehran]),
        ("min_rating=4.34", none.clone()),
        ("min_rating=5.5", none.clone()),
        ("min_rating=0", all.clone()),
        ("min_rating=0.01", vec![&tehran, &qom]),
        ("category=2&province=Qom", vec![&qom]),
        ("category=2&skill=driving&min_rating=3&city=تهران&search=leaks", vec![&tehran]),
        ("category=2&subcategory=13", none.clone()),
        ("province=Qom&city=ری", none.clone()),
        ("skill=driving&limit=1&offset=1", vec![&qom]),
    ] {
        let expected: Vec<Value> = expected.into_iter().cloned().collect();
        assert_eq!(found(&nobody, query).await, expected, "{query}");
    }
    let city = super::number(&world, "SELECT city_id FROM listings WHERE id = $1", [rey.as_i64().into()]).await;
    assert_eq!(found(&nobody, &format!("city={city}")).await, [rey]);
    world.finish().await;
}

#[tokio::test]
async fn jobs_are_found_by_parts_of_their_texts() {
    let (world, ann, bob) = world().await;
    let nobody = stranger(&world);
    let first = make(&ann, json!({"title": "100% Fast_Work", "description": "At night too"})).await;
    let second = make(&ann, json!({"title": "کاشي‌كاری", "experiences": "۱۲ سال", "description": "Nightly"})).await;
    let third = make(&bob, json!({"title": "1000 fast works", "initial_cost": "zebra", "skills": ["zebra"]})).await;
    for (text, expected) in [
        ("fast", vec![&first, &third]),
        ("FAST wOrK", vec![&first, &third]),
        ("work fast", vec![&first, &third]),
        ("100%25", vec![&first]),
        ("%25", vec![&first]),
        ("t_w", vec![&first]),
        ("_", vec![&first]),
        ("100%25 night", vec![&first]),
        ("night", vec![&first, &second]),
        ("nightly کاشی", vec![&second]),
        ("کاشیکاری", vec![&second]),
        ("کاشی‌کاری", vec![&second]),
        ("كاشي", vec![&second]),
        ("12 سال", vec![&second]),
        ("٢", vec![&second]),
        ("\\", vec![]),
        ("zebra", vec![]),
        ("Work At", vec![&first]),
        ("work at night day", vec![]),
        ("%E2%80%8C", vec![]),
        ("+", vec![&first, &second, &third]),
        ("'", vec![]),
    ] {
        let expected: Vec<Value> = expected.into_iter().cloned().collect();
        assert_eq!(found(&nobody, &format!("search={text}")).await, expected, "{text}");
    }
    // What a job said before does not find it any more.
    put(&ann, &own(&first), json!({"title": "Slow", "description": null})).await.expect(200);
    assert_eq!(found(&nobody, "search=fast").await, [third]);
    assert_eq!(found(&nobody, "search=slow").await, [first]);
    world.finish().await;
}

#[tokio::test]
async fn parameters_that_do_not_fit_are_named() {
    let (world, ann, _) = world().await;
    let id = make(&ann, json!({})).await;
    let nobody = stranger(&world);
    let number = "A valid number is required.";
    for text in ["x", "-1", "NaN", "inf", "1e400", "4,5", "99999999"] {
        let answer = nobody.get(&format!("{LIST}?min_rating={text}")).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {"min_rating": [number]}}), "{text}");
    }
    let nul = "Null characters are not allowed.";
    for field in ["search", "category", "subcategory", "province", "city", "skill", "min_rating"] {
        let answer = nobody.get(&format!("{LIST}?{field}=a%00b")).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {field: [nul]}}), "{field}");
        // Bytes that are no text, and texts that are long, find nothing at worst.
        for text in ["%ff%ed%a0%80".to_owned(), "ب".repeat(2_000), "9".repeat(2_000)] {
            let status = nobody.get(&format!("{LIST}?{field}={text}&%00=%zz&&%")).await.status.as_u16();
            assert!(status < 500, "{field} {text:.9}");
        }
    }
    let both = nobody.get(&format!("{LIST}?min_rating=x&category=%00")).await;
    assert_eq!(whole(both), json!({"status": 400, "body": {"min_rating": [number], "category": [nul]}}));
    let long = nobody.get(&format!("{LIST}?search={}", "a".repeat(101))).await;
    let said = json!({"search": ["Must have at most 100 characters, and none of them NUL."]});
    assert_eq!(whole(long), json!({"status": 400, "body": said}));
    assert_eq!(found(&nobody, &format!("search={}", "leaks ".repeat(16))).await, [id]);
    for (query, field) in [("limit=0", "limit"), ("limit=x", "limit"), ("offset=-1", "offset")] {
        let said = nobody.get(&format!("{LIST}?{query}")).await.expect(400);
        assert_eq!(said.as_object().expect("fields").keys().collect::<Vec<_>>(), [field], "{query}");
    }
    world.finish().await;
}
