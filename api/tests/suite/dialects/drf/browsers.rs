//! What browsers are told: the session cookie, and which pages may ask.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;

use super::{LOGIN, PROFILE, REFRESH, REGISTER, registration, stranger};
use crate::dialects::support::{by_shared_paths, socket, with_token};
use crate::world::{PASSWORD, Person, Socket, World};

const PAGE: &str = "https://app.example.org";

fn cookies(headers: &HeaderMap) -> Vec<String> {
    headers.get_all("set-cookie").iter().map(|line| line.to_str().expect("text").to_owned()).collect()
}

/// Somebody who signs in, and the one cookie that they get.
async fn cookie(world: &World) -> (Person, String) {
    let ann = by_shared_paths(world, "ann").await;
    let answer = with_token(&ann, None).post(LOGIN, json!({"username": "ann", "password": PASSWORD})).await;
    let [cookie] = cookies(&answer.headers).try_into().expect("one cookie");
    answer.expect(200);
    (ann, cookie)
}

#[tokio::test]
async fn signing_in_sets_one_cookie_that_is_not_for_scripts_nor_other_sites() {
    let world = World::start().await;
    let (_, cookie) = cookie(&world).await;
    let (named, attributes) = cookie.split_once("; ").expect("attributes");
    assert_eq!(attributes, "Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
    assert_eq!(named.split_once('=').expect("a value").0, "sessionid");
    world.finish().await;
}

#[tokio::test]
async fn the_cookie_of_a_site_under_https_travels_by_https_alone() {
    let public = url::Url::parse("https://kith.example.org/").expect("an address");
    let world = World::with(|config| config.server.public_url = Some(public)).await;
    let (_, cookie) = cookie(&world).await;
    assert!(cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    world.finish().await;
}

#[tokio::test]
async fn nothing_else_sets_a_cookie() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let registered = nobody.post(REGISTER, registration("bob", json!({}))).await;
    let bob = by_shared_paths(&world, "ann").await;
    let refused = nobody.post(LOGIN, json!({"username": "bob", "password": "a guess of mine"})).await;
    let of_000 = nobody.post("/api/user/login/", json!({"username": "bob", "password": PASSWORD})).await;
    let refreshed = nobody.post(REFRESH, json!({"refresh": bob.refresh_token})).await;
    let statuses = [(registered, 201), (refused, 400), (of_000, 200), (refreshed, 200), (bob.get(PROFILE).await, 200)];
    for (answer, status) in statuses {
        assert_eq!(cookies(&answer.headers), [""; 0], "{:#}", answer.body);
        answer.expect(status);
    }
    world.finish().await;
}

#[tokio::test]
async fn the_cookie_authenticates_no_request_and_no_other_socket() {
    let world = World::start().await;
    let (ann, cookie) = cookie(&world).await;
    let value = cookie.split(';').next().expect("a cookie");
    let nobody = with_token(&ann, None);
    for path in [PROFILE, "/api/notification/", "/api/notifications/", "/api/v1/me", "/api/v1/notifications"] {
        let request = nobody.request(Method::GET, path).header("cookie", value).header("origin", PAGE);
        nobody.send(request).await.expect(401);
    }
    let delete = nobody.request(Method::DELETE, "/api/v1/sessions/current").header("cookie", value);
    nobody.send(delete).await.expect(401);
    for path in ["/ws/notifs/", "/api/v1/ws"] {
        let mut request = Socket::handshake(ann.address, path);
        request.headers_mut().insert("cookie", value.parse().expect("a header"));
        let origin = format!("http://{}", ann.address).parse().expect("a header");
        request.headers_mut().insert("origin", origin);
        assert_eq!(Socket::connect(request).await.err(), Some(401), "{path}");
    }
    // Its value is no token, wherever one is taken.
    let token = value.split_once('=').expect("a value").1;
    let thief = with_token(&ann, Some(token));
    thief.get(PROFILE).await.expect(401);
    thief.get("/api/v1/me").await.expect(401);
    for field in ["refresh", "token"] {
        nobody.post(REFRESH, json!({field: token})).await.expect(401);
    }
    assert_eq!(socket(&thief, "/ws/notifs/").await.err(), Some(401));
    let mut socket = socket(&thief, "/ws/notifications/").await.expect("an upgrade");
    assert_eq!(socket.close_code().await, Some(4401));
    world.finish().await;
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_may_ask_and_keep_the_cookie() {
    let world = World::with(|config| config.server.allowed_origins = vec![PAGE.to_owned()]).await;
    let ann = by_shared_paths(&world, "ann").await;
    let nobody = with_token(&ann, None);
    let asks = async |method: Method, path: &str, origin: &str| {
        let request = nobody.request(method, path).header("origin", origin);
        let request = request.header("access-control-request-method", "PUT");
        nobody.send(request.header("access-control-request-headers", "authorization,content-type")).await
    };
    for (method, path) in [(Method::OPTIONS, PROFILE), (Method::GET, PROFILE), (Method::POST, LOGIN)] {
        let answer = asks(method.clone(), path, PAGE).await;
        assert_eq!(answer.headers["access-control-allow-origin"], PAGE, "{method} {path}");
        assert_eq!(answer.headers["access-control-allow-credentials"], "true", "{method} {path}");
        let foreign = asks(method.clone(), path, "https://elsewhere.example.org").await;
        assert!(!foreign.headers.contains_key("access-control-allow-origin"), "{method} {path}");
    }
    let preflight = asks(Method::OPTIONS, "/api/connection_requests/1/accept/", PAGE).await;
    assert!(preflight.status.is_success());
    let named = |name: &str| preflight.headers[name].to_str().expect("text").to_lowercase();
    for method in ["get", "post", "put", "patch", "delete"] {
        assert!(named("access-control-allow-methods").contains(method), "{method}");
    }
    for header in ["authorization", "content-type"] {
        assert!(named("access-control-allow-headers").contains(header), "{header}");
    }
    // Whoever is refused is told why, which a page may read too.
    let refused = asks(Method::GET, PROFILE, PAGE).await;
    assert_eq!(refused.headers["access-control-allow-origin"], PAGE);
    refused.expect(401);
    world.finish().await;
}
