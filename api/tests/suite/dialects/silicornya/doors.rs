//! Paths with and without their slash, methods, and where nothing is.

use reqwest::Method;
use serde_json::json;

use super::{CHATS, LOGIN, LOGOUT, REGISTER, USER, join, stranger};
use crate::dialects::support::{send, whole};
use crate::world::World;

#[tokio::test]
async fn another_method_is_not_allowed() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    for (path, methods) in [
        (REGISTER, &["POST"][..]),
        (LOGIN, &["POST"]),
        (LOGOUT, &["POST"]),
        (USER, &["GET", "PATCH", "PUT"]),
        (CHATS, &["GET"]),
        ("/connection/1/n/e/", &["GET"]),
    ] {
        for path in [path, path.trim_end_matches('/')] {
            for name in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                let method = Method::from_bytes(name.as_bytes()).expect("a method");
                let answer = ann.send(ann.request(method, path)).await;
                if methods.contains(&name) {
                    assert!(![404, 405].contains(&answer.status.as_u16()), "{name} {path}");
                } else {
                    let said = json!({"detail": format!("Method \"{name}\" not allowed.")});
                    assert_eq!(whole(answer), json!({"status": 405, "body": said}), "{name} {path}");
                }
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn where_nothing_is_nothing_is_found_in_this_dialect_s_words() {
    let world = World::start().await;
    let not_found = json!({"status": 404, "body": {"detail": "Not found."}});
    for path in [
        "/auth/",
        "/auth/nothing/",
        "/auth/user/1/",
        "/registration/more/",
        "/registration//",
        "/chats/",
        "/chats/getchats/",
        "/connection/",
        "/connection/1/",
        "/connection/1/n/",
        "/connection/1/n/e/more/",
    ] {
        for method in [Method::GET, Method::POST] {
            assert_eq!(whole(send(&stranger(&world), method, path, None, "").await), not_found, "{path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_body_that_can_t_be_read_is_refused_in_the_manners_of_all() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    for (method, path) in [(Method::POST, REGISTER), (Method::POST, LOGIN), (Method::PATCH, USER), (Method::PUT, USER)]
    {
        let json = Some("application/json");
        let malformed = send(&ann, method.clone(), path, json, "{").await.expect(400);
        assert!(malformed["detail"].as_str().expect("text").starts_with("JSON parse error"), "{malformed:#}");
        let list = send(&ann, method.clone(), path, json, "[]").await;
        let said = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
        assert_eq!(list.expect(400), said);
        let text = send(&ann, method.clone(), path, Some("text/plain"), "x").await;
        assert_eq!(text.expect(415), json!({"detail": "Unsupported media type \"text/plain\" in request."}));
        let lone = send(&ann, method, path, json, r#"{"username": "\ud800", "password": "x"}"#).await.expect(400);
        assert_eq!(lone["username"], json!(["Surrogate characters are not allowed: U+D800."]));
    }
    world.finish().await;
}
