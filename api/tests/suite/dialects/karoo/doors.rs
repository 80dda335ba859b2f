//! Every path: with and without its slash, without a token, by another method, with another body.

use reqwest::{Method, redirect};
use serde_json::json;

use super::jobs::{JOBS, LIST};
use super::pictures::PICTURES;
use super::{
    ADDRESSES, CASES, CITIES, INFO, LOGIN, LOGOUT, PROVINCES, REFRESH, REGISTER, SEARCH, SEND, SPAM, WRITE, stranger,
};
use crate::dialects::support::{by_karoo, send, whole, with_token};
use crate::world::{PATIENCE, Person, World};

const EDIT: &str = "/users/settings/address-edit/1/";
const ROOM: &str = "/support/chatroom/nobody@example.org/";
const CHATS: &str = "/support/cases/1/chats/";
const CHAT: &str = "/support/cases/chat/1/messages/";

/// Each path, its methods, and whether it takes a token.
const DOORS: [(&str, &[&str], bool); 28] = [
    (REGISTER, &["POST"], false),
    (LOGIN, &["POST"], false),
    (REFRESH, &["POST"], false),
    (PROVINCES, &["GET"], false),
    (CITIES, &["GET", "POST"], false),
    (LOGOUT, &["POST"], true),
    (INFO, &["GET", "PUT"], true),
    (ADDRESSES, &["GET", "POST"], true),
    (EDIT, &["DELETE", "GET", "PUT"], true),
    (SEARCH, &["GET"], true),
    (JOBS, &["GET", "POST"], true),
    ("/jobs/user/info/1/", &["DELETE", "GET", "PUT"], true),
    ("/jobs/comment/create/", &["POST"], true),
    ("/jobs/comment/edit/1/", &["PUT"], true),
    ("/jobs/timetable/1/", &["POST"], true),
    (LIST, &["GET"], false),
    ("/jobs/1/", &["GET"], false),
    ("/jobs/skills/", &["GET"], false),
    ("/categories/", &["GET"], false),
    ("/categories/1/subcategories/", &["GET"], false),
    (PICTURES, &["POST"], true),
    (SPAM, &["POST"], true),
    (SEND, &["POST"], true),
    (ROOM, &["GET"], true),
    (CASES, &["GET"], true),
    (CHATS, &["GET", "POST"], true),
    (CHAT, &["GET"], true),
    (WRITE, &["POST"], true),
];

fn method(name: &str) -> Method {
    Method::from_bytes(name.as_bytes()).expect("a method")
}

/// The operations, by both ways to write their paths.
fn operations() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    let both = |path: &'static str| [path, path.trim_end_matches('/')];
    DOORS.into_iter().flat_map(move |(path, methods, signed)| {
        both(path).into_iter().flat_map(move |path| methods.iter().map(move |name| (path, *name, signed)))
    })
}

#[tokio::test]
async fn without_a_valid_token_nothing_else_is_looked_at() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let missing = json!({"status": 401, "body": {"detail": "Authentication credentials were not provided."}});
    let invalid = json!({"status": 401, "body": {"detail": "Given token not valid for any token type"}});
    for (path, name, _) in operations().filter(|(_, _, signed)| *signed) {
        for (person, expected) in [(nobody.clone(), &missing), (with_token(&nobody, Some("a.b.c")), &invalid)] {
            let answer = send(&person, method(name), &format!("{path}?limit=x"), Some("text/plain"), "{").await;
            assert!(answer.headers["www-authenticate"].to_str().expect("text").starts_with("Bearer"), "{name} {path}");
            assert_eq!(whole(answer), *expected, "{name} {path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn the_same_is_answered_with_and_without_the_slash_and_never_a_redirect() {
    let world = World::start().await;
    let straight = reqwest::Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none());
    let client = straight.build().expect("a client");
    let ann = Person { client, ..by_karoo(&world, "ann").await };
    for (path, methods, _) in DOORS {
        for name in methods {
            let with = whole(ann.send(ann.request(method(name), path)).await);
            let without = whole(ann.send(ann.request(method(name), path.trim_end_matches('/'))).await);
            assert_eq!(with, without, "{name} {path}");
            let status = with["status"].as_u64().expect("a status");
            assert!([200, 400, 403, 404].contains(&status), "{name} {path} {with:#}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn another_method_is_not_allowed_and_those_that_are_are_named() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    for (path, methods, _) in DOORS {
        for path in [path, path.trim_end_matches('/')] {
            for name in ["GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"] {
                if methods.contains(&name) {
                    continue;
                }
                let answer = ann.send(ann.request(method(name), path)).await;
                let allow = answer.headers["allow"].to_str().expect("text").to_owned();
                let mut allowed: Vec<&str> = allow.split(',').map(str::trim).filter(|name| *name != "HEAD").collect();
                allowed.sort_unstable();
                assert_eq!(allowed, methods, "{name} {path}");
                let body = json!({"detail": format!("Method \"{name}\" not allowed.")});
                assert_eq!(whole(answer), json!({"status": 405, "body": body}), "{name} {path}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn where_nothing_is_nothing_is_found() {
    let world = World::start().await;
    let (nobody, ann) = (stranger(&world), by_karoo(&world, "ann").await);
    for path in [
        "/users/",
        "/users/nothing/",
        "/jobs/user/pictures/1/",
        "/users/nothing",
        "/users/settings/",
        "/users/settings/address-edit/",
        "/users/settings/address-edit/1/2/",
        "/users/login/more/",
        "/users/login//",
        "/users//login/",
        "/users/Login/",
        "/jobs/",
        "/jobs/user/nothing/",
        "/jobs/user/info/1/2/",
        "/jobs/comment/edit/",
        "/jobs/comment/edit/1/2/",
        "/jobs/1/2/",
        "/jobs/list/1/",
        "/categories/1/",
        "/categories/1/subcategories/1/",
        "/support/",
        "/support/nothing/",
        "/support/chatroom/",
        "/support/cases/1/",
        "/support/cases/chat/",
    ] {
        for name in ["GET", "POST", "DELETE"] {
            for person in [&nobody, &ann] {
                let answer = send(person, method(name), path, Some("text/plain"), "{").await;
                let expected = json!({"status": 404, "body": {"detail": "Not found."}});
                assert_eq!(whole(answer), expected, "{name} {path}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn bodies_that_can_t_be_read_are_refused() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let reading = operations().filter(|(path, name, _)| {
        ["POST", "PUT"].contains(name) || path.trim_end_matches('/') == SEARCH.trim_end_matches('/')
    });
    for (path, name, _) in reading {
        let about = format!("{name} {path}");
        for body in ["{", "nonsense", r#"{"email": }"#, r#"{"a": 1} x"#] {
            let answer = send(&ann, method(name), path, Some("application/json"), body).await.expect(400);
            let detail = answer["detail"].as_str().unwrap_or_default();
            assert!(detail.starts_with("JSON parse error - "), "{about} {body} {answer:#}");
        }
        let answer = send(&ann, method(name), path, Some("application/json"), "[]").await;
        let said = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
        assert_eq!(whole(answer), json!({"status": 400, "body": said}), "{about}");
        let answer = send(&ann, method(name), path, Some("text/plain"), "x").await;
        let said = json!({"detail": "Unsupported media type \"text/plain\" in request."});
        assert_eq!(whole(answer), json!({"status": 415, "body": said}), "{about}");
        let long = format!("{{\"email\": \"{}\"}}", "x".repeat(1024 * 1024));
        let answer = send(&ann, method(name), path, Some("application/json"), long).await;
        let said = json!({"detail": "The body must have at most 1 MiB."});
        assert_eq!(whole(answer), json!({"status": 413, "body": said}), "{about}");
    }
    world.finish().await;
}
