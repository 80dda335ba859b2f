//! Who gets in, under which paths, with which methods: every operation of this dialect.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

use super::super::support::{by_shared_paths, whole, with_token};
use super::{ask, connect, decide, newest, rows, seen, three};
use crate::world::{Answer, PASSWORD, Person, World};

/// An operation of the document, and a body that it takes.
type Operation = (Method, String, Option<Value>);

/// Every operation but the socket, about a request and a notification of the caller; `other` is whom
/// the caller may ask. The first two need no token.
fn operations(request: i64, notification: i64, other: i64) -> [Operation; 12] {
    let get = |path: &str| (Method::GET, format!("/api/{path}"), None);
    let post = |path: &str, body: Value| (Method::POST, format!("/api/{path}"), Some(body));
    let registration = json!({"username": "new", "email": "new@example.org", "password": PASSWORD});
    [
        post("user/register", registration),
        post("user/login", json!({"username": "ann", "password": PASSWORD})),
        get("user/search?name=bob"),
        post("connection/send", json!({"to_user_id": other})),
        post("connection/decide", json!({"connection_id": request, "do": "accept"})),
        get("connection/accepted"),
        get("connection/requests"),
        get("connection/sent-requests"),
        get("notification"),
        post("notification/create", json!({"body": "A note"})),
        (Method::PUT, format!("/api/notification/{notification}"), Some(json!({"body": "Edited"}))),
        (Method::DELETE, format!("/api/notification/{notification}"), None),
    ]
}

/// Calls an operation, with or without the trailing slash.
async fn call(person: &Person, (method, path, body): &Operation, slash: bool) -> Answer {
    let path = match path.split_once('?') {
        Some((path, query)) if slash => format!("{path}/?{query}"),
        None if slash => format!("{path}/"),
        _ => path.clone(),
    };
    let request = person.request(method.clone(), &path);
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = person.send(request).await;
    assert!(!answer.status.is_redirection(), "{method} {path}: {}", answer.status);
    answer
}

/// Ann, of whom bob has asked something, and cat.
async fn waiting(world: &World) -> ([Person; 3], [Operation; 12]) {
    let [ann, bob, cat] = three(world).await;
    let request = ask(&bob, &ann).await;
    world.settle().await;
    let notification = newest(&ann).await;
    let operations = operations(request, notification, cat.id);
    ([ann, bob, cat], operations)
}

#[tokio::test]
async fn every_path_is_served_with_and_without_the_trailing_slash() {
    let mut worlds = Vec::new();
    for slash in [false, true] {
        let world = World::start().await;
        let ([ann, ..], operations) = waiting(&world).await;
        let mut statuses = Vec::new();
        for operation in &operations {
            let answer = call(&ann, operation, slash).await;
            statuses.push(format!("{} {}: {}", operation.0, operation.1, answer.status.as_u16()));
            world.settle().await;
        }
        worlds.push(statuses);
        world.finish().await;
    }
    assert_eq!(worlds[0], worlds[1]);
    assert_whole!("every_path", &worlds[0]);
}

#[tokio::test]
async fn both_words_for_the_scheme_are_taken_in_any_case() {
    for scheme in ["Token", "Bearer", "token", "BEARER"] {
        let world = World::start().await;
        let ([ann, ..], operations) = waiting(&world).await;
        let token = ann.token.clone().expect("a token");
        let value = HeaderValue::from_str(&format!("{scheme} {token}")).expect("a header");
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("authorization", value);
        let client = reqwest::Client::builder().default_headers(headers).build().expect("a client");
        let of_scheme = Person { client, token: None, ..ann };
        for operation in &operations {
            let answer = call(&of_scheme, operation, true).await;
            assert!(answer.status.is_success(), "{scheme} {operation:?}: {} {:#}", answer.status, answer.body);
        }
        world.finish().await;
    }
}

#[tokio::test]
async fn a_sliding_token_is_taken_too() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let bob = by_shared_paths(&world, "bob").await;
    let request = ask(&bob, &ann).await;
    decide(&ann, request, "accept").await.expect(200);
    assert_eq!(rows(&bob, "/api/connection/accepted/").await.len(), 1);
    world.finish().await;
}

#[tokio::test]
async fn whoever_shows_no_valid_token_gets_nowhere() {
    let world = World::start().await;
    let ([ann, bob, cat], operations) = waiting(&world).await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let of_v1 = ann.sign_in("ann").await;
    let ended = ann.sign_in("ann").await;
    ended.delete("/api/v1/sessions/current").await.expect(204);
    let nobody = with_token(&ann, None);
    let nobodies_answer = whole(nobody.get("/api/notification/").await);
    let false_answer = whole(with_token(&ann, Some("nonsense")).get("/api/notification/").await);
    assert_whole!("no_valid_token", json!([nobodies_answer, false_answer]));
    let mut forged = ann.token.clone().expect("a token");
    forged.truncate(forged.len() - 4);
    let of_no_use =
        ["nonsense", "a b", &forged, &ann.refresh_token, &of_v1.refresh_token, &ended.token.expect("a token")];
    for operation in &operations[2..] {
        let answer = call(&nobody, operation, true).await;
        assert!(answer.headers.contains_key("www-authenticate"));
        assert_eq!(whole(answer), nobodies_answer, "{operation:?}");
        for token in of_no_use {
            let answer = call(&with_token(&ann, Some(token)), operation, true).await;
            assert!(answer.headers.contains_key("www-authenticate"));
            assert_eq!(whole(answer), false_answer, "{operation:?} {token}");
        }
        // Another scheme, or none, is as good as nothing.
        for value in ["Basic YTpi", "Bearer", "Token", "", "JWT x"] {
            let request = nobody.request(operation.0.clone(), &operation.1).header("authorization", value);
            assert_eq!(whole(nobody.send(request).await), nobodies_answer, "{operation:?} {value}");
        }
    }
    // Who registers or signs in needs none; nor does a bad one get in the way.
    for operation in &operations[..2] {
        assert!(call(&with_token(&ann, Some("nonsense")), operation, true).await.status.is_success());
    }
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    world.finish().await;
}

#[tokio::test]
async fn a_token_lives_for_its_time_and_no_longer() {
    let world = World::start().await;
    let ([ann, ..], operations) = waiting(&world).await;
    world.bed.clock.turn(TimeDelta::seconds(world.core().config.secrets.lifetimes.access - 60));
    call(&ann, &operations[8], true).await.expect(200);
    world.bed.clock.turn(TimeDelta::seconds(60));
    for operation in &operations[2..] {
        call(&ann, operation, true).await.expect(401);
    }
    let refreshed = ann.post("/api/token/refresh/", json!({"refresh": ann.refresh_token})).await.expect(200);
    let refreshed = with_token(&ann, refreshed["access"].as_str());
    call(&refreshed, &operations[8], true).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn another_method_is_refused() {
    let world = World::start().await;
    let ([ann, bob, cat], operations) = waiting(&world).await;
    connect(&ann, &cat).await;
    world.settle().await;
    let before = seen(&[&ann, &bob, &cat]).await;
    let methods = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let mut refused = Vec::new();
    let mut paths: Vec<&str> = operations.iter().map(|(_, path, _)| path.split('?').next().expect("a path")).collect();
    paths.dedup();
    paths.push("/ws/notifs");
    for path in paths {
        let taken = |method: &Method| {
            let of_socket = path == "/ws/notifs" && *method == Method::GET;
            of_socket || operations.iter().any(|(one, at, _)| one == method && at.split('?').next() == Some(path))
        };
        for method in methods.iter().filter(|method| !taken(method)) {
            for path in [path.to_owned(), format!("{path}/")] {
                let answer = ann.send(ann.request(method.clone(), &path)).await;
                let expected = json!({"detail": format!("Method \"{method}\" not allowed.")});
                assert_eq!((answer.status.as_u16(), &answer.body), (405, &expected), "{method} {path}");
            }
            refused.push(format!("{method} {path}"));
        }
    }
    assert_whole!("another_method", refused);
    assert_eq!(seen(&[&ann, &bob, &cat]).await, before);
    world.finish().await;
}

/// RFC 9110, section 15.5.6, and what Django REST Framework does.
#[tokio::test]
async fn a_refused_method_says_which_are_taken() {
    let world = World::start().await;
    let ([ann, ..], operations) = waiting(&world).await;
    let allowed = async |path: &str| {
        let answer = ann.send(ann.request(Method::PATCH, path)).await;
        assert_eq!(answer.status, 405);
        let allow = answer.headers.get("allow").and_then(|allow| allow.to_str().ok()).unwrap_or_default().to_owned();
        allow.split(',').map(|method| method.trim().to_owned()).filter(|method| method != "HEAD").collect::<Vec<_>>()
    };
    assert_eq!(allowed("/api/user/register/").await, ["POST"]);
    assert_eq!(allowed("/api/notification/").await, ["GET"]);
    let mut of_one = allowed(&operations[11].1).await;
    of_one.sort();
    assert_eq!(of_one, ["DELETE", "PUT"]);
    world.finish().await;
}

#[tokio::test]
async fn what_lies_beside_the_paths_is_not_there() {
    let world = World::start().await;
    let ([ann, ..], _) = waiting(&world).await;
    let paths =
        ["user", "user/register/x", "connection", "connection/accepted/1", "notification/abc", "notification/1/2"];
    for path in paths {
        let answer = ann.send(ann.request(Method::PUT, &format!("/api/{path}/")).json(&json!({"body": "x"}))).await;
        assert_eq!(answer.expect(404), json!({"detail": "Not found."}), "{path}");
    }
    world.finish().await;
}
