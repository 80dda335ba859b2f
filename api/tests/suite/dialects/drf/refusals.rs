//! 401, 403, 404 and 405, and paths with and without their slash.

use reqwest::{Method, redirect};
use serde_json::{Value, json};

use super::{LOGIN, OPEN, PROFILE, SIGNED, send, stranger};
use crate::dialects::support::{by_connectin, by_shared_paths, put, whole, with_token};
use crate::world::{PATIENCE, Person, World};

/// Each path, as it is documented and without its slash.
fn both(path: &str) -> [&str; 2] {
    [path, path.trim_end_matches('/')]
}

fn method(name: &str) -> Method {
    Method::from_bytes(name.as_bytes()).expect("a method")
}

#[tokio::test]
async fn without_a_valid_token_nothing_else_is_looked_at() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let missing = json!({"status": 401, "body": {"detail": "Authentication credentials were not provided."}});
    let invalid = json!({"status": 401, "body": {"detail": "Given token not valid for any token type"}});
    for (path, methods) in SIGNED {
        for (path, name) in both(path).into_iter().flat_map(|path| methods.iter().map(move |name| (path, *name))) {
            for (person, expected) in [(nobody.clone(), &missing), (with_token(&nobody, Some("a.b.c")), &invalid)] {
                let path = format!("{path}?limit=x&direction=x");
                let answer = send(&person, method(name), &path, Some("text/plain"), "{").await;
                let asks = answer.headers["www-authenticate"].to_str().expect("text").to_owned();
                assert!(asks.starts_with("Bearer"), "{name} {path} {asks}");
                assert_eq!(whole(answer), *expected, "{name} {path}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_header_that_names_no_token_is_none() {
    let world = World::start().await;
    let nobody = stranger(&world);
    for header in ["Bearer", "Bearer ", "Token", "Basic YW5uOmFubg==", "nonsense", "", "Bearer a b", "Bearer \u{e9}"] {
        let request = nobody.request(Method::GET, PROFILE).header("authorization", header);
        assert!(nobody.send(request).await.expect(401)["detail"].is_string(), "{header}");
    }
    world.finish().await;
}

#[tokio::test]
async fn what_is_another_s_to_do_is_forbidden() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let sent = ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(201);
    let decide = |what: &str| json!({"connection_id": sent["id"], "do": what});
    let of_001 = |what: &str| format!("/api/connection_requests/{}/{what}/", sent["id"]);
    let note = json!({"message": "Hello", "recipient_id": bob.id});
    let answers = [
        ann.post("/api/connection/decide/", decide("accept")).await,
        ann.post("/api/connection/decide/", decide("reject")).await,
        bob.post("/api/connection/decide/", decide("cancel")).await,
        ann.act(&of_001("accept")).await,
        ann.act(&of_001("reject")).await,
        ann.post("/api/notifications/", note).await,
    ];
    for answer in answers {
        assert_eq!(answer.expect(403), json!({"detail": "You do not have permission to perform this action."}));
    }
    world.finish().await;
}

#[tokio::test]
async fn where_nothing_is_nothing_is_found() {
    let world = World::start().await;
    let (nobody, ann) = (stranger(&world), by_connectin(&world, "ann").await);
    let not_found = json!({"status": 404, "body": {"detail": "Not found."}});
    for path in
        ["/api/", "/api/nothing/", "/api/nothing", "/api/user/", "/api/login/more/", "/api/login//", "/api//login/"]
    {
        for name in ["GET", "POST", "DELETE"] {
            for person in [&nobody, &ann] {
                let answer = send(person, method(name), path, Some("text/plain"), "{").await;
                assert_eq!(whole(answer), not_found, "{name} {path}");
            }
        }
    }
    for id in ["0", "-1", "999", "9223372036854775807", "99999999999999999999", "one", "1.5", "%00", "%ff", "%2F", "١"]
    {
        let answers = [
            ann.delete(&format!("/api/notification/{id}/")).await,
            put(&ann, &format!("/api/notification/{id}/"), json!({"body": "text"})).await,
            ann.get(&format!("/api/connection_requests/{id}/")).await,
            ann.act(&format!("/api/connection_requests/{id}/accept/")).await,
            ann.act(&format!("/api/connection_requests/{id}/reject/")).await,
            ann.delete(&format!("/api/connections/{id}/")).await,
            ann.get(&format!("/api/notifications/{id}/")).await,
            ann.patch(&format!("/api/notifications/{id}/"), json!({"read": true})).await,
            ann.delete(&format!("/api/notifications/{id}/")).await,
            ann.act(&format!("/api/notifications/{id}/mark-read/")).await,
        ];
        for answer in answers {
            assert_eq!(whole(answer), not_found, "{id}");
        }
    }
    for id in [json!(0), json!(-1), json!(999), json!(i64::MAX)] {
        let answers = [
            ann.post("/api/connection/send/", json!({"to_user_id": id})).await,
            ann.post("/api/connection/decide/", json!({"connection_id": id, "do": "accept"})).await,
        ];
        for answer in answers {
            assert_eq!(whole(answer), not_found, "{id}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn another_method_is_not_allowed_and_those_that_are_are_named() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let open = OPEN.map(|path| (path, &["POST"][..]));
    for (path, methods) in SIGNED.into_iter().chain(open) {
        for path in both(path) {
            for name in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"] {
                if methods.contains(&name) {
                    continue;
                }
                let answer = ann.send(ann.request(method(name), path)).await;
                let allow =
                    answer.headers.get("allow").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
                let mut allowed: Vec<&str> = allow.split(',').map(str::trim).collect();
                allowed.retain(|name| !["HEAD", "OPTIONS"].contains(name));
                allowed.sort_unstable();
                let mut expected = methods.to_vec();
                expected.sort_unstable();
                assert_eq!(allowed, expected, "{name} {path}");
                let body = json!({"detail": format!("Method \"{name}\" not allowed.")});
                assert_eq!(whole(answer), json!({"status": 405, "body": body}), "{name} {path}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_path_without_its_slash_is_the_same_and_no_redirect() {
    let world = World::start().await;
    let straight = reqwest::Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none());
    let client = straight.build().expect("a client");
    let ann = Person { client, ..by_connectin(&world, "ann").await };
    let reads = SIGNED.into_iter().filter(|(_, methods)| methods.contains(&"GET"));
    for (path, _) in reads {
        let [with, without] = both(path).map(|path| format!("{path}?name=ann&limit=5"));
        let (with, without) = (whole(ann.get(&with).await), whole(ann.get(&without).await));
        assert!(["200", "404"].contains(&with["status"].to_string().as_str()), "{path} {with:#}");
        assert_eq!(with, without, "{path}");
    }
    for path in
        OPEN.into_iter().chain(["/api/connection/send/", "/api/connection/decide/", "/api/notification/create/"])
    {
        let [with, without] = both(path);
        let (with, without) = (whole(ann.act(with).await), whole(ann.act(without).await));
        assert_eq!(with["status"], 400, "{path}");
        assert_eq!(with, without, "{path}");
    }
    let login = json!({"username": "ann", "password": crate::world::PASSWORD});
    let body: Value = ann.post(both(LOGIN)[1], login).await.expect(200);
    assert_eq!(body["message"], "Login successful.");
    world.finish().await;
}
