//! Changing an address: what is known of the names is taken, and a city lies in its province.

use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::{create, path, shown, world};
use crate::dialects::support::{form, put, send, whole};

const APART: &str = "The city does not lie in the province.";

#[tokio::test]
async fn all_or_some_of_it_changes() {
    let (world, ann, bob) = world().await;
    let id = create(&ann, "اصفهان", "اصفهان").await;
    let other = create(&ann, "قم", "قم").await;
    for (body, province, city) in [
        (json!({"province": "تهران", "city": "تهران"}), "تهران", "تهران"),
        (json!({"province": "fake city name", "city": "تهران"}), "تهران", "تهران"),
        (json!({"province": "Tehran"}), "Tehran", "تهران"),
        (json!({"city": "tehran"}), "Tehran", "Tehran"),
        (json!({"city": "آبعلي"}), "Tehran", "آبعلی"),
        (json!({"province": "تهران", "city": "fake"}), "تهران", "آبعلی"),
        (json!({"province": "fake", "city": "fake"}), "تهران", "آبعلی"),
        (json!({"province": "fake"}), "تهران", "آبعلی"),
        (json!({"city": "fake"}), "تهران", "آبعلی"),
        (json!({"province": "", "city": null}), "تهران", "آبعلی"),
        (json!({"id": 999, "user": 999, "province_name": "قم", "city_name": "قم"}), "تهران", "آبعلی"),
        (json!({}), "تهران", "آبعلی"),
        (json!({"province": "فارس", "city": "شيراز"}), "فارس", "شیراز"),
    ] {
        let expected = shown(&id, &ann, province, city);
        assert_eq!(put(&ann, &path(&id), body.clone()).await.expect(200), expected, "{body}");
        assert_eq!(ann.get(&path(&id)).await.expect(200), expected, "{body}");
    }
    let expected = shown(&id, &ann, "فارس", "شیراز");
    assert_eq!(ann.put(&path(&id)).await.expect(200), expected, "no body");
    let expected = shown(&id, &ann, "Qom", "قم");
    let fields = [("province", "qom"), ("city", "قم")];
    let without = path(&id).trim_end_matches('/').to_owned();
    assert_eq!(form(&ann, Method::PUT, &without, &fields).await.expect(200), expected);
    assert_eq!(ann.get(&path(&other)).await.expect(200), shown(&other, &ann, "قم", "قم"), "and no other does");
    assert_eq!(bob.get("/users/settings/address-list/").await.expect(200), json!([]));
    world.finish().await;
}

#[tokio::test]
async fn names_that_do_not_agree_are_refused_and_nothing_changes() {
    let (world, ann, _) = world().await;
    let id = create(&ann, "Isfahan", "کاشان").await;
    let before = ann.get(&path(&id)).await.expect(200);
    for (about, body) in [
        ("a city of another province", json!({"province": "تهران", "city": "شیراز"})),
        ("a province whose city stays elsewhere", json!({"province": "تهران"})),
        ("a city that does not lie in the province that stays", json!({"city": "تهران"})),
        ("and one of an unknown province", json!({"province": "fake", "city": "Tehran"})),
        ("a province, and a city that nothing is", json!({"province": "تهران", "city": "fake"})),
        ("a city of four other provinces", json!({"city": "سردشت"})),
    ] {
        let answer = put(&ann, &path(&id), body).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {"city": [APART]}}), "{about}");
        assert_eq!(ann.get(&path(&id)).await.expect(200), before, "{about}");
    }
    // A city of a name that two provinces have is the one in the province that is asked for, or stays.
    let moved = put(&ann, &path(&id), json!({"province": "فارس", "city": "دولت آباد"})).await;
    assert_eq!(whole(moved)["status"], 400, "there is none in it");
    let moved = put(&ann, &path(&id), json!({"city": "دولت آباد"})).await.expect(200);
    assert_eq!(moved, shown(&id, &ann, "Isfahan", "دولت آباد"));
    let moved = put(&ann, &path(&id), json!({"province": "خراسان رضوی", "city": "دولت آباد"})).await.expect(200);
    assert_eq!(moved, shown(&id, &ann, "خراسان رضوی", "دولت آباد"));
    let back = put(&ann, &path(&id), json!({"province": "اصفهان"})).await;
    assert_eq!(whole(back)["status"], 400, "the city that stays is the other of that name");
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_name_is_named() {
    let (world, ann, _) = world().await;
    let id = create(&ann, "قم", "قم").await;
    for field in ["province", "city"] {
        for (given, said) in [
            (r#"["x"]"#, "Not a valid string."),
            ("true", "Not a valid string."),
            (r#""a\u0000b""#, "Null characters are not allowed."),
            (r#""a\ud800""#, "Surrogate characters are not allowed: U+D800."),
        ] {
            let body = format!("{{\"{field}\": {given}}}");
            let answer = send(&ann, Method::PUT, &path(&id), Some("application/json"), body).await;
            assert_eq!(whole(answer), json!({"status": 400, "body": {field: [said]}}), "{field} {given}");
        }
    }
    assert_eq!(ann.get(&path(&id)).await.expect(200), shown(&id, &ann, "قم", "قم"));
    world.finish().await;
}

/// Two changes at once leave one of the two, whole.
#[tokio::test]
async fn changes_at_once_leave_a_city_in_its_province() {
    let (world, ann, _) = world().await;
    let id = create(&ann, "قم", "قم").await;
    let pairs = [("تهران", "تهران"), ("فارس", "شیراز"), ("اصفهان", "کاشان"), ("قم", "قم")];
    let at = path(&id);
    let changes = pairs.iter().cycle().take(16).map(|(province, city)| {
        let body = json!({"province": province, "city": city});
        put(&ann, &at, body)
    });
    for answer in futures::future::join_all(changes).await {
        answer.expect(200);
    }
    let last: Value = ann.get(&at).await.expect(200);
    let whole = pairs.iter().any(|(province, city)| last == shown(&id, &ann, province, city));
    assert!(whole, "{last:#}");
    world.finish().await;
}
