//! Provinces, cities, and one's addresses in them.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;
use shared::places::{NewCity, NewProvince};

use super::support::{ids, load_places, number};
use crate::world::{Answer, Person, World};

const ADDRESSES: &str = "/api/v1/me/addresses";

/// Loads what ships with Kith.
async fn load_all(world: &World) {
    // The files quote nothing.
    let rows = |text: &'static str| text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let id = |field: &str| field.parse::<i64>().expect("an id");
    let english = |field: &str| Some(field.to_owned()).filter(|name| !name.is_empty());
    let provinces = rows(migration::places::PROVINCES).map(|row| {
        let [number, persian, name] = row.as_slice() else { panic!("{row:?}") };
        NewProvince { id: id(number), name_fa: (*persian).to_owned(), name_en: english(name) }
    });
    let cities = rows(migration::places::CITIES).map(|row| {
        let [number, province, persian, name] = row.as_slice() else { panic!("{row:?}") };
        let (id, province_id) = (id(number), id(province));
        NewCity { id, province_id, name_fa: (*persian).to_owned(), name_en: english(name) }
    });
    world.core().places.load(provinces.collect(), cities.collect(), |_| {}).await.expect("they are loaded");
}

/// A whole list, part by part; how long each part was, too.
async fn whole(person: &Person, path: &str) -> (Vec<Value>, Vec<usize>) {
    let (mut items, mut parts, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let part = person.get(&format!("{path}{cursor}")).await.expect(200);
        let rows = part["items"].as_array().expect("items").clone();
        parts.push(rows.len());
        items.extend(rows);
        let Some(next) = part["next"].as_str() else { return (items, parts) };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn all_of_them_are_listed_for_anybody() {
    let world = World::start().await;
    load_all(&world).await;
    let nobody = Person::stranger(world.apis[0].address);
    let (provinces, parts) = whole(&nobody, "/api/v1/provinces?limit=10").await;
    assert_eq!(parts, [10, 10, 10, 1]);
    let numbers: Vec<_> = provinces.iter().map(|province| province["id"].as_i64().expect("an id")).collect();
    assert_eq!(numbers, (1..=31).collect::<Vec<_>>());
    assert_eq!(provinces[7], json!({"id": 8, "name": "تهران", "name_en": "Tehran"}));

    let (cities, parts) = whole(&nobody, "/api/v1/cities?limit=100").await;
    assert_eq!((cities.len(), parts.len()), (1_353, 14));
    assert!(cities.is_sorted_by_key(|city| city["id"].as_i64()));
    let mut of_provinces = 0;
    for province in numbers {
        let (its, _) = whole(&nobody, &format!("/api/v1/cities?province_id={province}&limit=50")).await;
        assert!(!its.is_empty() && its.iter().all(|city| city["province_id"] == province), "{province}");
        of_provinces += its.len();
    }
    assert_eq!(of_provinces, 1_353);
    assert!(cities.iter().any(|city| city["name_en"] == Value::Null));
    nobody.get("/api/v1/cities?province_id=32").await.expect_problem(404, "not_found");
    // As many as asked for, and nothing after: no empty part is promised.
    let (_, parts) = whole(&nobody, "/api/v1/provinces?limit=31").await;
    assert_eq!(parts, [31]);
    assert_eq!(ids(&nobody.get("/api/v1/provinces").await.expect(200)).len(), 20);
    world.finish().await;
}

/// A cursor that no list gave leads behind every list.
#[tokio::test]
async fn a_cursor_of_no_list_is_named() {
    let world = World::start().await;
    load_places(&world).await;
    let nobody = Person::stranger(world.apis[0].address);
    // i64::MIN, -1, 2^32, i64::MAX
    for cursor in ["gAAAAAAAAAA", "__________8", "AAAAAQAAAAA", "f_________8"] {
        for path in ["provinces", "cities"] {
            let problem = nobody.get(&format!("/api/v1/{path}?cursor={cursor}")).await.expect(422);
            assert_eq!(problem["errors"], json!({"cursor": ["Not a cursor of this list."]}), "{path} {cursor}");
        }
    }
    world.finish().await;
}

async fn change(person: &Person, id: &Value, city: i64) -> Answer {
    person.call(Method::PUT, &format!("{ADDRESSES}/{id}"), json!({"city_id": city})).await
}

#[tokio::test]
async fn addresses_are_kept_moved_and_removed() {
    let world = World::start().await;
    load_places(&world).await;
    let ann = world.person("ann").await;
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!({"items": [], "next": null}));
    let first = ann.lives_in(1).await.expect(201);
    assert_shape!("address", first.clone());
    let second = ann.lives_in(4).await.expect(201);
    // A city says its province, and twice the same is fine.
    assert_eq!((&second["province"]["id"], &second["city"]["id"]), (&json!(2), &json!(4)));
    let third = ann.post(ADDRESSES, json!({"city_id": "1"})).await.expect(201);
    let listed = ann.get(ADDRESSES).await.expect(200);
    assert_eq!(listed, json!({"items": [first, second, third], "next": null}));

    let path = format!("{ADDRESSES}/{}", first["id"]);
    assert_eq!(ann.get(&path).await.expect(200), first);
    let moved = change(&ann, &first["id"], 3).await.expect(200);
    assert_eq!((&moved["id"], &moved["created_at"]), (&first["id"], &first["created_at"]));
    assert_eq!((&moved["province"]["id"], &moved["city"]["province_id"]), (&json!(2), &json!(2)));
    assert_eq!(ann.get(&path).await.expect(200), moved);

    ann.delete(&path).await.expect(204);
    ann.delete(&path).await.expect_problem(404, "not_found");
    ann.get(&path).await.expect_problem(404, "not_found");
    change(&ann, &first["id"], 1).await.expect_problem(404, "not_found");
    assert_eq!(ann.get(ADDRESSES).await.expect(200)["items"], json!([second, third]));
    world.finish().await;
}

#[tokio::test]
async fn there_is_no_address_in_a_city_that_is_not_there() {
    let world = World::start().await;
    load_places(&world).await;
    let ann = world.person("ann").await;
    let kept = ann.lives_in(1).await.expect(201);
    for city in [0, 5, -1, i64::MAX] {
        let problem = ann.lives_in(city).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["city_id"][0].is_string(), "{problem:#}");
        let problem = change(&ann, &kept["id"], city).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["city_id"][0].is_string(), "{problem:#}");
    }
    assert_eq!(ann.get(ADDRESSES).await.expect(200)["items"], json!([kept]));
    world.finish().await;
}

#[tokio::test]
async fn anothers_address_is_not_there_and_stays_as_it_is() {
    let world = World::start().await;
    load_places(&world).await;
    let (ann, eve) = (world.person("ann").await, world.person("eve").await);
    let kept = ann.lives_in(1).await.expect(201);
    let path = format!("{ADDRESSES}/{}", kept["id"]);
    eve.get(&path).await.expect_problem(404, "not_found");
    // Nor does a city that is not there tell that the address is.
    for city in [2, 999] {
        change(&eve, &kept["id"], city).await.expect_problem(404, "not_found");
    }
    eve.delete(&path).await.expect_problem(404, "not_found");
    assert_eq!(eve.get(ADDRESSES).await.expect(200)["items"], json!([]));
    assert_eq!(ann.get(ADDRESSES).await.expect(200)["items"], json!([kept]));
    world.finish().await;
}

#[tokio::test]
async fn nobody_keeps_more_than_a_hundred() {
    let mut world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let there = world.add_api().await.address;
    load_places(&world).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for _ in 0..96 {
        ann.lives_in(1).await.expect(201);
    }
    // Two at once count one another.
    let mut made = 0;
    let elsewhere = ann.at(there);
    for answer in join_all((0..24).map(|number| [&ann, &elsewhere][number % 2].lives_in(2))).await {
        if answer.status == 201 {
            made += 1;
        } else {
            assert_shape!("too_many_addresses", answer.expect_problem(409, "too_many_addresses"));
        }
    }
    assert_eq!(made, 4);
    assert_eq!(number(&world, "SELECT count(*) FROM addresses").await, 100);
    let all = ann.get(ADDRESSES).await.expect(200);
    assert_eq!(ids(&all).len(), 100);
    change(&ann, &all["items"][0]["id"], 3).await.expect(200);
    bob.lives_in(1).await.expect(201);
    ann.delete(&format!("{ADDRESSES}/{}", all["items"][0]["id"])).await.expect(204);
    ann.lives_in(1).await.expect(201);
    world.finish().await;
}
