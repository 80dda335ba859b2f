//! Reviews: one a person and listing, answered by the owner, counted with the listing.

use reqwest::Method;
use serde_json::{Value, json};

use super::listings::{market, path};
use super::support::{ids, number};
use crate::world::{Person, World, eventually};

fn reviews(listing: i64) -> String {
    format!("{}/reviews", path(listing))
}

fn review(id: i64) -> String {
    format!("/api/v1/reviews/{id}")
}

fn said(rating: i64) -> Value {
    json!({"title": " So it is ", "text": "As it says.", "rating": rating})
}

async fn rating(person: &Person, listing: i64) -> Value {
    person.get(&path(listing)).await.expect(200)["rating"].clone()
}

#[tokio::test]
async fn a_review_is_written_once_changed_answered_and_taken_away() {
    let (world, ann, bob) = market().await;
    let listing = ann.offers(json!({})).await;
    let written = bob.post(&reviews(listing), said(4)).await.expect(201);
    assert_shape!("review", written.clone());
    bob.post(&reviews(listing), said(5)).await.expect_problem(409, "already_reviewed");
    ann.post(&reviews(listing), said(5)).await.expect_problem(422, "oneself");
    assert_eq!(rating(&bob, listing).await, json!({"average": 4.0, "count": 1}));
    let nobody = Person::stranger(world.apis[0].address);
    for person in [&ann, &bob, &nobody] {
        assert_eq!(person.get(&reviews(listing)).await.expect(200), json!({"items": [written], "next": null}));
    }
    assert_eq!(bob.get("/api/v1/me/reviews").await.expect(200), json!({"items": [written], "next": null}));

    let id = written["id"].as_i64().expect("an id");
    world.bed.clock.turn(chrono::TimeDelta::minutes(10));
    let changed = bob.patch(&review(id), json!({"rating": 2})).await.expect(200);
    let mut expected = written.clone();
    expected["rating"] = json!(2);
    expected["edited_at"] = changed["edited_at"].clone();
    assert_eq!(changed, expected);
    assert!(changed["edited_at"].as_str() > changed["created_at"].as_str());
    assert_eq!(rating(&bob, listing).await, json!({"average": 2.0, "count": 1}));

    let answer = format!("{}/reply", review(id));
    let answered = ann.call(Method::PUT, &answer, json!({"text": "Thank you"})).await.expect(200);
    expected["reply"] = json!("Thank you");
    expected["replied_at"] = answered["replied_at"].clone();
    assert_eq!(answered, expected);
    assert!(answered["replied_at"].is_string());
    let answered = ann.call(Method::PUT, &answer, json!({"text": "Sorry"})).await.expect(200);
    assert_eq!(answered["reply"], "Sorry");
    let taken = ann.delete(&answer).await.expect(200);
    assert_eq!((&taken["reply"], &taken["replied_at"]), (&Value::Null, &Value::Null));

    bob.delete(&review(id)).await.expect(204);
    bob.delete(&review(id)).await.expect_problem(404, "not_found");
    assert_eq!(rating(&bob, listing).await, json!({"average": 0.0, "count": 0}));
    assert_eq!(ann.get(&reviews(listing)).await.expect(200)["items"], json!([]));
    let again = bob.post(&reviews(listing), said(5)).await.expect(201);
    assert_ne!(again["id"], written["id"]);
    world.settle().await;
    world.finish().await;
}

#[tokio::test]
async fn what_a_review_can_not_say_is_named() {
    let (world, ann, bob) = market().await;
    let listing = ann.offers(json!({})).await;
    let theirs = ann.offers(json!({})).await;
    let id = bob.reviews(theirs, 3).await;
    for (field, value, reason) in [
        ("title", json!(""), "This field may not be blank."),
        ("title", json!("x".repeat(201)), "Ensure this field has no more than 200 characters."),
        ("text", json!(" "), "This field may not be blank."),
        ("text", json!("x".repeat(5_001)), "Ensure this field has no more than 5000 characters."),
        ("rating", json!(0), "Must be from 1 to 5."),
        ("rating", json!(6), "Must be from 1 to 5."),
        ("rating", json!(i64::MAX), "Must be from 1 to 5."),
    ] {
        let mut body = said(3);
        body[field] = value.clone();
        for answer in [bob.post(&reviews(listing), body).await, bob.patch(&review(id), json!({field: value})).await] {
            assert_eq!(answer.expect_problem(422, "invalid")["errors"], json!({field: [reason]}));
        }
    }
    let reply = ann.call(Method::PUT, &format!("{}/reply", review(id)), json!({"text": ""})).await;
    assert_eq!(reply.expect_problem(422, "invalid")["errors"], json!({"text": ["This field may not be blank."]}));
    assert_eq!(rating(&ann, listing).await, json!({"average": 0.0, "count": 0}));
    assert_eq!(rating(&ann, theirs).await, json!({"average": 3.0, "count": 1}));
    world.settle().await;
    world.finish().await;
}

#[tokio::test]
async fn the_owner_hears_of_a_review_and_its_writer_of_the_answer_once() {
    let (world, ann, bob) = market().await;
    let listing = ann.offers(json!({})).await;
    let id = bob.reviews(listing, 5).await;
    bob.patch(&review(id), json!({"rating": 4})).await.expect(200);
    for text in ["Thank you", "Thanks"] {
        ann.call(Method::PUT, &format!("{}/reply", review(id)), json!({"text": text})).await.expect(200);
    }
    world.settle().await;
    // Who does it again and again fills nobody's inbox.
    for text in ["Sorry", "No"] {
        let reply = format!("{}/reply", review(id));
        ann.delete(&reply).await.expect(200);
        ann.call(Method::PUT, &reply, json!({"text": text})).await.expect(200);
    }
    bob.delete(&review(id)).await.expect(204);
    bob.reviews(listing, 1).await;
    world.settle().await;
    assert_eq!(ann.inbox().await, ["listing_reviewed"]);
    assert_eq!(bob.inbox().await, ["review_answered"]);
    ann.post("/api/v1/notifications/read", json!({"through": 1_000})).await.expect(200);
    for (person, other) in [(&ann, &bob), (&bob, &ann)] {
        let told = person.get("/api/v1/notifications").await.expect(200)["items"][0].clone();
        assert_eq!((&told["subject_id"], &told["actor"]["id"]), (&json!(listing), &json!(other.id)));
    }
    world.finish().await;
}

#[tokio::test]
async fn people_in_a_block_neither_see_nor_make_each_others_reviews() {
    let (world, ann, bob) = market().await;
    let cat = world.person("cat").await;
    let (first, second) = (ann.offers(json!({})).await, ann.offers(json!({})).await);
    let (of_bob, of_cat) = (bob.reviews(first, 5).await, cat.reviews(first, 1).await);
    bob.put(&format!("/api/v1/blocks/{}", cat.id)).await.expect(204);
    assert_eq!(ids(&ann.get(&reviews(first)).await.expect(200)), [of_cat, of_bob]);
    assert_eq!(ids(&bob.get(&reviews(first)).await.expect(200)), [of_bob]);
    assert_eq!(ids(&cat.get(&reviews(first)).await.expect(200)), [of_cat]);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    bob.post(&reviews(second), said(1)).await.expect_problem(404, "not_found");
    bob.patch(&review(of_bob), json!({"rating": 1})).await.expect_problem(404, "not_found");
    let reply = ann.call(Method::PUT, &format!("{}/reply", review(of_bob)), json!({"text": "Go away"})).await;
    reply.expect_problem(404, "not_found");
    assert_eq!(rating(&ann, first).await, json!({"average": 3.0, "count": 2}));
    // One's own words can be taken back in any case.
    bob.delete(&review(of_bob)).await.expect(204);
    assert_eq!(rating(&ann, first).await, json!({"average": 1.0, "count": 1}));
    world.settle().await;
    assert_eq!(ann.inbox().await, ["listing_reviewed"], "what a block parts is told no longer");
    world.finish().await;
}

/// The stars that are kept with listings that differ from those of their reviews.
async fn wrong(world: &World) -> i64 {
    let sql = "SELECT COUNT(*) FROM listings l
        WHERE l.rating_count <> (SELECT COUNT(*) FROM reviews v WHERE v.listing_id = l.id)
            OR l.rating_sum <> (SELECT COALESCE(SUM(v.rating), 0) FROM reviews v WHERE v.listing_id = l.id)";
    number(world, sql).await
}

#[tokio::test]
async fn stars_are_what_a_recount_says_whatever_happens_at_once() {
    let mut world = World::start().await;
    super::support::load_places(&world).await;
    let other = world.add_api().await.address;
    let owner = world.person("owner").await;
    let mut listings = Vec::new();
    for _ in 0..3 {
        listings.push(owner.offers(json!({})).await);
    }
    let mut people = Vec::new();
    for number in 0..6 {
        let person = world.person(&format!("person{number}")).await;
        people.push(if number % 2 == 0 { person } else { person.at(other) });
    }
    let busy = people.iter().enumerate().flat_map(|(place, person)| {
        // Each of them with two hands.
        [0, 1].map(|hand| {
            let listings = listings.clone();
            async move {
                for round in 0..8 {
                    let number = place + hand + round;
                    let listing = listings[number % listings.len()];
                    let stars = i64::try_from(number % 5).expect("few") + 1;
                    let answer = person.post(&reviews(listing), said(stars)).await;
                    match answer.status.as_u16() {
                        201 if round % 3 == 0 => {
                            let id = answer.body["id"].as_i64().expect("an id");
                            let gone = person.delete(&review(id)).await.status.as_u16();
                            assert!([204, 404].contains(&gone), "{gone}");
                        }
                        201 => {
                            let id = answer.body["id"].as_i64().expect("an id");
                            let changed = person.patch(&review(id), json!({"rating": 6 - stars})).await.status.as_u16();
                            assert!([200, 404].contains(&changed), "{changed}");
                        }
                        status => assert_eq!(status, 409, "{:#}", answer.body),
                    }
                }
            }
        })
    });
    futures::future::join_all(busy).await;
    assert_eq!(wrong(&world).await, 0);
    let twice = "SELECT COUNT(*) FROM (SELECT 1 FROM reviews GROUP BY listing_id, account_id HAVING COUNT(*) > 1) AS t";
    assert_eq!(number(&world, twice).await, 0);
    assert!(number(&world, "SELECT COUNT(*) FROM reviews").await > 0);
    for listing in listings {
        let shown = rating(&owner, listing).await;
        let sql = format!("SELECT COUNT(*) FROM reviews WHERE listing_id = {listing}");
        assert_eq!(shown["count"], number(&world, &sql).await);
    }
    eventually("all is told", async || number(&world, "SELECT COUNT(*) FROM outbox").await == 0).await;
    world.finish().await;
}
