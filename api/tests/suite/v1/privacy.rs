//! Nobody reads or changes what is not theirs (P8).

use reqwest::Method;
use serde_json::json;

use super::support::{ids, load_places, operations, seen};
use super::sweep::body_of;
use crate::world::{Answer, Person, World};

/// Everything that belongs to somebody, by the path that names it.
struct Theirs {
    request: i64,
    connection: i64,
    notification: i64,
    session: i64,
    blocked: i64,
    address: i64,
    /// With one message in it, which has the same number.
    chat: i64,
    /// A listing that somebody has saved.
    saved: i64,
    case: i64,
    report: i64,
}

const REQUEST: &str = "/api/v1/connection-requests/{id}";
const NOTIFICATION: &str = "/api/v1/notifications/{id}";
const ADDRESS: &str = "/api/v1/me/addresses/{id}";
const CHAT: &str = "/api/v1/chats/{id}";
const CASE: &str = "/api/v1/cases/{id}";

impl Theirs {
    /// Everything under one number.
    fn all(id: i64) -> Self {
        Self {
            request: id,
            connection: id,
            notification: id,
            session: id,
            blocked: id,
            address: id,
            chat: id,
            saved: id,
            case: id,
            report: id,
        }
    }

    /// Each operation on it, and its id.
    fn operations(&self) -> Vec<(&'static str, String, i64)> {
        vec![
            ("GET", REQUEST.to_owned(), self.request),
            ("POST", format!("{REQUEST}/accept"), self.request),
            ("POST", format!("{REQUEST}/reject"), self.request),
            ("POST", format!("{REQUEST}/cancel"), self.request),
            ("DELETE", "/api/v1/connections/{id}".to_owned(), self.connection),
            ("GET", NOTIFICATION.to_owned(), self.notification),
            ("POST", format!("{NOTIFICATION}/read"), self.notification),
            ("DELETE", NOTIFICATION.to_owned(), self.notification),
            ("DELETE", "/api/v1/sessions/{id}".to_owned(), self.session),
            ("DELETE", "/api/v1/blocks/{id}".to_owned(), self.blocked),
            ("GET", ADDRESS.to_owned(), self.address),
            ("PUT", ADDRESS.to_owned(), self.address),
            ("DELETE", ADDRESS.to_owned(), self.address),
            ("GET", CHAT.to_owned(), self.chat),
            ("POST", format!("{CHAT}/read"), self.chat),
            ("GET", format!("{CHAT}/messages"), self.chat),
            ("POST", format!("{CHAT}/messages"), self.chat),
            ("PATCH", format!("{CHAT}/messages/{{message_id}}"), self.chat),
            ("DELETE", format!("{CHAT}/messages/{{message_id}}"), self.chat),
            ("DELETE", "/api/v1/me/saved-listings/{id}".to_owned(), self.saved),
            ("GET", CASE.to_owned(), self.case),
            ("GET", format!("{CASE}/messages"), self.case),
            ("POST", format!("{CASE}/messages"), self.case),
            ("GET", "/api/v1/reports/{id}".to_owned(), self.report),
        ]
    }
}

/// Opens a chat, and says the first thing in it.
async fn chat_of_one_message(one: &Person, other: &Person) -> i64 {
    let chat = one.post("/api/v1/chats", json!({"account_id": other.id})).await.expect(200);
    let path = format!("/api/v1/chats/{}/messages", chat["id"]);
    let message = one.post(&path, json!({"text": "Hello"})).await.expect(201);
    assert_eq!(message["id"], chat["id"], "the first of each");
    chat["id"].as_i64().expect("an id")
}

/// Opens a case.
async fn asked(person: &Person) -> i64 {
    let case = person.post("/api/v1/cases", serde_json::json!({"kind_id": 1, "title": "Help"})).await.expect(201);
    case["id"].as_i64().expect("an id")
}

/// Reports somebody.
async fn reported(person: &Person, other: &Person) -> i64 {
    let body = serde_json::json!({"subject": "account", "subject_id": other.id, "message": "Rude"});
    person.post("/api/v1/reports", body).await.expect(201)["id"].as_i64().expect("an id")
}

/// Somebody tries one of them, with the body that it takes.
async fn tried(person: &Person, method: &str, path: &str, id: i64) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let request =
        person.request(method.clone(), &path.replace("{id}", &id.to_string()).replace("{message_id}", &id.to_string()));
    let body = body_of(&method, path);
    person.send(body.into_iter().fold(request, |request, body| request.json(&body))).await
}

/// The operations whose id is anybody's to name.
const PUBLIC: [&str; 9] = [
    "GET /api/v1/users/{id}",
    "PUT /api/v1/blocks/{id}",
    "DELETE /api/v1/suggestions/{id}",
    "GET /api/v1/listings/{id}",
    "GET /api/v1/listings/{id}/reviews",
    "POST /api/v1/listings/{id}/reviews",
    "PUT /api/v1/me/saved-listings/{id}",
    // Listings are for all to see, and their pictures: `listing_pictures` tries another's.
    "POST /api/v1/listings/{id}/pictures",
    "DELETE /api/v1/listings/{id}/pictures/{picture_id}",
];

/// The operations on what anybody may see and its owner alone may change.
const SEEN_BY_ALL: [(&str, &str); 6] = [
    ("PATCH", "/api/v1/listings/{id}"),
    ("DELETE", "/api/v1/listings/{id}"),
    ("PATCH", "/api/v1/reviews/{id}"),
    ("DELETE", "/api/v1/reviews/{id}"),
    ("PUT", "/api/v1/reviews/{id}/reply"),
    ("DELETE", "/api/v1/reviews/{id}/reply"),
];

#[tokio::test]
async fn what_belongs_to_others_is_not_there() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let (dan, eve) = (world.person("dan").await, world.person("eve").await);
    cat.accept(ann.ask(&cat).await).await.expect(200);
    let request = ann.ask(&bob).await;
    bob.put(&format!("/api/v1/blocks/{}", dan.id)).await.expect(204);
    load_places(&world).await;
    ann.lives_in(1).await.expect(201);
    let chat = chat_of_one_message(&ann, &bob).await;
    world.settle().await;
    let first = |list: &serde_json::Value| ids(list)[0];
    let theirs = Theirs {
        request,
        connection: first(&ann.get("/api/v1/connections").await.expect(200)),
        notification: first(&bob.get("/api/v1/notifications").await.expect(200)),
        session: ann.session_id,
        blocked: dan.id,
        address: first(&ann.get("/api/v1/me/addresses").await.expect(200)),
        chat,
        saved: ann.offers(json!({})).await,
        case: asked(&ann).await,
        report: reported(&ann, &bob).await,
    };
    bob.put(&format!("/api/v1/me/saved-listings/{}", theirs.saved)).await.expect(204);
    let before = seen(&[&ann, &bob, &cat]).await;
    for (method, path, id) in theirs.operations() {
        tried(&eve, method, &path, id).await.expect_problem(404, "not_found");
    }
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    assert_eq!(eve.inbox().await, [""; 0]);
    world.finish().await;
}

#[tokio::test]
async fn what_all_may_see_its_owner_alone_may_change() {
    let world = World::start().await;
    load_places(&world).await;
    let (ann, bob, eve) = (world.person("ann").await, world.person("bob").await, world.person("eve").await);
    let listing = ann.offers(json!({})).await;
    let review = bob.reviews(listing, 4).await;
    let path = format!("/api/v1/listings/{listing}");
    ann.call(Method::PUT, &format!("/api/v1/reviews/{review}/reply"), json!({"text": "Thank you"})).await.expect(200);
    world.settle().await;
    let shown = async || [ann.get(&path).await.expect(200), ann.get(&format!("{path}/reviews")).await.expect(200)];
    let before = (shown().await, seen(&[&ann, &bob]).await);
    for (method, path) in SEEN_BY_ALL {
        let id = if path.contains("/listings/") { listing } else { review };
        tried(&eve, method, path, id).await.expect_problem(403, "not_yours");
        tried(&eve, method, path, 999).await.expect_problem(404, "not_found");
        // Nor do the two have each other's rights.
        let other = if path.ends_with("/reply") || path.contains("/listings/") { &bob } else { &ann };
        tried(other, method, path, id).await.expect_problem(403, "not_yours");
    }
    world.settle().await;
    assert_eq!((shown().await, seen(&[&ann, &bob]).await), before);
    world.finish().await;
}

/// Nor is anything told by the difference between what is another's and what is not there at all.
#[tokio::test]
async fn what_is_not_there_is_answered_as_what_belongs_to_others() {
    let world = World::start().await;
    let (ann, bob, eve) = (world.person("ann").await, world.person("bob").await, world.person("eve").await);
    let request = ann.ask(&bob).await;
    load_places(&world).await;
    let address = ann.lives_in(1).await.expect(201)["id"].as_i64().expect("an id");
    world.settle().await;
    let notification = ids(&bob.get("/api/v1/notifications").await.expect(200))[0];
    let (session, chat) = (ann.session_id, chat_of_one_message(&ann, &bob).await);
    let saved = ann.offers(json!({})).await;
    bob.put(&format!("/api/v1/me/saved-listings/{saved}")).await.expect(204);
    let (case, report) = (asked(&ann).await, reported(&ann, &bob).await);
    let existing =
        Theirs { request, connection: 1, notification, session, blocked: bob.id, address, chat, saved, case, report };
    let missing = Theirs::all(999);
    for ((method, path, is), (_, _, is_not)) in existing.operations().into_iter().zip(missing.operations()) {
        let call = async |id| tried(&eve, method, &path, id).await.expect_problem(404, "not_found");
        assert_eq!(call(is).await, call(is_not).await, "{path}");
    }
    world.finish().await;
}

#[tokio::test]
async fn the_two_of_a_request_can_not_take_each_others_part() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let request = ann.ask(&bob).await;
    world.settle().await;
    let before = seen(&[&ann, &bob]).await;
    for (person, decision) in [(&ann, "accept"), (&ann, "reject"), (&bob, "cancel")] {
        person.decide(request, decision).await.expect_problem(403, "not_yours");
    }
    // The notification of it is the receiver's alone.
    let notification = ids(&bob.get("/api/v1/notifications").await.expect(200))[0];
    let path = format!("/api/v1/notifications/{notification}");
    ann.get(&path).await.expect_problem(404, "not_found");
    ann.delete(&path).await.expect_problem(404, "not_found");
    ann.act(&format!("{path}/read")).await.expect_problem(404, "not_found");
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob]).await, before);
    world.finish().await;
}

#[test]
fn every_operation_that_names_something_is_held_against_others() {
    let held = Theirs::all(0).operations();
    let held: Vec<String> = held.into_iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
        let name = operation.name();
        // `admin` holds those of staff against everybody else.
        let staffs = operation.path.starts_with("/api/v1/admin/");
        let seen_by_all = SEEN_BY_ALL.iter().any(|(method, path)| name == format!("{method} {path}"));
        let named = staffs || held.contains(&name) || PUBLIC.contains(&name.as_str()) || seen_by_all;
        assert!(named, "{name} is held against nobody");
    }
}
