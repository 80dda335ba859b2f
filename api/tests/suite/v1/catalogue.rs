//! Categories, subcategories, skills and kinds of cases, which staff keep in order.

use futures::future::join_all;
use serde_json::{Value, json};

use super::report_effects::listing;
use super::support::{audited, entry, execute, load_places, number, staff};
use crate::world::World;

const LISTS: [(&str, &str, &str); 3] =
    [("categories", "category", "Repairs"), ("skills", "skill", "Cooking"), ("case-kinds", "case_kind", "Payments")];
const SUBCATEGORIES: &str = "/api/v1/admin/subcategories";

fn of(list: &str) -> String {
    format!("/api/v1/admin/{list}")
}

fn one(list: &str, made: &Value) -> String {
    format!("/api/v1/admin/{list}/{}", made["id"])
}

#[tokio::test]
async fn something_is_made_renamed_and_taken_out() {
    let world = World::start().await;
    let sue = staff(&world, "sue").await;
    for (list, subject, other) in LISTS {
        let made = sue.post(&of(list), json!({"title": " Música "})).await.expect(201);
        let id = made["id"].as_i64().expect("an id");
        assert_eq!(made, json!({"id": id, "title": "Música"}));
        for title in ["MUSICA", "musica", other] {
            sue.post(&of(list), json!({"title": title})).await.expect_problem(409, "title_taken");
        }
        let renamed = sue.patch(&one(list, &made), json!({"title": "Musica!"})).await.expect(200);
        assert_eq!(renamed, json!({"id": id, "title": "Musica!"}));
        assert_eq!(sue.patch(&one(list, &made), json!({"title": "Musica!"})).await.expect(200), renamed);
        let taken = other.to_uppercase();
        sue.patch(&one(list, &made), json!({"title": taken})).await.expect_problem(409, "title_taken");
        // Its own title in other letters is no other's.
        sue.patch(&one(list, &made), json!({"title": "MUSICA!"})).await.expect(200);
        sue.delete(&one(list, &made)).await.expect(204);
        sue.delete(&one(list, &made)).await.expect_problem(404, "not_found");
        sue.patch(&one(list, &made), json!({"title": "Music"})).await.expect_problem(404, "not_found");
        for title in ["", " \u{200c} ", &"x".repeat(101)] {
            let problem = sue.post(&of(list), json!({"title": title})).await.expect_problem(422, "invalid");
            assert!(problem["errors"]["title"][0].is_string(), "{problem:#}");
        }
        let entries = [
            entry(&sue, &format!("{subject}.delete"), id, json!({"title": "MUSICA!"})),
            entry(&sue, &format!("{subject}.rename"), id, json!({"title": "MUSICA!", "before": "Musica!"})),
            entry(&sue, &format!("{subject}.rename"), id, json!({"title": "Musica!", "before": "Música"})),
            entry(&sue, &format!("{subject}.create"), id, json!({"title": "Música"})),
        ];
        assert_eq!(audited(&sue, &format!("&subject={subject}")).await, entries);
    }
    world.finish().await;
}

#[tokio::test]
async fn of_those_who_make_the_same_at_once_one_does() {
    let world = World::start().await;
    let sue = staff(&world, "sue").await;
    let bodies = ["Music", "music", "MUSIC", "Mu\u{301}sic"].map(|title| json!({"title": title}));
    let path = of("categories");
    let answers = join_all(bodies.map(|body| sue.post(&path, body))).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!((statuses.iter().filter(|status| **status == 201).count(), statuses.len()), (1, 4), "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_eq!(audited(&sue, "").await.len(), 1);
    world.finish().await;
}

#[tokio::test]
async fn what_something_refers_to_is_not_taken_out() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    load_places(&world).await;
    let listing = listing(&world, &ann).await;
    ann.post("/api/v1/cases", json!({"kind_id": 1, "title": "Help"})).await.expect(201);
    execute(
        &world,
        &format!("INSERT INTO listing_skills (listing_id, skill_id) VALUES ({listing}, 1), ({listing}, 2)"),
    )
    .await;
    for path in ["categories/1", "subcategories/1", "case-kinds/1"] {
        sue.delete(&of(path)).await.expect_problem(409, "in_use");
    }
    sue.delete(&of("case-kinds/2")).await.expect(204);
    sue.delete(&of("subcategories/2")).await.expect(204);
    // A skill goes off the listings.
    sue.delete(&of("skills/1")).await.expect(204);
    assert_eq!(number(&world, "SELECT max(skill_id) * 10 + count(*) FROM listing_skills").await, 21);
    let actions: Vec<Value> = audited(&sue, "").await.into_iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["skill.delete", "subcategory.delete", "case_kind.delete"]);
    world.finish().await;
}

#[tokio::test]
async fn a_subcategory_moves_with_its_listings() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    load_places(&world).await;
    let (moved, other) = (listing(&world, &ann).await, listing(&world, &ann).await);
    let made = sue.post(SUBCATEGORIES, json!({"category_id": "1", "title": "Windows"})).await.expect(201);
    let id = made["id"].as_i64().expect("an id");
    assert_eq!(made, json!({"id": id, "category_id": 1, "title": "Windows"}));
    execute(&world, &format!("UPDATE listings SET subcategory_id = {id} WHERE id = {moved}")).await;
    let path = one("subcategories", &made);
    let after = sue.patch(&path, json!({"category_id": 2})).await.expect(200);
    assert_eq!(after, json!({"id": id, "category_id": 2, "title": "Windows"}));
    let of_listing = |id| {
        format!(
            "SELECT s.category_id FROM listings l JOIN subcategories s ON s.id = l.subcategory_id WHERE l.id = {id}"
        )
    };
    assert_eq!((number(&world, &of_listing(moved)).await, number(&world, &of_listing(other)).await), (2, 1));
    // A title is taken within a category alone.
    sue.post(SUBCATEGORIES, json!({"category_id": 2, "title": "WINDOWS"})).await.expect_problem(409, "title_taken");
    let twin = sue.post(SUBCATEGORIES, json!({"category_id": 1, "title": "Windows"})).await.expect(201);
    sue.patch(&path, json!({"category_id": 1})).await.expect_problem(409, "title_taken");
    assert_eq!(number(&world, &of_listing(moved)).await, 2);
    let both = sue.patch(&path, json!({"category_id": 1, "title": "Panes"})).await.expect(200);
    assert_eq!(both, json!({"id": id, "category_id": 1, "title": "Panes"}));
    assert_eq!(sue.patch(&path, json!({})).await.expect(200), both);
    for body in [json!({"category_id": 999}), json!({"category_id": 999, "title": "Sills"})] {
        let problem = sue.patch(&path, body).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["category_id"][0].is_string(), "{problem:#}");
    }
    let unknown = json!({"category_id": 999, "title": "Sills"});
    sue.post(SUBCATEGORIES, unknown).await.expect_problem(422, "invalid");
    sue.patch(&format!("{SUBCATEGORIES}/999"), json!({"title": "Sills"})).await.expect_problem(404, "not_found");
    sue.delete(&one("subcategories", &twin)).await.expect(204);
    sue.delete(&one("subcategories", &twin)).await.expect_problem(404, "not_found");
    sue.delete(&path).await.expect_problem(409, "in_use");
    let twin = twin["id"].as_i64().expect("an id");
    let windows = |category: i64| json!({"category_id": category, "title": "Windows"});
    let change = |mut to: Value, before: Value| {
        to["before"] = before;
        entry(&sue, "subcategory.change", id, to)
    };
    let entries = [
        entry(&sue, "subcategory.delete", twin, json!({"title": "Windows"})),
        change(json!({"category_id": 1, "title": "Panes"}), windows(2)),
        entry(&sue, "subcategory.create", twin, windows(1)),
        change(windows(2), windows(1)),
        entry(&sue, "subcategory.create", id, windows(1)),
    ];
    assert_eq!(audited(&sue, "").await, entries);
    world.finish().await;
}
