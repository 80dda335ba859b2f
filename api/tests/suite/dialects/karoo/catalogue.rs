//! Categories and subcategories, for anybody.

use serde_json::{Value, json};

use super::stranger;
use crate::dialects::support::{execute, whole};
use crate::world::World;

#[tokio::test]
async fn there_is_a_starter_set() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let categories = nobody.get("/categories/").await.expect(200);
    let titles = [
        "Home services",
        "Repairs",
        "Lessons",
        "Health and beauty",
        "Computers and design",
        "Business",
        "Transport",
        "Events",
    ];
    let rows: Vec<Value> = (1..).zip(titles).map(|(id, title)| json!({"id": id, "title": title})).collect();
    assert_eq!(categories, json!(rows));
    assert_eq!(nobody.get("/categories").await.expect(200), categories);
    let repairs = nobody.get("/categories/2/subcategories/").await.expect(200);
    let titles = ["Plumbing", "Electrical work", "Appliances", "Cars", "Carpentry"];
    let of_repairs: Vec<Value> = (6..).zip(titles).map(|(id, title)| json!({"id": id, "title": title})).collect();
    assert_eq!(repairs, json!(of_repairs));
    assert_eq!(nobody.get("/categories/2/subcategories").await.expect(200), repairs);
    let mut all = 0;
    for category in &rows {
        let path = format!("/categories/{}/subcategories/", category["id"]);
        all += nobody.get(&path).await.expect(200).as_array().expect("rows").len();
    }
    assert_eq!(all, 28);
    world.finish().await;
}

#[tokio::test]
async fn they_are_paged_and_an_unknown_category_has_none() {
    let world = World::start().await;
    let nobody = stranger(&world);
    for (path, expected) in [
        ("/categories/?limit=1&offset=1", json!([{"id": 2, "title": "Repairs"}])),
        ("/categories/?offset=8", json!([])),
        ("/categories/2/subcategories/?limit=1", json!([{"id": 6, "title": "Plumbing"}])),
        ("/categories/2/subcategories?offset=4", json!([{"id": 10, "title": "Carpentry"}])),
        ("/categories/2/subcategories/?offset=5", json!([])),
    ] {
        assert_eq!(nobody.get(path).await.expect(200), expected, "{path}");
    }
    for path in ["/categories/", "/categories/2/subcategories/"] {
        for (query, field) in [("limit=0", "limit"), ("offset=x", "offset")] {
            let said = nobody.get(&format!("{path}?{query}")).await.expect(400);
            assert_eq!(said.as_object().expect("fields").keys().collect::<Vec<_>>(), [field], "{path} {query}");
        }
    }
    let missing = json!({"status": 404, "body": {"detail": "Not found."}});
    for id in ["99", "0", "-1", "x", "%00", "99999999999999999999"] {
        for path in [format!("/categories/{id}/subcategories/"), format!("/categories/{id}/subcategories")] {
            assert_eq!(whole(nobody.get(&path).await), missing, "{path}");
        }
    }
    // One that has none is there.
    let sql = "INSERT INTO categories (title, title_key) VALUES ('Other', 'other')";
    execute(&world, sql, []).await;
    assert_eq!(nobody.get("/categories/9/subcategories/").await.expect(200), json!([]));
    world.finish().await;
}
