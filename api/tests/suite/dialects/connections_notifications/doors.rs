//! Who gets in, and by which path and method: the same for every operation.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::{ALLOW, AUTHORIZATION, WWW_AUTHENTICATE};
use serde_json::{Value, json};

use super::{Answers, CONNECTIONS, NOTIFICATIONS, PROFILE, REQUESTS, SEARCH, id, ids, login, note};
use crate::dialects::support::{by_shared_paths, with_token};
use crate::world::{Answer, Person, World};

/// Every path, without the slash at its end, and its methods.
const PATHS: [(&str, &[Method]); 12] = [
    ("/api/profile", &[Method::GET, Method::PUT, Method::PATCH]),
    ("/api/search_users", &[Method::GET]),
    ("/api/connection_requests", &[Method::GET, Method::POST]),
    ("/api/connection_requests/999", &[Method::GET]),
    ("/api/connection_requests/999/accept", &[Method::POST]),
    ("/api/connection_requests/999/reject", &[Method::POST]),
    ("/api/connections", &[Method::GET]),
    ("/api/connections/999", &[Method::DELETE]),
    ("/api/notifications", &[Method::GET, Method::POST]),
    ("/api/notifications/mark-all-read", &[Method::POST]),
    ("/api/notifications/999", &[Method::GET, Method::PATCH, Method::DELETE]),
    ("/api/notifications/999/mark-read", &[Method::POST]),
];

const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// Every operation, by each form of its path.
fn operations() -> impl Iterator<Item = (Method, String)> {
    PATHS.into_iter().flat_map(|(path, methods)| {
        let forms = [path.to_owned(), format!("{path}/")];
        forms.into_iter().flat_map(|form| methods.iter().map(move |method| (method.clone(), form.clone())))
    })
}

async fn call(person: &Person, method: &Method, path: &str) -> Answer {
    person.send(person.request(method.clone(), path)).await
}

#[tokio::test]
async fn no_operation_is_for_strangers() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let ended = login(&ann).await.access;
    ended.delete("/api/v1/sessions/current").await.expect(204);
    let cookie = login(&ann).await.cookie;
    let cookie = cookie.split_once('=').expect("a pair").1;
    let tokens = ["nonsense", "a.b.c", &ann.refresh_token, cookie, ended.token.as_deref().expect("a token")];
    let stranger = with_token(&ann, None);
    let mut answers = Answers::default();
    for (method, path) in operations() {
        let bare = call(&stranger, &method, &path).await;
        let bad = call(&with_token(&ann, Some("nonsense")), &method, &path).await;
        for answer in [&bare, &bad] {
            assert_eq!(answer.headers[WWW_AUTHENTICATE], "Bearer realm=\"api\"", "{method} {path}");
        }
        for token in tokens {
            let refused = call(&with_token(&ann, Some(token)), &method, &path).await;
            assert_eq!((refused.status, refused.body), (bad.status, bad.body.clone()), "{method} {path} {token}");
        }
        for scheme in ["", "Bearer", "Basic YW5uOng=", "Key nonsense"] {
            let request = stranger.request(method.clone(), &path).header(AUTHORIZATION, scheme);
            let refused = stranger.send(request).await;
            assert_eq!((refused.status, refused.body), (bare.status, bare.body.clone()), "{method} {path} {scheme}");
        }
        if !path.ends_with('/') {
            answers.add(&format!("{method} {path} without a token"), bare);
            answers.add(&format!("{method} {path} with a bad one"), bad);
        }
    }
    assert_kept!("strangers", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_token_that_has_expired_lets_nobody_in() {
    let world = World::start().await;
    let session = login(&by_shared_paths(&world, "ann").await).await;
    for person in [&session.sliding, &session.access] {
        person.get(PROFILE).await.expect(200);
    }
    world.bed.clock.turn(TimeDelta::minutes(15));
    for (method, path) in operations() {
        for person in [&session.sliding, &session.access] {
            let refused = call(person, &method, &path).await;
            let body = json!({"detail": "Given token not valid for any token type"});
            assert_eq!(refused.expect(401), body, "{method} {path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn sliding_and_access_tokens_get_in_under_either_scheme() {
    let world = World::start().await;
    let session = login(&by_shared_paths(&world, "ann").await).await;
    for person in [&session.sliding, &session.access] {
        let token = person.token.as_deref().expect("a token");
        let bare = with_token(person, None);
        for scheme in ["Bearer", "Token", "bearer", "TOKEN"] {
            for (method, path) in operations() {
                let request = bare.request(method.clone(), &path).header(AUTHORIZATION, format!("{scheme} {token}"));
                let answer = bare.send(request).await;
                assert_ne!(answer.status, 401, "{method} {path} by {scheme}");
                assert!(!answer.status.is_server_error(), "{method} {path} by {scheme}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn the_session_cookie_authenticates_no_request() {
    let world = World::start().await;
    let session = login(&by_shared_paths(&world, "ann").await).await;
    let bare = with_token(&session.sliding, None);
    let origin = format!("http://{}", bare.address);
    for (method, path) in operations() {
        let request = bare.request(method.clone(), &path).header("cookie", &session.cookie).header("origin", &origin);
        let body = json!({"detail": "Authentication credentials were not provided."});
        assert_eq!(bare.send(request).await.expect(401), body, "{method} {path}");
    }
    world.finish().await;
}

#[tokio::test]
async fn other_methods_are_named_and_refused() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    for (path, methods) in PATHS.into_iter().chain([("/ws/notifications", &[Method::GET][..])]) {
        for method in METHODS.into_iter().filter(|method| !methods.contains(method)) {
            let refused = call(&ann, &method, path).await;
            let slashed = call(&ann, &method, &format!("{path}/")).await;
            let allow = refused.headers.get(ALLOW).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let mut allowed: Vec<&str> = allow.split(',').map(str::trim).filter(|word| *word != "HEAD").collect();
            allowed.sort_unstable();
            let mut expected: Vec<&str> = methods.iter().map(Method::as_str).collect();
            expected.sort_unstable();
            assert_eq!(allowed, expected, "{method} {path}");
            assert_eq!((slashed.status, &slashed.body), (refused.status, &refused.body), "{method} {path}/");
            answers.add(&format!("{method} {path}"), refused);
        }
    }
    assert_kept!("other_methods", answers);
    world.finish().await;
}

#[tokio::test]
async fn an_id_that_is_none_names_nothing() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let none = json!({"detail": "Not found."});
    for (method, path) in operations().filter(|(_, path)| path.contains("999")) {
        for id in [
            "999",
            "0",
            "-1",
            "abc",
            "1.5",
            "1e3",
            "0x1",
            "null",
            "%00",
            "1%00",
            "%FF",
            "%20",
            "{id}",
            "1,2",
            "%D9%A1",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
        ] {
            let path = path.replace("999", id);
            assert_eq!(call(&ann, &method, &path).await.expect(404), none, "{method} {path}");
        }
    }
    for path in ["/api/profile/1/", "/api/connections/1/remove/", "/api/notifications/1/unmark/", "/api/search_user/"] {
        assert_eq!(ann.get(path).await.expect(404), none, "{path}");
    }
    world.finish().await;
}

/// What two people see and do, each path ending in `slash`.
async fn walk(ann: &Person, bob: &Person, slash: &str) -> Vec<Value> {
    let path = |path: &str| format!("{}{slash}", path.trim_end_matches('/'));
    let of = |root: &str, id: i64, act: &str| path(&format!("{root}{id}{act}"));
    let send = async |person: &Person, method: Method, path: &str, body: Value, status: u16| {
        person.send(person.request(method, path).json(&body)).await.expect(status)
    };
    let (get, post, nothing) = (Method::GET, Method::POST, json!({}));
    let mut seen = vec![send(ann, get.clone(), &path(PROFILE), nothing.clone(), 200).await["username"].take()];
    for method in [Method::PUT, Method::PATCH] {
        let changed = send(ann, method, &path(PROFILE), json!({"full_name": "Ann"}), 200).await;
        seen.push(changed["full_name"].clone());
    }
    let found = send(ann, get.clone(), &format!("{}?q={}", path(SEARCH), ann.name), nothing.clone(), 200).await;
    seen.push(found["results"][0]["full_name"].clone());
    let first = id(&send(ann, post.clone(), &path(REQUESTS), json!({"to_user_id": bob.id}), 201).await);
    seen.push(send(ann, get.clone(), &of(REQUESTS, first, ""), nothing.clone(), 200).await["status"].take());
    seen.push(send(bob, post.clone(), &of(REQUESTS, first, "/reject"), nothing.clone(), 200).await);
    let second = id(&send(ann, post.clone(), &path(REQUESTS), json!({"to_user_id": bob.id}), 201).await);
    let accepted = send(bob, post.clone(), &of(REQUESTS, second, "/accept"), nothing.clone(), 200).await;
    seen.push(accepted["detail"].clone());
    assert_eq!(ids(&send(ann, get.clone(), &path(REQUESTS), nothing.clone(), 200).await), [second, first]);
    let connection = id(&accepted["connection"]);
    assert_eq!(ids(&send(ann, get.clone(), &path(CONNECTIONS), nothing.clone(), 200).await), [connection]);
    send(ann, Method::DELETE, &of(CONNECTIONS, connection, ""), nothing.clone(), 204).await;
    let note = id(&send(ann, post.clone(), &path(NOTIFICATIONS), json!({"message": "Hi"}), 201).await);
    let list = send(ann, get.clone(), &path(NOTIFICATIONS), nothing.clone(), 200).await;
    assert!(ids(&list).contains(&note));
    for (method, act, body) in [
        (get, "", nothing.clone()),
        (post.clone(), "/mark-read", nothing.clone()),
        (Method::PATCH, "", json!({"read": false})),
    ] {
        seen.push(send(ann, method, &of(NOTIFICATIONS, note, act), body, 200).await["read"].take());
    }
    let marked = send(ann, post, &path(&format!("{NOTIFICATIONS}mark-all-read")), nothing.clone(), 200).await;
    seen.push(json!(marked["updated"].as_i64() > Some(0)));
    send(ann, Method::DELETE, &of(NOTIFICATIONS, note, ""), nothing, 204).await;
    seen
}

#[tokio::test]
async fn every_path_is_served_with_and_without_the_slash() {
    let world = World::start().await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let mut seen = Vec::new();
    for slash in ["", "/"] {
        let (ann, bob) = if slash.is_empty() { ("ann", "bob") } else { ("amy", "ben") };
        let there = async |name| Person { client: client.clone(), ..by_shared_paths(&world, name).await };
        let (ann, bob) = (there(ann).await, there(bob).await);
        note(&ann, "something to read").await;
        let mut walked = walk(&ann, &bob, slash).await;
        assert_eq!(walked.remove(0), ann.name.as_str());
        seen.push(walked);
    }
    assert_eq!(seen[0], seen[1]);
    world.finish().await;
}
