//! Addresses: making, listing, finding and deleting them.

use reqwest::Method;
use serde_json::{Value, json};

use super::{ADDRESSES, stranger};
use crate::dialects::support::{by_karoo, form, load_places, multipart, put, send, whole};
use crate::world::{Person, World};

pub(super) fn path(id: &Value) -> String {
    format!("/users/settings/address-edit/{id}/")
}

/// A world with places, and two people in it.
pub(super) async fn world() -> (World, Person, Person) {
    let world = World::start().await;
    load_places(&world).await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    (world, ann, bob)
}

/// Makes an address; answers its id.
pub(super) async fn create(person: &Person, province: &str, city: &str) -> Value {
    person.post(ADDRESSES, json!({"province": province, "city": city})).await.expect(201)["id"].clone()
}

/// The address as it is shown.
pub(super) fn shown(id: &Value, person: &Person, province: &str, city: &str) -> Value {
    json!({"id": id, "user": person.id, "province_name": province, "city_name": city})
}

#[tokio::test]
async fn an_address_is_made_found_listed_and_deleted() {
    let (world, ann, bob) = world().await;
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!([]));
    let made = ann.post(ADDRESSES, json!({"province": "اصفهان", "city": "اصفهان"})).await.expect(201);
    let first = shown(&made["id"], &ann, "اصفهان", "اصفهان");
    assert_eq!(made, first);
    let fields = [("province", "تهران"), ("city", "تهران"), ("user", "999"), ("id", "999")];
    let made = form(&ann, Method::POST, ADDRESSES, &fields).await.expect(201);
    let second = shown(&made["id"], &ann, "تهران", "تهران");
    assert_eq!(made, second);
    let (kind, parts) = multipart(&[("province", "فارس"), ("city", "شیراز")]);
    let made = send(&ann, Method::POST, "/users/settings/address-list", Some(kind), parts).await.expect(201);
    let third = shown(&made["id"], &ann, "فارس", "شیراز");
    assert_eq!(made, third);
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!([first, second, third]), "ascending");
    assert_eq!(bob.get(ADDRESSES).await.expect(200), json!([]), "one's own alone");
    for row in [&first, &second, &third] {
        assert_eq!(ann.get(&path(&row["id"])).await.expect(200), *row);
        assert_eq!(ann.get(path(&row["id"]).trim_end_matches('/')).await.expect(200), *row);
    }
    for (query, expected) in [
        ("limit=2", json!([first, second])),
        ("limit=2&offset=1", json!([second, third])),
        ("offset=2", json!([third])),
        ("offset=3", json!([])),
    ] {
        assert_eq!(ann.get(&format!("{ADDRESSES}?{query}")).await.expect(200), expected, "{query}");
    }
    let answer = ann.get(&format!("{ADDRESSES}?limit=x&offset=-1")).await.expect(400);
    assert_eq!(answer.as_object().expect("fields").keys().collect::<Vec<_>>(), ["limit", "offset"]);
    let response = ann.request(Method::DELETE, &path(&second["id"])).send().await.expect("an answer");
    assert_eq!(response.status(), 204);
    assert!(response.bytes().await.expect("a body").is_empty(), "nothing");
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!([first, third]));
    let fourth = create(&ann, "قم", "قم").await;
    assert!(fourth.as_i64() > third["id"].as_i64(), "no id returns");
    world.finish().await;
}

#[tokio::test]
async fn each_name_is_shown_in_the_language_in_which_it_was_set() {
    let (world, ann, _) = world().await;
    for (province, city, province_name, city_name) in [
        ("tehran", "TEHRAN", "Tehran", "Tehran"),
        ("Isfahan", "كاشان", "Isfahan", "کاشان"),
        ("اصفهان", "kashan", "اصفهان", "Kashan"),
        (" خراسان\u{200c}رضوي ", "NISHAPUR ", "خراسان رضوی", "Nishapur"),
        ("South Khorasan", "آرين شهر", "South Khorasan", "آرین شهر"),
        // A city without a name in English has its Persian one.
        ("East Azerbaijan", "آذرشهر", "East Azerbaijan", "آذرشهر"),
    ] {
        let made = ann.post(ADDRESSES, json!({"province": province, "city": city})).await.expect(201);
        let expected = shown(&made["id"], &ann, province_name, city_name);
        assert_eq!(made, expected);
        assert_eq!(ann.get(&path(&made["id"])).await.expect(200), expected);
    }
    world.finish().await;
}

/// Cities of one name lie in several provinces: the one in the province is meant.
#[tokio::test]
async fn a_city_s_name_means_the_one_in_the_province() {
    let (world, ann, _) = world().await;
    let provinces = ["آذربایجان غربی", "چهارمحال و بختیاری", "خوزستان", "هرمزگان"];
    let mut cities = Vec::new();
    for province in provinces {
        let id = create(&ann, province, "سردشت").await;
        assert_eq!(ann.get(&path(&id)).await.expect(200), shown(&id, &ann, province, "سردشت"));
        let row = ann.get(&format!("/api/v1/me/addresses/{id}")).await;
        if row.status == 200 {
            cities.push(row.body["city"]["id"].clone());
        }
    }
    if !cities.is_empty() {
        assert_eq!(json!(cities), json!([85, 399, 604, 1275]));
    }
    let answer = ann.post(ADDRESSES, json!({"province": "تهران", "city": "سردشت"})).await;
    assert_eq!(whole(answer), json!({"status": 404, "body": {"message": "City does not exist."}}));
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_exist_or_is_missing_is_said_in_the_document_s_words() {
    let (world, ann, _) = world().await;
    let missing = |what: &str| json!({"status": 404, "body": {"message": format!("{what} does not exist.")}});
    for (province, city, expected) in [
        ("fake", "تهران", missing("Province")),
        ("تهران", "fake", missing("City")),
        ("fake", "fake", missing("Province")),
        ("تهران", "اصفهان", missing("City")),
        ("کاشان", "کاشان", missing("Province")),
    ] {
        let answer = ann.post(ADDRESSES, json!({"province": province, "city": city})).await;
        assert_eq!(whole(answer), expected, "{province} {city}");
    }
    let failed = |why: &str| json!({"status": 400, "body": {"message": format!("Error creating address: {why}")}});
    let required = "This field is required.";
    for (body, why) in [
        (json!({}), format!("city: {required} province: {required}")),
        (json!({"province": "تهران"}), format!("city: {required}")),
        (json!({"city": "تهران"}), format!("province: {required}")),
        (json!({"province": "", "city": "تهران"}), format!("province: {required}")),
        (json!({"province": "تهران", "city": null}), format!("city: {required}")),
        (json!({"province": "تهران", "city": ["x"]}), "city: Not a valid string.".to_owned()),
        (json!({"province": "a\u{0}", "city": "x"}), "province: Null characters are not allowed.".to_owned()),
    ] {
        assert_eq!(whole(ann.post(ADDRESSES, body.clone()).await), failed(&why), "{body}");
    }
    assert_eq!(whole(ann.act(ADDRESSES).await)["status"], 400);
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!([]));
    world.finish().await;
}

#[tokio::test]
async fn a_hundred_addresses_are_kept_at_most_also_of_those_made_at_once() {
    let (world, ann, bob) = world().await;
    for _ in 0..95 {
        create(&ann, "قم", "قم").await;
    }
    let makes = (0..10).map(|_| ann.post(ADDRESSES, json!({"province": "قم", "city": "قم"})));
    let answers = futures::future::join_all(makes).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (5, 5));
    for answer in refused {
        let why = "Error creating address: An account can keep at most 100 addresses.";
        assert_eq!(whole(answer), json!({"status": 400, "body": {"message": why}}));
    }
    let Value::Array(rows) = ann.get(ADDRESSES).await.expect(200) else { panic!("an array") };
    assert_eq!(rows.len(), 100);
    create(&bob, "قم", "قم").await;
    ann.delete(&path(&rows[0]["id"])).await.expect(204);
    create(&ann, "قم", "قم").await;
    world.finish().await;
}

#[tokio::test]
async fn another_s_address_is_as_if_it_did_not_exist() {
    let (world, ann, bob) = world().await;
    let id = create(&ann, "اصفهان", "کاشان").await;
    let gone = create(&ann, "قم", "قم").await;
    ann.delete(&path(&gone)).await.expect(204);
    let expected = shown(&id, &ann, "اصفهان", "کاشان");
    let change = json!({"province": "تهران", "city": "تهران"});
    let never = json!(999_999);
    for (about, person, id) in [("another's", &bob, &id), ("a deleted one", &ann, &gone), ("none", &ann, &never)] {
        let not_found = json!({"status": 404, "body": ["Not found!"]});
        assert_eq!(whole(person.get(&path(id)).await), not_found, "{about}");
        assert_eq!(whole(put(person, &path(id), change.clone()).await), not_found, "{about}");
        assert_eq!(whole(put(person, &path(id), json!({"city": ["x"]})).await), not_found, "{about}");
        let not_deleted = json!({"status": 404, "body": {"message": "Address does not exist"}});
        assert_eq!(whole(person.delete(&path(id)).await), not_deleted, "{about}");
    }
    assert_eq!(ann.get(ADDRESSES).await.expect(200), json!([expected]), "nothing is changed");
    for id in ["0", "-1", "x", "1.5", "%00", "%ff", "99999999999999999999", "١"] {
        let path = format!("/users/settings/address-edit/{id}/");
        for answer in [ann.get(&path).await, put(&ann, &path, change.clone()).await, ann.delete(&path).await] {
            assert_eq!(answer.status, 404, "{id}: {:#}", answer.body);
        }
    }
    let unsigned = stranger(&world);
    let no_token = json!({"status": 401, "body": {"detail": "Authentication credentials were not provided."}});
    assert_eq!(whole(unsigned.get(&path(&id)).await), no_token);
    assert_eq!(whole(unsigned.delete(&path(&id)).await), no_token);
    world.finish().await;
}
