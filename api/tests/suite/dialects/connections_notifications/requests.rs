//! Connection requests: sending, listing, and one.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answers, CONNECTIONS, REQUESTS, ask, decide, id, ids, known, login, request_path};
use crate::dialects::support::by_shared_paths;
use crate::world::{Person, World};

async fn list(person: &Person, query: &str) -> Vec<i64> {
    ids(&person.get(&format!("{REQUESTS}{query}")).await.expect(200))
}

#[tokio::test]
async fn a_request_is_sent_listed_and_shown_to_both() {
    let world = World::start().await;
    let profile = json!({"full_name": "Ann Lee", "email": "ann@example.org", "contact": "+15550100",
                         "company_name": "Kith"});
    let ann = known(&world, "ann", profile).await;
    let bob = known(&world, "بهرام", json!({"full_name": "بهرام"})).await;
    let body = json!({"to_user_id": bob.id, "message": "  سلام، it's Ann\nfrom work "});
    let sent = ann.post(REQUESTS, body).await;
    let row = sent.body.clone();
    for person in [&ann, &bob] {
        assert_eq!(person.get(REQUESTS).await.expect(200), json!([row]));
        assert_eq!(person.get(&request_path(id(&row))).await.expect(200), row);
    }
    let mut answers = Answers::default();
    answers.add("sent", sent);
    answers.add("the list of the one who asked", ann.get(REQUESTS).await);
    answers.add("one, to the one who was asked", bob.get(&request_path(id(&row))).await);
    assert_kept!("request", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_message_may_be_left_out_null_or_blank_and_an_id_may_be_text() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    for (name, message) in
        [("bob", None), ("cid", Some(Value::Null)), ("dan", Some(json!(""))), ("eve", Some(json!(" ")))]
    {
        let other = by_shared_paths(&world, name).await;
        let mut body = json!({"to_user_id": other.id.to_string()});
        if let Some(message) = message {
            body["message"] = message;
        }
        let row = ann.post(REQUESTS, body).await.expect(201);
        assert_eq!((&row["to_user"]["id"], &row["message"]), (&json!(other.id), &Value::Null), "{name}");
    }
    let fay = by_shared_paths(&world, "fay").await;
    let longest = "م".repeat(500);
    let row = ann.post(REQUESTS, json!({"to_user_id": fay.id, "message": longest})).await.expect(201);
    assert_eq!(row["message"], longest);
    world.finish().await;
}

#[tokio::test]
async fn a_request_that_cannot_be_is_refused_and_leaves_nothing() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let mut answers = Answers::default();
    answers.add("to oneself", ann.post(REQUESTS, json!({"to_user_id": ann.id})).await);
    answers.add("to nobody", ann.post(REQUESTS, json!({"to_user_id": 999, "message": "Hi"})).await);
    assert_eq!(list(&ann, "").await, [0_i64; 0]);
    let request = ask(&ann, &bob).await;
    answers.add("twice", ann.post(REQUESTS, json!({"to_user_id": bob.id, "message": "Again"})).await);
    assert_eq!(list(&bob, "").await, [request]);
    world.settle().await;
    decide(&bob, request, "accept").await.expect(200);
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        let about = format!("{}, who is connected", one.name);
        answers.add(&about, one.post(REQUESTS, json!({"to_user_id": other.id})).await);
    }
    assert_eq!(list(&ann, "").await, [request]);
    world.settle().await;
    assert_eq!(login(&bob).await.access.inbox().await, ["requested"]);
    assert_kept!("refused", answers);
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_in_a_block_with_the_caller_is_nobody() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ask(&ann, &bob).await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    let mut answers = Answers::default();
    for (one, other) in [(&ann, &bob), (&bob, &ann)] {
        let about = |what: &str| format!("{what}, by {}", one.name);
        answers.add(&about("a new one"), one.post(REQUESTS, json!({"to_user_id": other.id})).await);
        answers.add(&about("the old one"), one.get(&request_path(request)).await);
        answers.add(&about("the list"), one.get(REQUESTS).await);
        answers.add(&about("the connections"), one.get(CONNECTIONS).await);
        answers.add(&about("accept"), decide(one, request, "accept").await);
        answers.add(&about("reject"), decide(one, request, "reject").await);
    }
    assert_kept!("blocked", answers);
    world.finish().await;
}

#[tokio::test]
async fn requests_that_cross_connect() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let request = ask(&ann, &bob).await;
    world.settle().await;
    let crossed = bob.post(REQUESTS, json!({"to_user_id": ann.id, "message": "Me too"})).await;
    assert_eq!(id(&crossed.body), request, "it is the one that waited");
    let mut answers = Answers::default();
    answers.add("the second", crossed);
    for person in [&ann, &bob] {
        assert_eq!(person.get(REQUESTS).await.expect(200), json!([answers.0[0]["body"]]));
        answers.add(&format!("the connections of {}", person.name), person.get(CONNECTIONS).await);
    }
    world.settle().await;
    assert_eq!(login(&ann).await.access.inbox().await, ["accepted"]);
    assert_eq!(login(&bob).await.access.inbox().await, ["requested"]);
    assert_kept!("crossed", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_list_goes_by_direction_and_status() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let mut requests = Vec::new(); // incoming and outgoing, of each status
    for status in ["pending", "accepted", "rejected", "cancelled"] {
        let other = world.person(status).await;
        let outgoing = by_shared_paths(&world, &format!("{status}2")).await;
        let (came, went) = (ask(&other, &ann).await, ask(&ann, &outgoing).await);
        match status {
            "accepted" | "rejected" => {
                let decision = &status[..6];
                decide(&ann, came, decision).await.expect(200);
                decide(&outgoing, went, decision).await.expect(200);
            }
            "cancelled" => {
                // Taken back through v1: this dialect has no such operation.
                other.decide(came, "cancel").await.expect(200);
                ann.decide(went, "cancel").await.expect(200);
            }
            _ => {}
        }
        requests.push((status, came, went));
    }
    let newest = |mut ids: Vec<i64>| {
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids
    };
    let came: Vec<i64> = requests.iter().map(|(_, came, _)| *came).collect();
    let went: Vec<i64> = requests.iter().map(|(.., went)| *went).collect();
    assert_eq!(list(&ann, "").await, newest([came.clone(), went.clone()].concat()));
    assert_eq!(list(&ann, "?direction=incoming").await, newest(came));
    assert_eq!(list(&ann, "?direction=outgoing").await, newest(went));
    for (status, came, went) in requests {
        assert_eq!(list(&ann, &format!("?status={status}")).await, newest(vec![came, went]), "{status}");
        for (direction, id) in [("incoming", came), ("outgoing", went)] {
            let query = format!("?direction={direction}&status={status}");
            assert_eq!(list(&ann, &query).await, [id], "{query}");
        }
    }
    assert_eq!(list(&ann, "?direction=&status=").await.len(), 8, "blank is none");
    assert_eq!(list(&by_shared_paths(&world, "zed").await, "").await, [0_i64; 0]);
    world.finish().await;
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    for query in [
        "direction=sideways",
        "direction=Incoming",
        "status=open",
        "status=PENDING",
        "direction=sideways&status=open",
        "direction=%00",
        "status=a%00b",
        "limit=ten&offset=x",
        "limit=0",
        "limit=-1",
        "offset=-1",
        "limit=1.5",
        "limit=",
        "limit=%00",
        "offset=4294967296",
        "limit=99999999999999999999",
    ] {
        answers.add(query, ann.get(&format!("{REQUESTS}?{query}")).await);
    }
    assert_kept!("parameters", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_list_goes_on_by_limit_and_offset() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut all = Vec::new();
    for number in 0..5 {
        let other = by_shared_paths(&world, &format!("other{number}")).await;
        all.insert(0, if number % 2 == 0 { ask(&ann, &other).await } else { ask(&other, &ann).await });
    }
    for (query, expected) in [
        ("limit=2", &all[..2]),
        ("limit=2&offset=2", &all[2..4]),
        ("limit=2&offset=4", &all[4..]),
        ("limit=2&offset=5", &[]),
        ("offset=3", &all[3..]),
        ("limit=5000", &all[..]),
        ("offset=4294967295", &[]),
    ] {
        assert_eq!(list(&ann, &format!("?{query}")).await, expected, "{query}");
    }
    assert_eq!(list(&ann, "?direction=outgoing&status=pending&limit=1&offset=1").await, [all[2]]);
    world.finish().await;
}

#[tokio::test]
async fn a_request_shows_people_as_they_are_now() {
    let world = World::start().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let request = ask(&ann, &bob).await;
    let change = json!({"username": "zoë", "full_name": "Zoë Ann", "email": "zoe@example.org"});
    ann.send(ann.request(Method::PUT, super::PROFILE).json(&change)).await.expect(200);
    let row = bob.get(&request_path(request)).await.expect(200);
    for (field, value) in change.as_object().expect("fields") {
        assert_eq!(&row["from_user"][field], value);
    }
    world.finish().await;
}
