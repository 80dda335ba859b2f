//! What jobs take: known skills, and such as nobody has named before.

use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{JOBS, make, offer, own, shown};
use super::{number, stranger};
use crate::dialects::support::{form, put, whole};

const SKILLS: &str = "/jobs/skills/";
const LIST_EXPECTED: &str = "Expected a list of items.";

#[tokio::test]
async fn a_skill_is_one_however_it_is_written() {
    let (world, ann, bob) = world().await;
    let plumbing = json!([{"id": 4, "title": "Plumbing"}]);
    for same in [
        json!(["plumbing"]),
        json!([{"title": "PLUMBING"}, {"title": " Plumbing "}, {"title": "ｐｌｕｍｂｉｎｇ"}, "plúmbing"]),
        json!([{"title": "Plumbing", "id": 999}]),
    ] {
        let id = make(&ann, json!({"skills": same})).await;
        assert_eq!(ann.get(&own(&id)).await.expect(200)["skills"], plumbing, "{same}");
    }
    // The first who names one says how it is written.
    let id = make(&ann, json!({"skills": [" کاشی\u{200c}كاري  ۲ "]})).await;
    let tiling = json!([{"id": 17, "title": "کاشی\u{200c}كاري  ۲"}]);
    assert_eq!(ann.get(&own(&id)).await.expect(200)["skills"], tiling);
    for same in ["کاشیکاری 2", "كاشيكاري ٢", "کاشی\u{200c}کارى\u{a0}۲"] {
        let id = make(&bob, json!({"skills": [same]})).await;
        assert_eq!(bob.get(&own(&id)).await.expect(200)["skills"], tiling, "{same}");
    }
    let all = stranger(&world).get(SKILLS).await.expect(200);
    let all = all.as_array().expect("skills");
    assert_eq!((all.len(), &all[16]), (17, &tiling[0]));
    world.finish().await;
}

#[tokio::test]
async fn skills_are_listed_for_anybody() {
    let (world, ann, _) = world().await;
    let nobody = stranger(&world);
    let starters = nobody.get(SKILLS).await.expect(200);
    let rows = starters.as_array().expect("rows");
    assert_eq!(rows.len(), 16);
    assert_eq!(
        (&rows[0], &rows[15]),
        (&json!({"id": 1, "title": "Cleaning"}), &json!({"id": 16, "title": "Translation"}))
    );
    assert!(rows.is_sorted_by_key(|row| row["id"].as_i64()));
    make(&ann, json!({"skills": ["Zither", "accordion"]})).await;
    let [cleaning, gardening] = [&rows[0], &rows[1]];
    // Those of one list are numbered by the alphabet.
    let new = json!([{"id": 17, "title": "accordion"}, {"id": 18, "title": "Zither"}]);
    for (query, expected) in [
        ("?limit=2", json!([cleaning, gardening])),
        ("?limit=1&offset=1", json!([gardening])),
        ("?offset=16", new.clone()),
        ("?offset=99", json!([])),
    ] {
        assert_eq!(nobody.get(&format!("{SKILLS}{query}")).await.expect(200), expected, "{query}");
    }
    assert_eq!(nobody.get("/jobs/skills?offset=16").await.expect(200), new);
    for (query, field) in [("limit=0", "limit"), ("limit=x", "limit"), ("offset=-1", "offset")] {
        let said = nobody.get(&format!("{SKILLS}?{query}")).await.expect(400);
        assert_eq!(said.as_object().expect("fields").keys().collect::<Vec<_>>(), [field]);
    }
    world.finish().await;
}

#[tokio::test]
async fn skills_that_do_not_fit_are_told_and_none_is_made() {
    let (world, ann, _) = world().await;
    let id = make(&ann, json!({"skills": ["Plumbing"]})).await;
    let known = shown(&id, "ann", json!({"skills": [{"id": 4, "title": "Plumbing"}]}));
    let many = |count: usize| (0..count).map(|n| json!({"title": format!("Skill {n}")})).collect::<Vec<_>>();
    let too_long = "Ensure this field has no more than 60 characters.";
    for (skills, said) in [
        (json!(many(31)), "A listing has at most 30 skills."),
        (json!(["New", ""]), "This field may not be blank."),
        (json!(["New", {"title": "  "}]), "This field may not be blank."),
        (json!(["New", "ش".repeat(61)]), too_long),
        (json!(["New", "a\u{0}b"]), "Null characters are not allowed."),
        (json!(["New", "a\u{7}b"]), "Must not contain control characters."),
        (json!(["New", "\u{200c}"]), "This field may not be blank."),
        (json!(["New", 5]), "Each skill needs a title."),
        (json!(["New", {"id": 4}]), "Each skill needs a title."),
        (json!(["New", {"title": null}]), "Each skill needs a title."),
        (json!(["New", {"title": ["Plumbing"]}]), "Each skill needs a title."),
        (json!(["New", []]), "Each skill needs a title."),
        (json!([null]), "Each skill needs a title."),
        (json!("Plumbing"), LIST_EXPECTED),
        (json!(""), LIST_EXPECTED),
        (json!({"title": "Plumbing"}), LIST_EXPECTED),
        (json!(true), LIST_EXPECTED),
        (json!(4), LIST_EXPECTED),
        (json!(null), "This field may not be null."),
    ] {
        let expected = json!({"status": 400, "body": {"skills": [said]}});
        assert_eq!(whole(ann.post(JOBS, offer(json!({"skills": skills}))).await), expected, "{skills}");
        assert_eq!(whole(put(&ann, &own(&id), json!({"skills": skills})).await), expected, "{skills}");
    }
    for text in ["Plumbing", "[", "{}", "5"] {
        let said = form(&ann, Method::PUT, &own(&id), &[("skills", text)]).await;
        assert_eq!(whole(said), json!({"status": 400, "body": {"skills": [LIST_EXPECTED]}}), "{text}");
    }
    // A job that is refused for something else makes none either.
    ann.post(JOBS, offer(json!({"skills": ["New"], "title": ""}))).await.expect(400);
    ann.post(JOBS, offer(json!({"skills": ["New"], "city": "fake"}))).await.expect(404);
    put(&ann, &own(&id), json!({"skills": ["New"], "main_picture": 5})).await.expect(400);
    assert_eq!(ann.get(JOBS).await.expect(200), json!([known]));
    assert_eq!(number(&world, "SELECT count(*) FROM skills", []).await, 16);
    // Thirty are fine, and so is one of them that comes twice.
    let thirty = [many(30), many(1)].concat();
    let made = put(&ann, &own(&id), json!({"skills": thirty})).await.expect(200);
    let titles: Vec<&Value> = made["skills"].as_array().expect("skills").iter().map(|one| &one["title"]).collect();
    assert_eq!(titles.len(), 30);
    assert!(titles.contains(&&json!("Skill 0")) && titles.contains(&&json!("Skill 29")));
    world.finish().await;
}
