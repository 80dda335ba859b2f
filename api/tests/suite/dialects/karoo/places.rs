//! Provinces and cities, for anybody.

use reqwest::Method;
use serde_json::{Value, json};

use super::{CITIES, PROVINCES, stranger};
use crate::dialects::support::{form, load_places, multipart, send, whole};
use crate::world::{Person, World};

async fn rows(person: &Person, path: &str) -> Vec<Value> {
    match person.get(path).await.expect(200) {
        Value::Array(rows) => rows,
        other => panic!("{path} is no array: {other:#}"),
    }
}

fn ids(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

/// The rows of a file that ships with Kith.
fn shipped(file: &str, row: impl Fn(&csv::StringRecord) -> Value) -> Vec<Value> {
    let file = format!("{}/../migration/data/iran/{file}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(file).expect("the file is there");
    reader.records().map(|record| row(&record.expect("a row"))).collect()
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

#[tokio::test]
async fn all_31_provinces_and_1353_cities_are_there_without_a_token() {
    let world = World::start().await;
    let nobody = stranger(&world);
    assert_eq!(rows(&nobody, PROVINCES).await, Vec::<Value>::new());
    assert_eq!(rows(&nobody, CITIES).await, Vec::<Value>::new());
    load_places(&world).await;
    load_places(&world).await; // may be repeated
    let provinces = rows(&nobody, PROVINCES).await;
    assert_eq!(provinces.len(), 31);
    let first = json!([{"id": 1, "name": "آذربایجان شرقی"}, {"id": 2, "name": "آذربایجان غربی"},
                       {"id": 3, "name": "اردبیل"}]);
    assert_eq!(json!(provinces[..3]), first, "as the document has them");
    assert_eq!(provinces, shipped("provinces", |row| json!({"id": number(&row[0]), "name": &row[1]})));
    let cities = rows(&nobody, CITIES).await;
    assert_eq!(cities.len(), 1_353);
    let city = |row: &csv::StringRecord| json!({"id": number(&row[0]), "name": &row[2], "province": number(&row[1])});
    assert_eq!(cities, shipped("cities", city));
    assert!(ids(&cities).is_sorted());
    for path in ["/users/provinces", "/users/cities"] {
        assert_eq!(json!(rows(&nobody, path).await), nobody.get(&format!("{path}/")).await.expect(200));
    }
    world.finish().await;
}

#[tokio::test]
async fn limit_and_offset_page_on() {
    let world = World::start().await;
    load_places(&world).await;
    let nobody = stranger(&world);
    let all = ids(&rows(&nobody, CITIES).await);
    for (path, expected) in [
        ("/users/provinces/?limit=2", vec![1, 2]),
        ("/users/provinces/?limit=2&offset=30", vec![31]),
        ("/users/provinces/?offset=29", vec![30, 31]),
        ("/users/provinces/?offset=31", vec![]),
        ("/users/cities/?limit=3&offset=1350", all[1350..].to_vec()),
        ("/users/cities/?limit=5000", all.clone()),
        ("/users/cities/?offset=4294967295", vec![]),
    ] {
        assert_eq!(ids(&rows(&nobody, path).await), expected, "{path}");
    }
    for path in [PROVINCES, CITIES] {
        for (query, field) in [("limit=x", "limit"), ("limit=0", "limit"), ("offset=-1", "offset")] {
            let answer = nobody.get(&format!("{path}?{query}")).await.expect(400);
            assert_eq!(answer.as_object().expect("fields").keys().collect::<Vec<_>>(), [field], "{path} {query}");
        }
    }
    let of_tehran = nobody.post("/users/cities/?limit=2&offset=1", json!({"province": "تهران"})).await.expect(200);
    let expected =
        json!([{"id": 342, "name": "آبعلی", "province": 8}, {"id": 343, "name": "احمد آباد مستوفی", "province": 8}]);
    assert_eq!(of_tehran, expected);
    world.finish().await;
}

#[tokio::test]
async fn cities_are_found_by_their_province_however_it_is_written() {
    let world = World::start().await;
    load_places(&world).await;
    let nobody = stranger(&world);
    let all = rows(&nobody, CITIES).await;
    for (id, names) in [
        (
            1,
            &[
                "آذربایجان شرقی",
                "آذربايجان شرقي",
                "  آذربایجان   شرقی ",
                "آذربایجانشرقی",
                "آذربایجان\u{200c}شرقی",
                "آذربایجان\u{a0}شرقی",
                "اذربایجان شرقی",
                "East Azerbaijan",
                "EAST AZERBAIJAN",
                "east  azerbaijan",
                "EastAzerbaijan",
            ][..],
        ),
        (9, &["چهارمحال و بختیاری", "چهار محال و بختياري", "چهارمحال\u{200c} و بختیاری", "chaharmahal AND bakhtiari"]),
        (21, &["کرمان", "كرمان", "کر\u{200d}مان", "kerman"]),
        (22, &["کرمانشاه", "KERMANSHAH"]),
        (23, &["Kohgiluyeh and Boyer-Ahmad", "كهگيلويه و بويراحمد"]),
    ] {
        let expected: Vec<Value> = all.iter().filter(|row| row["province"] == id).cloned().collect();
        assert!(expected.len() > 5);
        for name in names {
            let answer = nobody.post(CITIES, json!({"province": name})).await.expect(200);
            assert_eq!(answer, json!(expected), "{name:?}");
        }
    }
    let (kind, parts) = multipart(&[("province", "كرمان")]);
    let by_json = nobody.post(CITIES, json!({"province": "کرمان"})).await.expect(200);
    assert_eq!(form(&nobody, Method::POST, CITIES, &[("province", "کرمان")]).await.expect(200), by_json);
    assert_eq!(send(&nobody, Method::POST, "/users/cities", Some(kind), parts).await.expect(200), by_json);
    world.finish().await;
}

#[tokio::test]
async fn a_province_that_is_none_is_said_in_the_document_s_words() {
    let world = World::start().await;
    load_places(&world).await;
    let nobody = stranger(&world);
    let long = "ت".repeat(100_000);
    // A city's name is no province's, nor is a part of one, nor what is folded away whole.
    for name in ["fake", "کاشان", "Kashan", "آذربایجان", "Azerbaijan", "%", "\u{200c}", "\u{301}", "8", &long]
    {
        let answer = nobody.post(CITIES, json!({"province": name})).await;
        assert_eq!(whole(answer), json!({"status": 404, "body": {"error": "Province not found"}}), "{name:.20?}");
    }
    for (body, said) in [
        (json!({}), "This field is required."),
        (json!({"province": ""}), "This field may not be blank."),
        (json!({"province": "  "}), "This field may not be blank."),
        (json!({"province": null}), "This field may not be null."),
        (json!({"province": ["تهران"]}), "Not a valid string."),
        (json!({"province": "تهران\u{0}"}), "Null characters are not allowed."),
    ] {
        let answer = nobody.post(CITIES, body.clone()).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {"province": [said]}}), "{body}");
    }
    let none = nobody.act(CITIES).await;
    assert_eq!(whole(none), json!({"status": 400, "body": {"province": ["This field is required."]}}));
    world.finish().await;
}
