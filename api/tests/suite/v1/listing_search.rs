//! Finding listings: each filter, all of them together, and part by part.

use serde_json::{Value, json};

use super::listings::market;
use super::support::ids;
use crate::world::Person;

const LISTINGS: &str = "/api/v1/listings";

/// The ids of what is found, newest first.
async fn found(person: &Person, query: &str) -> Vec<i64> {
    let list = person.get(&format!("{LISTINGS}?{query}")).await.expect(200);
    assert_eq!(list["next"], Value::Null, "{query}");
    ids(&list)
}

fn friday(starts: &str, ends: &str) -> Value {
    json!([{"day": "friday", "slots": [{"starts": starts, "ends": ends}]}])
}

/// Three listings of Ann's, in their order.
async fn offers(ann: &Person) -> [i64; 3] {
    [
        ann.offers(json!({"title": "Gardens and lawns", "subcategory_id": 2, "city_id": 1, "skills": ["Pruning"],
                          "timetable": friday("09:00", "12:00")}))
            .await,
        ann.offers(json!({"title": "باغبانی", "description": "100% of كاشت_ها", "subcategory_id": 1, "city_id": 2,
                          "skills": ["Pruning", "Mowing"], "timetable": friday("11:00", "17:00")}))
            .await,
        ann.offers(json!({"title": "Pipes", "experiences": "Gardens too", "subcategory_id": 6, "city_id": 3})).await,
    ]
}

#[tokio::test]
async fn each_filter_finds_what_it_says() {
    let (world, ann, bob) = market().await;
    let [one, two, three] = offers(&ann).await;
    let other = bob.offers(json!({"title": "Something else", "city_id": 4, "subcategory_id": 11})).await;
    let skill = |title: &'static str| {
        let ann = ann.clone();
        async move { ids(&ann.get(&format!("/api/v1/skills?q={title}")).await.expect(200))[0] }
    };
    let (pruning, mowing) = (skill("pruning").await, skill("mowing").await);
    for (query, expected) in [
        ("q=garden".to_owned(), vec![three, one]),
        ("q=LAWNS%20gardens".to_owned(), vec![one]),
        ("q=lawns%20pipes".to_owned(), vec![]),
        ("q=کاشت".to_owned(), vec![two]),
        ("q=باغ".to_owned(), vec![two]),
        ("q=100%25".to_owned(), vec![two]),
        ("q=1%25".to_owned(), vec![]),
        ("q=_ها".to_owned(), vec![two]),
        ("q=g_rden".to_owned(), vec![]),
        ("q=%20".to_owned(), vec![other, three, two, one]),
        ("q=%E2%80%8D".to_owned(), vec![]),
        ("category_id=1".to_owned(), vec![two, one]),
        ("subcategory_id=2".to_owned(), vec![one]),
        ("province_id=1".to_owned(), vec![two, one]),
        ("city_id=3".to_owned(), vec![three]),
        ("city_id=999".to_owned(), vec![]),
        (format!("skill_id={pruning}"), vec![two, one]),
        (format!("skill_id={mowing}"), vec![two]),
        ("open_on=friday&open_at=11:30".to_owned(), vec![two, one]),
        ("open_on=friday&open_at=09:00:00".to_owned(), vec![one]),
        ("open_on=friday&open_at=12:00".to_owned(), vec![two]),
        ("open_on=friday&open_at=17:00".to_owned(), vec![]),
        ("open_on=saturday&open_at=11:30".to_owned(), vec![]),
        (format!("user_id={}", bob.id), vec![other]),
        (format!("category_id=1&province_id=1&skill_id={pruning}&open_on=friday&open_at=10:00&q=lawn"), vec![one]),
    ] {
        assert_eq!(found(&bob, &query).await, expected, "{query}");
        assert_eq!(found(&Person::stranger(bob.address), &query).await, expected, "{query}");
    }
    world.settle().await;
    world.finish().await;
}

#[tokio::test]
async fn stars_are_a_filter_to_the_hundredth() {
    let (world, ann, bob) = market().await;
    let [one, two, three] = offers(&ann).await;
    let cat = world.person("cat").await;
    for (listing, stars) in [(one, [4, 5]), (two, [1, 2])] {
        bob.reviews(listing, stars[0]).await;
        cat.reviews(listing, stars[1]).await;
    }
    for (least, expected) in [
        ("0", vec![three, two, one]),
        ("1.5", vec![two, one]),
        ("1.51", vec![one]),
        ("4.5", vec![one]),
        ("4.51", vec![]),
        ("5", vec![]),
    ] {
        assert_eq!(found(&ann, &format!("min_rating={least}")).await, expected, "{least}");
    }
    assert_eq!(found(&ann, "").await, [three, two, one]);
    world.settle().await;
    world.finish().await;
}

#[tokio::test]
async fn what_comes_and_goes_meanwhile_moves_nothing_between_parts() {
    let (world, ann, _) = market().await;
    let mut all = Vec::new();
    for number in 0..7 {
        all.push(ann.offers(json!({"title": format!("Garden {number}")})).await);
    }
    all.reverse();
    let part = async |cursor: &str| {
        let list = ann.get(&format!("{LISTINGS}?limit=3&q=garden{cursor}")).await.expect(200);
        (ids(&list), list["next"].as_str().map(|next| format!("&cursor={next}")))
    };
    let (first, next) = part("").await;
    assert_eq!(first, all[..3]);
    ann.offers(json!({"title": "A garden that comes late"})).await;
    ann.delete(&format!("{LISTINGS}/{}", all[1])).await.expect(204);
    let (second, next) = part(&next.expect("more")).await;
    assert_eq!(second, all[3..6]);
    let (third, next) = part(&next.expect("more")).await;
    assert_eq!((third.as_slice(), next), (&all[6..], None));
    world.finish().await;
}

#[tokio::test]
async fn a_text_is_at_most_a_hundred_characters() {
    let (world, ann, _) = market().await;
    let found = ann.get(&format!("{LISTINGS}?q={}", "x".repeat(101))).await.expect_problem(422, "invalid");
    assert_eq!(found["errors"]["q"], json!(["Must have at most 100 characters, and none of them NUL."]));
    assert_eq!(ann.get(&format!("{LISTINGS}?q={}", "x".repeat(100))).await.expect(200)["items"], json!([]));
    world.finish().await;
}
