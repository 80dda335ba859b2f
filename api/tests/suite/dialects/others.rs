//! What is another's, by its number, through every dialect: nothing is read, nothing changes. The dialects'
//! own descriptions and sources say which operations name something, so that none is forgotten.

use std::fs;
use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{by_karoo, load_places};
use crate::world::{Answer, Person, World};

/// A word that is in everything that is private.
const SECRET: &str = "confidential";

/// What belongs to Ann and Bob, by number.
struct Theirs {
    request: i64,
    connection: i64,
    notification: i64,
    account: i64,
    address: i64,
    listing: i64,
    review: i64,
    case: i64,
}

/// One try: where, with which body, and what is answered.
struct Try {
    method: &'static str,
    /// As the routes have it.
    path: &'static str,
    /// What takes the place of the number in it.
    id: i64,
    /// The field that names something, where the path does not.
    field: Option<&'static str>,
    body: Value,
    status: u16,
}

impl Try {
    fn at(method: &'static str, path: &'static str, id: i64, body: Value, status: u16) -> Self {
        Self { method, path, id, field: None, body, status }
    }

    fn of(path: &'static str, field: &'static str, body: Value, status: u16) -> Self {
        Self { method: "POST", path, id: 0, field: Some(field), body, status }
    }

    fn name(&self) -> String {
        let field = self.field.map(|field| format!(" {field}")).unwrap_or_default();
        format!("{} {}{field}", self.method, self.path)
    }
}

impl Theirs {
    /// Each operation that names one of them.
    fn tries(&self) -> Vec<Try> {
        let Self { request, connection, notification, account, address, listing, review, case } = *self;
        let (read, offer) = (json!({"read": true}), json!({"title": "Mine"}));
        vec![
            Try::at("GET", "/api/connection_requests/{id}", request, json!({}), 404),
            Try::at("POST", "/api/connection_requests/{id}/accept", request, json!({}), 404),
            Try::at("POST", "/api/connection_requests/{id}/reject", request, json!({}), 404),
            Try::at("DELETE", "/api/connections/{id}", connection, json!({}), 404),
            Try::at("GET", "/api/notifications/{id}", notification, json!({}), 404),
            Try::at("PATCH", "/api/notifications/{id}", notification, read, 404),
            Try::at("DELETE", "/api/notifications/{id}", notification, json!({}), 404),
            Try::at("POST", "/api/notifications/{id}/mark-read", notification, json!({}), 404),
            Try::at("PUT", "/api/notification/{id}", notification, json!({"body": "Mine"}), 404),
            Try::at("DELETE", "/api/notification/{id}", notification, json!({}), 404),
            Try::of("/api/connection/decide", "connection_id", json!({"connection_id": request, "do": "accept"}), 404),
            Try::of("/api/notifications", "recipient_id", json!({"recipient_id": account, "message": "Mine"}), 403),
            Try::at("GET", "/api/suggested-friends/{id}", account, json!({}), 403),
            Try::at("GET", "/users/settings/address-edit/{id}", address, json!({}), 404),
            Try::at("PUT", "/users/settings/address-edit/{id}", address, json!({"city": "قم", "province": "قم"}), 404),
            Try::at("DELETE", "/users/settings/address-edit/{id}", address, json!({}), 404),
            Try::at("GET", "/jobs/user/info/{id}", listing, json!({}), 403),
            Try::at("PUT", "/jobs/user/info/{id}", listing, offer, 403),
            Try::at("DELETE", "/jobs/user/info/{id}", listing, json!({}), 403),
            Try::at("PUT", "/jobs/comment/edit/{id}", review, json!({"rating": 1}), 403),
            Try::at("POST", "/jobs/timetable/{id}", listing, json!({"timetable": []}), 403),
            Try::of("/jobs/user/pictures", "job", json!({"job": listing}), 400),
            Try::at("GET", "/support/cases/chat/{id}/messages", case, json!({}), 404),
            Try::of("/support/cases/chat/create_message", "chat", json!({"chat": case, "content": "Mine"}), 400),
        ]
    }
}

/// Operations that name what anybody may name: people, what all may see, and what all may say something of.
const ANYBODYS: [&str; 11] = [
    "POST /api/connection/send to_user_id",
    "POST /api/connection_requests to_user_id",
    "GET /jobs/{id}",
    "POST /jobs/user/info SubCategory",
    "POST /jobs/comment/create job",
    "POST /support/spam_report job",
    "GET /categories/{id}/subcategories",
    "GET /support/cases/{id}/chats",
    "POST /support/cases/{id}/chats",
    // Stars; and a number in a body whose operation is held above by its path.
    "rating",
    "SubCategory",
];

fn id_of(answer: &Answer) -> i64 {
    let status = answer.status;
    answer.body["id"].as_i64().unwrap_or_else(|| panic!("{status} {:#}", answer.body))
}

/// Ann and Bob with what they have, and Eve with nothing but her own.
async fn world() -> (World, [Person; 3], Theirs) {
    let world = World::start().await;
    load_places(&world).await;
    let [ann, bob, cat, eve] = [
        by_karoo(&world, "ann").await,
        by_karoo(&world, "bob").await,
        by_karoo(&world, "cat").await,
        by_karoo(&world, "eve").await,
    ];
    cat.accept(ann.ask(&cat).await).await.expect(200);
    let asked = json!({"to_user_id": bob.id, "message": SECRET});
    let request = id_of(&ann.post("/api/v1/connection-requests", asked).await);
    world.settle().await;
    let said = json!({"message": SECRET, "recipient_id": bob.id});
    let notification = id_of(&bob.post("/api/notifications/", said).await);
    let home = json!({"province": "فارس", "city": "شیراز"});
    let address = id_of(&ann.post("/users/settings/address-list/", home).await);
    let offer = json!({"title": "Leaks mended", "SubCategory": 6, "province": "تهران", "city": "تهران"});
    let listing = id_of(&ann.post("/jobs/user/info/", offer).await);
    let comment = json!({"title": "Good", "comment": "Very good", "rating": 5, "job": listing});
    let review = id_of(&bob.post("/jobs/comment/create/", comment).await);
    let case = id_of(&ann.post("/support/cases/1/chats/", json!({"title": SECRET})).await);
    let wrote = json!({"chat": case, "content": SECRET});
    ann.post("/support/cases/chat/create_message/", wrote).await.expect(201);
    let sent = json!({"recipient_email": "bob@example.org", "content": SECRET});
    ann.post("/support/send_message/", sent).await.expect(201);
    world.settle().await;
    let connections = ann.get("/api/v1/connections").await.expect(200);
    let connection = connections["items"][0]["id"].as_i64().expect("an id");
    let account = ann.id;
    let theirs = Theirs { request, connection, notification, account, address, listing, review, case };
    (world, [ann, bob, eve], theirs)
}

/// All that the two see of what is theirs.
async fn seen(people: &[&Person], theirs: &Theirs) -> Vec<Value> {
    let mut all = Vec::new();
    for person in people {
        for path in [
            "connection-requests",
            "connection-requests?direction=outgoing",
            "connections",
            "notifications",
            "me/addresses",
            "me/listings",
            "me/reviews",
            "chats",
            "cases",
            "reports",
        ] {
            all.push(person.get(&format!("/api/v1/{path}")).await.expect(200));
        }
    }
    for path in [format!("listings/{}", theirs.listing), format!("listings/{}/reviews", theirs.listing)] {
        all.push(people[0].get(&format!("/api/v1/{path}")).await.expect(200));
    }
    all.push(people[0].get(&format!("/api/v1/cases/{}/messages", theirs.case)).await.expect(200));
    all
}

#[tokio::test]
async fn what_is_anothers_is_neither_read_nor_changed() {
    let (world, [ann, bob, eve], theirs) = world().await;
    let own = json!({"title": "Mine", "SubCategory": 6, "province": "تهران", "city": "تهران"});
    let own = id_of(&eve.post("/jobs/user/info/", own).await);
    super::support::execute(
        &world,
        "INSERT INTO listing_pictures (listing_id, key, created_at) SELECT id, 'anns', created_at FROM listings WHERE id = $1",
        [theirs.listing.into()],
    )
    .await;
    let before = seen(&[&ann, &bob], &theirs).await;
    assert!(json!(before).to_string().contains(SECRET), "they themselves see it");
    for one in theirs.tries() {
        let method = Method::from_bytes(one.method.as_bytes()).expect("a method");
        let path = one.path.replace("{id}", &one.id.to_string());
        for path in [format!("{path}/"), path] {
            let answer = eve.call(method.clone(), &path, one.body.clone()).await;
            assert_eq!(answer.status.as_u16(), one.status, "{} {:#}", one.name(), answer.body);
            assert!(!answer.body.to_string().contains(SECRET), "{} {:#}", one.name(), answer.body);
        }
    }
    let picture = eve.call(Method::PUT, &format!("/jobs/user/info/{own}/"), json!({"main_picture": 1})).await;
    assert_eq!(picture.expect(400), json!({"main_picture": ["Invalid pk \"1\" - object does not exist."]}));
    for path in [
        "/api/connection_requests/",
        "/api/connections/",
        "/api/notifications/",
        "/api/connection/requests/",
        "/api/connection/accepted/",
        "/api/notification/",
        "/users/settings/address-list/",
        "/support/cases/1/chats/",
        "/support/chatroom/ann@example.org/",
        "/support/chatroom/bob@example.org/",
        "/chats/getChats/",
    ] {
        assert_eq!(eve.get(path).await.expect(200), json!([]), "{path}");
    }
    world.settle().await;
    assert_eq!(seen(&[&ann, &bob], &theirs).await, before);
    world.finish().await;
}

/// The Rust files of the dialects, as one text.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("a source file"));
        }
    }
}

#[test]
fn every_operation_that_names_something_is_tried() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialects"), &mut text);
    let everything =
        Theirs { request: 0, connection: 0, notification: 0, account: 0, address: 0, listing: 0, review: 0, case: 0 };
    let tried: Vec<String> = everything.tries().iter().map(Try::name).collect();
    let known = |name: &str| tried.iter().any(|one| one == name) || ANYBODYS.contains(&name);
    let mut found = 0;
    let document = serde_json::to_value(api::dialects::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    for (path, item) in paths.iter().filter(|(path, _)| path.contains("{id}")) {
        for method in item.as_object().expect("operations").keys() {
            found += 1;
            let name = format!("{} {}", method.to_uppercase(), path.trim_end_matches('/'));
            assert!(known(&name), "{name} is tried by nobody");
        }
    }
    assert!(found > 20, "{found}");
    for field in text.split("id(\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
        let named = tried.iter().any(|one| one.ends_with(&format!(" {field}")));
        let anybodys = ANYBODYS.iter().any(|one| *one == field || one.ends_with(&format!(" {field}")));
        assert!(named || anybodys || field == "main_picture", "{field} is tried by nobody");
    }
}
