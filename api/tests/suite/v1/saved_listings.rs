//! Listings that people keep for themselves.

use serde_json::json;

use super::listings::{market, path};
use super::support::number;
use crate::world::Person;

fn saved(id: i64) -> String {
    format!("/api/v1/me/saved-listings/{id}")
}

/// What somebody has saved, the newest first.
async fn kept(person: &Person) -> Vec<i64> {
    let list = person.get("/api/v1/me/saved-listings").await.expect(200);
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["listing"]["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn a_listing_is_saved_once_and_for_oneself_alone() {
    let (world, ann, bob) = market().await;
    let (first, second) = (ann.offers(json!({})).await, ann.offers(json!({})).await);
    for id in [second, first, second] {
        bob.put(&saved(id)).await.expect(204);
    }
    assert_eq!(kept(&bob).await, [first, second], "again changes nothing");
    assert_eq!(kept(&ann).await, [0; 0]);
    let shown = bob.get("/api/v1/me/saved-listings?limit=1").await.expect(200);
    assert_shape!("saved_listings", shown.clone());
    let next = format!("/api/v1/me/saved-listings?limit=1&cursor={}", shown["next"].as_str().expect("more"));
    let rest = bob.get(&next).await.expect(200);
    assert_eq!((&rest["items"][0]["listing"]["id"], &rest["next"]), (&json!(second), &json!(null)));
    let marked = async |person: &Person| person.get(&path(first)).await.expect(200)["saved"].clone();
    assert_eq!((marked(&bob).await, marked(&ann).await), (json!(true), json!(false)));
    assert_eq!(marked(&Person::stranger(bob.address)).await, json!(false));

    bob.delete(&saved(first)).await.expect(204);
    bob.delete(&saved(first)).await.expect_problem(404, "not_found");
    assert_eq!(kept(&bob).await, [second]);
    bob.put(&saved(999)).await.expect_problem(404, "not_found");
    ann.delete(&path(second)).await.expect(204);
    assert_eq!(kept(&bob).await, [0; 0]);
    world.finish().await;
}

#[tokio::test]
async fn what_a_block_hides_is_saved_by_nobody_and_there_again_after_it() {
    let (world, ann, bob) = market().await;
    let (first, second) = (ann.offers(json!({})).await, ann.offers(json!({})).await);
    bob.put(&saved(first)).await.expect(204);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(kept(&bob).await, [0; 0]);
    for id in [first, second] {
        bob.put(&saved(id)).await.expect_problem(404, "not_found");
    }
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(kept(&bob).await, [first]);
    assert_eq!(number(&world, "SELECT COUNT(*) FROM saved_listings").await, 1);
    world.settle().await;
    world.finish().await;
}
