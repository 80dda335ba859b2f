//! One's own jobs: making, listing, finding, changing and taking them away.

use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::world;
use crate::dialects::support::{by_karoo, execute, form, load_places, multipart, put, send, whole};
use crate::world::{Person, World};

pub(super) const JOBS: &str = "/jobs/user/info/";
pub(super) const LIST: &str = "/jobs/list/";

/// Numbers of the starter set: "Plumbing" of "Repairs", and "Music" of "Lessons".
pub(super) const PLUMBING: i64 = 6;
pub(super) const MUSIC: i64 = 13;

/// The path of one's own job.
pub(super) fn own(id: &Value) -> String {
    format!("{JOBS}{id}/")
}

/// `base` with other values for some fields.
pub(super) fn with(mut base: Value, changes: Value) -> Value {
    let Value::Object(changes) = changes else { panic!("fields, not {changes}") };
    base.as_object_mut().expect("fields").extend(changes);
    base
}

/// What a new job needs, with `changes`.
pub(super) fn offer(changes: Value) -> Value {
    with(json!({"title": "Leaks mended", "SubCategory": PLUMBING, "province": "تهران", "city": "تهران"}), changes)
}

/// Makes a job; answers its id.
pub(super) async fn make(person: &Person, changes: Value) -> Value {
    person.post(JOBS, offer(changes)).await.expect(201)["id"].clone()
}

/// A job of `NAME@example.org` as it is shown, when it was made of [`offer`] alone; with `changes`.
pub(super) fn shown(id: &Value, name: &str, changes: Value) -> Value {
    let bare = json!({
        "id": id, "title": "Leaks mended", "SubCategory": PLUMBING, "Sub_category_title": "Plumbing",
        "Main_category_title": "Repairs", "user_email": format!("{name}@example.org"), "main_picture": null,
        "main_picture_url": null, "pictures": [], "description": null, "comments": [], "skills": [],
        "experiences": "", "approximation_cph": null, "initial_cost": null, "province_name": "تهران",
        "city_name": "تهران", "average_rating": 0.0, "timetable": []
    });
    with(bare, changes)
}

/// Gives a job a picture that nobody has uploaded; answers its number.
pub(super) async fn picture(world: &World, job: &Value, key: &str) -> i64 {
    let values = || [job.as_i64().expect("an id").into(), key.into()];
    let sql = "INSERT INTO listing_pictures (listing_id, key, created_at)
        SELECT id, $2, created_at FROM listings WHERE id = $1";
    execute(world, sql, values()).await;
    super::number(world, "SELECT id FROM listing_pictures WHERE listing_id = $1 AND key = $2", values()).await
}

#[tokio::test]
async fn a_job_is_made_found_listed_and_taken_away() {
    let (world, ann, bob) = world().await;
    assert_eq!(ann.get(JOBS).await.expect(200), json!([]));
    // What is the server's to say is passed over.
    let told = json!({
        "description": "Day and night.\nGuaranteed.", "experiences": "Ten years", "approximation_cph": "20 a tap",
        "initial_cost": "None", "skills": [{"title": "Underwater work"}, {"title": "Plumbing"}],
        "id": 999, "user_email": "bob@example.org", "average_rating": 5, "comments": [1], "main_picture": 7
    });
    let made = ann.post(JOBS, offer(told.clone())).await.expect(201);
    let skills = json!([{"id": 4, "title": "Plumbing"}, {"id": 17, "title": "Underwater work"}]);
    let said = json!({
        "description": "Day and night.\nGuaranteed.", "experiences": "Ten years", "approximation_cph": "20 a tap",
        "initial_cost": "None", "skills": skills
    });
    let first = shown(&made["id"], "ann", said);
    assert_eq!(made, first);
    let made = ann.post("/jobs/user/info", offer(json!({"SubCategory": MUSIC.to_string()}))).await.expect(201);
    let music = json!({"SubCategory": MUSIC, "Sub_category_title": "Music", "Main_category_title": "Lessons"});
    let second = shown(&made["id"], "ann", music);
    assert_eq!(made, second);
    assert_eq!(ann.get(JOBS).await.expect(200), json!([first, second]), "ascending");
    assert_eq!(bob.get(JOBS).await.expect(200), json!([]), "one's own alone");
    for row in [&first, &second] {
        assert_eq!(ann.get(&own(&row["id"])).await.expect(200), *row);
        assert_eq!(ann.get(own(&row["id"]).trim_end_matches('/')).await.expect(200), *row);
    }
    for (query, expected) in [
        ("limit=1", json!([first])),
        ("limit=1&offset=1", json!([second])),
        ("offset=2", json!([])),
        ("limit=5000", json!([first, second])),
    ] {
        assert_eq!(ann.get(&format!("{JOBS}?{query}")).await.expect(200), expected, "{query}");
    }
    let gone = ann.delete(&own(&first["id"])).await;
    assert_eq!(whole(gone), json!({"status": 204, "body": null}));
    assert_eq!(ann.get(JOBS).await.expect(200), json!([second]));
    ann.delete(own(&second["id"]).trim_end_matches('/')).await.expect(204);
    assert_eq!(ann.get(JOBS).await.expect(200), json!([]));
    for table in ["listings", "listing_skills"] {
        assert_eq!(super::number(&world, &format!("SELECT count(*) FROM {table}"), []).await, 0, "{table}");
    }
    world.finish().await;
}

/// Lists come as JSON text there.
#[tokio::test]
async fn forms_make_and_change_jobs_too() {
    let (world, ann, _) = world().await;
    let fields = [
        ("title", " Leaks mended "),
        ("SubCategory", "6"),
        ("province", "Tehran"),
        ("city", "tehran"),
        ("description", ""),
        ("skills", r#"[{"title": "Plumbing"}]"#),
    ];
    let skills = json!([{"id": 4, "title": "Plumbing"}]);
    let english = json!({"province_name": "Tehran", "city_name": "Tehran", "skills": skills});
    let made = form(&ann, Method::POST, JOBS, &fields).await.expect(201);
    let first = shown(&made["id"], "ann", english.clone());
    assert_eq!(made, first);
    let (kind, parts) = multipart(&fields);
    let made = send(&ann, Method::POST, "/jobs/user/info", Some(kind), parts).await.expect(201);
    let second = shown(&made["id"], "ann", english);
    assert_eq!(made, second);
    let changes = [("description", "New"), ("skills", "[]"), ("city", ""), ("SubCategory", ""), ("main_picture", "")];
    let changed = form(&ann, Method::PUT, &own(&first["id"]), &changes).await.expect(200);
    assert_eq!(changed, with(first, json!({"description": "New", "skills": []})));
    let (kind, parts) = multipart(&[("skills", r#"["Driving"]"#), ("city", "ری"), ("initial_cost", "5")]);
    let path = own(&second["id"]);
    let changed = send(&ann, Method::PUT, path.trim_end_matches('/'), Some(kind), parts).await.expect(200);
    let skills = json!([{"id": 8, "title": "Driving"}]);
    assert_eq!(changed, with(second, json!({"skills": skills, "city_name": "ری", "initial_cost": "5"})));
    world.finish().await;
}

#[tokio::test]
async fn a_put_changes_what_is_given() {
    let (world, ann, _) = world().await;
    let told = json!({"description": "Old", "experiences": "Old", "approximation_cph": "1", "initial_cost": "2",
                      "skills": [{"title": "Plumbing"}]});
    let mut job = ann.post(JOBS, offer(told)).await.expect(201);
    let path = own(&job["id"]);
    let skills = json!([{"id": 14, "title": "Programming"}]);
    let music = json!({"SubCategory": MUSIC, "Sub_category_title": "Music", "Main_category_title": "Lessons"});
    for (change, seen) in [
        (json!({}), json!({})),
        (json!({"title": " New "}), json!({"title": "New"})),
        (json!({"SubCategory": MUSIC}), music),
        (json!({"description": null, "experiences": null}), json!({"description": null, "experiences": ""})),
        (
            json!({"approximation_cph": "", "initial_cost": " "}),
            json!({"approximation_cph": null, "initial_cost": null}),
        ),
        (json!({"skills": ["Programming"]}), json!({"skills": skills})),
        (json!({"city": "ری"}), json!({"city_name": "ری"})),
        (json!({"province": "Tehran"}), json!({"province_name": "Tehran"})),
        (json!({"city": "TEHRAN"}), json!({"city_name": "Tehran"})),
        (json!({"province": "قم", "city": "قم"}), json!({"province_name": "قم", "city_name": "قم"})),
        (json!({"province": null, "city": ""}), json!({})),
        (json!({"skills": []}), json!({"skills": []})),
        (json!({"user_email": "x", "timetable": [], "comments": [], "id": 7, "other": {}}), json!({})),
        (json!({"description": 5, "title": 1.5}), json!({"description": "5", "title": "1.5"})),
    ] {
        job = with(job, seen);
        assert_eq!(put(&ann, &path, change.clone()).await.expect(200), job, "{change}");
        assert_eq!(ann.get(&path).await.expect(200), job, "{change}");
    }
    // As a frontend does that shows what it got in a form and sends all of it back.
    assert_eq!(put(&ann, &path, job.clone()).await.expect(200), job);
    let whole = offer(json!({"description": "this is job1", "experiences": "experiences", "initial_cost": "c",
                             "approximation_cph": "a", "skills": [{"title": "Cooking"}]}));
    let skills = json!([{"id": 7, "title": "Cooking"}]);
    let said = json!({"description": "this is job1", "experiences": "experiences", "initial_cost": "c",
                      "approximation_cph": "a", "skills": skills});
    assert_eq!(put(&ann, &path, whole).await.expect(200), shown(&job["id"], "ann", said));
    world.finish().await;
}

#[tokio::test]
async fn the_main_picture_is_one_of_the_job_s_own() {
    let public = "https://kith.example/under";
    let world = World::with(|config| config.server.public_url = Some(public.parse().expect("an address"))).await;
    load_places(&world).await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let (job, other) = (make(&ann, json!({})).await, make(&ann, json!({})).await);
    let of_bob = make(&bob, json!({})).await;
    let first = picture(&world, &job, "listings/a.jpg").await;
    let second = picture(&world, &job, "listings/b.jpg").await;
    let foreign = [picture(&world, &other, "x").await, picture(&world, &of_bob, "y").await, 999, 0, -1];
    let address = |key: &str| format!("{public}/media/{key}");
    let pictures = json!([{"id": first, "image": address("listings/a.jpg"), "job": job},
                          {"id": second, "image": address("listings/b.jpg"), "job": job}]);
    let mut expected = shown(&job, "ann", json!({"pictures": pictures}));
    for (sent, id, key) in [(json!(second), second, "b"), (json!(first.to_string()), first, "a")] {
        expected =
            with(expected, json!({"main_picture": id, "main_picture_url": address(&format!("listings/{key}.jpg"))}));
        assert_eq!(put(&ann, &own(&job), json!({"main_picture": sent})).await.expect(200), expected);
        assert_eq!(ann.get(&own(&job)).await.expect(200), expected);
        let listed = ann.get(LIST).await.expect(200);
        assert_eq!(listed[0]["main_picture_url"], expected["main_picture_url"]);
    }
    for id in foreign {
        let answer = put(&ann, &own(&job), json!({"main_picture": id, "title": "New"})).await;
        let said = json!({"main_picture": [format!("Invalid pk \"{id}\" - object does not exist.")]});
        assert_eq!(whole(answer), json!({"status": 400, "body": said}), "{id}");
    }
    for wrong in [json!("x"), json!([]), json!(1.5), json!(true)] {
        let answer = put(&ann, &own(&job), json!({"main_picture": wrong})).await;
        let said = json!({"main_picture": ["A valid integer is required."]});
        assert_eq!(whole(answer), json!({"status": 400, "body": said}), "{wrong}");
    }
    // None is none that could be set: what is there stays.
    assert_eq!(put(&ann, &own(&job), json!({"main_picture": null})).await.expect(200), expected);
    assert_eq!(ann.get(&own(&job)).await.expect(200), expected, "nothing is changed");
    world.finish().await;
}
