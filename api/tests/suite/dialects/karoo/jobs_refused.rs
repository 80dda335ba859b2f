//! What a job can't say, and whose it is not.

use serde_json::{Value, json};
use shared::config::RateLimits;

use super::addresses::world;
use super::jobs::{JOBS, LIST, MUSIC, make, offer, own, shown};
use crate::dialects::support::{by_karoo, execute, load_places, put, whole};
use crate::world::World;

const REQUIRED: &str = "This field is required.";
const BLANK: &str = "This field may not be blank.";
const NULL: &str = "This field may not be null.";
const NO_TEXT: &str = "Not a valid string.";
const NO_NUMBER: &str = "A valid integer is required.";

/// Fields that do not fit, and what is said of each.
fn misfits() -> Vec<(Value, Value)> {
    let long = |most: usize| format!("Ensure this field has no more than {most} characters.");
    let text = |most: usize| "ب".repeat(most + 1);
    vec![
        (
            json!({"title": "", "SubCategory": [], "province": {}, "city": "a\u{0}"}),
            json!({"title": [BLANK], "SubCategory": [NO_NUMBER], "province": [NO_TEXT],
                   "city": ["Null characters are not allowed."]}),
        ),
        (json!({"title": null}), json!({"title": [NULL]})),
        (json!({"title": true}), json!({"title": [NO_TEXT]})),
        (json!({"title": "a\u{7}"}), json!({"title": ["Must not contain control characters."]})),
        (json!({"title": text(200)}), json!({"title": [long(200)]})),
        (json!({"description": text(5_000)}), json!({"description": [long(5_000)]})),
        (json!({"experiences": text(5_000), "title": ""}), json!({"experiences": [long(5_000)], "title": [BLANK]})),
        (json!({"approximation_cph": text(200)}), json!({"approximation_cph": [long(200)]})),
        (json!({"initial_cost": text(200)}), json!({"initial_cost": [long(200)]})),
        (json!({"description": []}), json!({"description": [NO_TEXT]})),
        (json!({"approximation_cph": {}}), json!({"approximation_cph": [NO_TEXT]})),
        (json!({"initial_cost": "\u{0}"}), json!({"initial_cost": ["Null characters are not allowed."]})),
        (json!({"SubCategory": null}), json!({"SubCategory": [NULL]})),
        (json!({"SubCategory": "x"}), json!({"SubCategory": [NO_NUMBER]})),
        (json!({"SubCategory": 1.5}), json!({"SubCategory": [NO_NUMBER]})),
        (json!({"SubCategory": "99999999999999999999"}), json!({"SubCategory": [NO_NUMBER]})),
        (json!({"SubCategory": 999}), json!({"SubCategory": ["Invalid pk \"999\" - object does not exist."]})),
        (json!({"SubCategory": "0"}), json!({"SubCategory": ["Invalid pk \"0\" - object does not exist."]})),
        (json!({"SubCategory": -5}), json!({"SubCategory": ["Invalid pk \"-5\" - object does not exist."]})),
        (
            json!({"SubCategory": i64::MAX}),
            json!({"SubCategory": ["Invalid pk \"9223372036854775807\" - object does not exist."]}),
        ),
    ]
}

#[tokio::test]
async fn what_does_not_fit_is_told_by_field_and_changes_nothing() {
    let (world, ann, _) = world().await;
    let id = make(&ann, json!({})).await;
    let four = json!({"title": [REQUIRED], "SubCategory": [REQUIRED], "province": [REQUIRED], "city": [REQUIRED]});
    assert_eq!(whole(ann.post(JOBS, json!({})).await), json!({"status": 400, "body": four}));
    assert_eq!(whole(ann.act(JOBS).await), json!({"status": 400, "body": four}));
    let nulls = json!({"title": null, "SubCategory": null, "province": null, "city": null, "skills": "x"});
    let said = json!({"title": [NULL], "SubCategory": [NULL], "province": [NULL], "city": [NULL],
                      "skills": ["Expected a list of items."]});
    assert_eq!(whole(ann.post(JOBS, nulls).await), json!({"status": 400, "body": said}));
    for (fields, said) in misfits() {
        let expected = json!({"status": 400, "body": said});
        assert_eq!(whole(ann.post(JOBS, offer(fields.clone())).await), expected, "{fields:.80}");
        assert_eq!(whole(put(&ann, &own(&id), fields.clone()).await), expected, "{fields:.80}");
    }
    assert_eq!(ann.get(JOBS).await.expect(200), json!([shown(&id, "ann", json!({}))]));
    world.finish().await;
}

#[tokio::test]
async fn places_are_known_and_agree() {
    let (world, ann, _) = world().await;
    let id = make(&ann, json!({})).await;
    let no_province = json!({"status": 404, "body": {"message": "Province does not exist."}});
    let no_city = json!({"status": 404, "body": {"message": "City does not exist."}});
    let apart = json!({"status": 400, "body": {"city": ["The city does not lie in the province."]}});
    let long = "ت".repeat(100_000);
    for name in ["fake", "%", "\u{200c}", "8", &long] {
        for fields in [json!({"province": name}), json!({"province": name, "city": "fake"})] {
            assert_eq!(whole(ann.post(JOBS, offer(fields.clone())).await), no_province, "{name:.9}");
            assert_eq!(whole(put(&ann, &own(&id), fields).await), no_province, "{name:.9}");
        }
        let fields = json!({"city": name});
        assert_eq!(whole(ann.post(JOBS, offer(fields.clone())).await), no_city, "{name:.9}");
        assert_eq!(whole(put(&ann, &own(&id), fields).await), no_city, "{name:.9}");
    }
    // A new job's city is looked for in its province alone, as an address's is.
    assert_eq!(whole(ann.post(JOBS, offer(json!({"city": "قم"}))).await), no_city);
    for fields in [json!({"city": "قم"}), json!({"province": "قم"}), json!({"province": "قم", "city": "ری"})] {
        assert_eq!(whole(put(&ann, &own(&id), fields.clone()).await), apart, "{fields}");
    }
    // Of several cities with one name it is the province's.
    let changed = put(&ann, &own(&id), json!({"title": "New", "city": "fake"})).await;
    assert_eq!(whole(changed), no_city, "and the title stays");
    assert_eq!(ann.get(JOBS).await.expect(200), json!([shown(&id, "ann", json!({}))]));
    world.finish().await;
}

#[tokio::test]
async fn another_s_and_a_missing_job_are_answered_alike() {
    let (world, ann, bob) = world().await;
    let id = make(&ann, json!({})).await;
    let detail = "You do not have permission to perform this action.";
    let forbidden = json!({"status": 403, "body": {"detail": detail}});
    let change = json!({"title": "Mine now", "SubCategory": MUSIC});
    for (person, id) in [(&bob, &id), (&ann, &json!(999)), (&ann, &json!(0)), (&ann, &json!(-1)), (&bob, &json!(999))] {
        let about = format!("{} {id}", person.name);
        for path in [own(id), own(id).trim_end_matches('/').to_owned()] {
            assert_eq!(whole(person.get(&path).await), forbidden, "{about}");
            // Nor is it told what of the change would not fit.
            for change in [change.clone(), json!({"title": "", "SubCategory": 999}), json!({})] {
                assert_eq!(whole(put(person, &path, change).await), forbidden, "{about}");
            }
            assert_eq!(whole(person.delete(&path).await), forbidden, "{about}");
        }
    }
    assert_eq!(ann.get(JOBS).await.expect(200), json!([shown(&id, "ann", json!({}))]), "nothing is changed");
    for id in ["x", "1.5", "%00", "%ff", "99999999999999999999", "١", "1e3"] {
        let path = format!("{JOBS}{id}/");
        for answer in [ann.get(&path).await, put(&ann, &path, change.clone()).await, ann.delete(&path).await] {
            assert_eq!(whole(answer), json!({"status": 404, "body": {"detail": "Not found."}}), "{id}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn an_account_keeps_two_hundred_jobs_at_most() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    load_places(&world).await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let first = make(&ann, json!({})).await;
    let sql = "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 199)
        INSERT INTO listings (account_id, subcategory_id, title, province_id, city_id, province_language,
            city_language, search, created_at, updated_at)
        SELECT account_id, subcategory_id, title, province_id, city_id, province_language,
            city_language, search, created_at, updated_at FROM listings, numbers WHERE id = $1";
    execute(&world, sql, [first.as_i64().into()]).await;
    make(&ann, json!({})).await;
    let said = json!({"non_field_errors": ["An account can have at most 200 listings."]});
    assert_eq!(whole(ann.post(JOBS, offer(json!({}))).await), json!({"status": 400, "body": said}));
    make(&bob, json!({})).await;
    ann.delete(&own(&first)).await.expect(204);
    make(&ann, json!({})).await;
    assert_eq!(ann.get(JOBS).await.expect(200).as_array().map(Vec::len), Some(200));
    assert_eq!(ann.get(LIST).await.expect(200).as_array().map(Vec::len), Some(201));
    world.finish().await;
}
