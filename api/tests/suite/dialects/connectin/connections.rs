//! Sending requests, and the lists of requests and connections.

use serde_json::{Value, json};

use super::super::support::{by_connectin, whole};
use super::{ask, column, connect, decide, rows, seen, send, three};
use crate::world::{PASSWORD, Person, World};

const ACCEPTED: &str = "/api/connection/accepted/";
const REQUESTS: &str = "/api/connection/requests/";
const SENT: &str = "/api/connection/sent-requests/";

/// The ids of connections, by v1.
async fn connections(person: &Person) -> Vec<i64> {
    let list = person.get("/api/v1/connections").await.expect(200);
    list["items"].as_array().expect("items").iter().map(|item| item["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn a_request_is_shown_to_both_sides_until_it_is_accepted() {
    let world = World::start().await;
    let stranger = Person::stranger(world.apis[0].address);
    let body = json!({
        "username": "ann", "full_name": "Ann Lee", "email": "ann@example.org", "contact_number": "+4917012345678",
        "address": "1 High Street", "industry": "Mining", "company_name": "Coal & Sons", "password": PASSWORD,
    });
    stranger.post("/api/user/register/", body).await.expect(201);
    let session = stranger.post("/api/user/login/", json!({"username": "ann", "password": PASSWORD})).await.expect(200);
    let ann = Person { id: 1, token: session["access"].as_str().map(str::to_owned), ..stranger };
    let bob = by_connectin(&world, "bob").await;
    assert_whole!("sent", send(&ann, &bob).await.expect(201));
    assert_whole!("pending_of_the_receiver", bob.get(REQUESTS).await.expect(200));
    assert_whole!("pending_of_the_sender", ann.get(SENT).await.expect(200));
    for (person, path) in [(&ann, REQUESTS), (&bob, SENT), (&ann, ACCEPTED), (&bob, ACCEPTED)] {
        assert_eq!(person.get(path).await.expect(200), json!([]), "{path}");
    }
    decide(&bob, 1, "accept").await.expect(200);
    assert_whole!("accepted_of_the_receiver", bob.get(ACCEPTED).await.expect(200));
    assert_whole!("accepted_of_the_sender", ann.get(ACCEPTED).await.expect(200));
    for (person, path) in [(&ann, REQUESTS), (&bob, SENT), (&ann, SENT), (&bob, REQUESTS)] {
        assert_eq!(person.get(path).await.expect(200), json!([]), "{path}");
    }
    world.finish().await;
}

#[tokio::test]
async fn only_what_is_pending_is_listed_as_a_request() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let rejected = ask(&bob, &ann).await;
    let cancelled = ask(&cat, &ann).await;
    decide(&ann, rejected, "reject").await.expect(200);
    decide(&cat, cancelled, "cancel").await.expect(200);
    for person in [&ann, &bob, &cat] {
        for path in [ACCEPTED, REQUESTS, SENT] {
            assert_eq!(person.get(path).await.expect(200), json!([]), "{path}");
        }
    }
    // Both may ask again.
    assert_eq!((ask(&bob, &ann).await, ask(&cat, &ann).await), (3, 4));
    assert_eq!(column(&ann, REQUESTS, "id").await, json!([4, 3]));
    world.finish().await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    connect(&ann, &cat).await;
    let mut answers = vec![whole(send(&ann, &ann).await)];
    ask(&ann, &bob).await;
    world.settle().await; // so that nothing arrives between the two looks
    let before = seen(&[&ann, &bob, &cat]).await;
    answers.push(whole(send(&ann, &bob).await));
    answers.push(whole(send(&ann, &cat).await));
    answers.push(whole(send(&cat, &ann).await));
    for unknown in [0, -1, 4, i64::MAX, i64::MIN] {
        answers.push(whole(ann.post("/api/connection/send/", json!({"to_user_id": unknown})).await));
    }
    assert_whole!("not_sent", answers);
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    world.finish().await;
}

#[tokio::test]
async fn nobody_is_asked_who_is_not_there() {
    let world = World::with(|config| config.secrets.activation = shared::config::Activation::Required).await;
    let [ann, bob, cat] = three(&world).await;
    let ina = ann.register("ina", "ina@example.org").await.expect(201); // through v1: inactive
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    let ina = Person { id: ina["id"].as_i64().expect("an id"), ..cat.clone() };
    for (from, to) in [(&ann, &bob), (&bob, &ann), (&ann, &ina)] {
        assert_eq!(send(from, to).await.expect(404), json!({"detail": "Not found."}));
    }
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_connect() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    ask(&cat, &ann).await;
    let request = ask(&ann, &bob).await;
    world.settle().await;
    // The answer is the request that was there: ann's.
    assert_whole!("crossed", send(&bob, &ann).await.expect(201));
    for person in [&ann, &bob] {
        assert_eq!(column(person, ACCEPTED, "id").await, json!([request]));
        assert_eq!(connections(person).await.len(), 1);
    }
    assert_eq!(rows(&bob, SENT).await, Vec::<Value>::new());
    assert_eq!(send(&bob, &ann).await.expect(400), send(&ann, &bob).await.expect(400));
    world.settle().await;
    let told = json!(["bob accepted your connection request!", "cat sent you connection request!"]);
    assert_eq!(column(&ann, "/api/notification/", "body").await, told);
    assert_eq!(column(&bob, "/api/notification/", "body").await, json!(["ann sent you connection request!"]));
    world.finish().await;
}

#[tokio::test]
async fn a_connection_that_was_removed_is_gone_from_both_lists_and_may_come_again() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let with_cat = connect(&cat, &ann).await;
    let request = connect(&ann, &bob).await;
    assert_eq!(column(&ann, ACCEPTED, "id").await, json!([request, with_cat]));
    let connection = connections(&bob).await[0];
    bob.delete(&format!("/api/v1/connections/{connection}")).await.expect(204);
    assert_eq!(column(&ann, ACCEPTED, "id").await, json!([with_cat]));
    assert_eq!(column(&bob, ACCEPTED, "id").await, json!([]));
    // To repeat the old decision brings nothing back.
    assert_eq!(decide(&bob, request, "accept").await.expect(200)["status"], "accepted");
    assert_eq!(column(&bob, ACCEPTED, "id").await, json!([]));
    let again = connect(&bob, &ann).await;
    assert_ne!(again, request);
    assert_eq!(column(&ann, ACCEPTED, "id").await, json!([again, with_cat]));
    assert_eq!(column(&bob, ACCEPTED, "id").await, json!([again]));
    world.finish().await;
}

#[tokio::test]
async fn lists_are_newest_first_and_go_on_by_limit_and_offset() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let dan = by_connectin(&world, "dan").await;
    for other in [&cat, &bob, &dan] {
        ask(other, &ann).await; // 1, 2, 3
    }
    let check = async |person: &Person, path: &str, ids: [i64; 3]| {
        for (query, part) in [
            ("", &ids[..]),
            ("?limit=2", &ids[..2]),
            ("?offset=1", &ids[1..]),
            ("?limit=1&offset=1", &ids[1..2]),
            ("?limit=3&offset=3", &[]),
        ] {
            assert_eq!(column(person, &format!("{path}{query}"), "id").await, json!(part), "{path}{query}");
        }
        for (query, field) in [("limit=x", "limit"), ("limit=-1", "limit"), ("offset=-1", "offset")] {
            let body = person.get(&format!("{path}?{query}")).await.expect(400);
            assert!(body.as_object().expect("an object").keys().eq([field]), "{path}?{query}: {body:#}");
        }
    };
    check(&ann, REQUESTS, [3, 2, 1]).await;
    for (other, request) in [(&cat, 1), (&bob, 2), (&dan, 3)] {
        decide(&ann, request, "accept").await.expect(200);
        assert_eq!(column(other, ACCEPTED, "id").await, json!([request]));
    }
    check(&ann, ACCEPTED, [3, 2, 1]).await;
    let (eve, fay, gil) =
        (by_connectin(&world, "eve").await, by_connectin(&world, "fay").await, by_connectin(&world, "gil").await);
    for other in [&gil, &eve, &fay] {
        ask(&ann, other).await; // 4, 5, 6
    }
    check(&ann, SENT, [6, 5, 4]).await;
    let names: Vec<Value> = rows(&ann, SENT).await.iter().map(|row| row["user"]["username"].clone()).collect();
    assert_eq!(names, ["fay", "eve", "gil"]);
    world.finish().await;
}

/// Whichever was accepted first: the order is that of the times that the rows show.
#[tokio::test]
async fn connections_are_newest_first_by_what_their_rows_show() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let dan = by_connectin(&world, "dan").await;
    for other in [&cat, &bob, &dan] {
        ask(other, &ann).await; // 1, 2, 3
    }
    for request in [3, 1, 2] {
        decide(&ann, request, "accept").await.expect(200);
    }
    let list = rows(&ann, ACCEPTED).await;
    let shown: Vec<&str> = list.iter().map(|row| row["created_at"].as_str().expect("a time")).collect();
    assert!(shown.is_sorted_by(|one, other| one >= other), "{list:#?}");
    world.finish().await;
}

#[tokio::test]
async fn so_many_requests_may_be_pending_and_more_are_refused() {
    let world = World::with(|config| (config.limits.pending_sent, config.limits.pending_received) = (1, 2)).await;
    let [ann, bob, cat] = three(&world).await;
    let dan = by_connectin(&world, "dan").await;
    ask(&ann, &bob).await;
    ask(&cat, &bob).await;
    assert_whole!("too_many_pending", json!([whole(send(&ann, &cat).await), whole(send(&dan, &bob).await)]));
    world.finish().await;
}
