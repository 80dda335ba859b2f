//! Opening the socket: by a token, or by the session cookie from an allowed origin.

use chrono::TimeDelta;
use serde_json::json;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;

use super::{Answers, Login, SOCKET, expect_quiet, login, open};
use crate::dialects::support::{by_shared_paths, socket, with_token};
use crate::world::{Answer, Person, World};

const NAMED: &str = "https://app.example.org";

async fn world() -> (World, Login) {
    let world = World::with(|config| config.server.allowed_origins = vec![NAMED.to_owned()]).await;
    let ann = login(&by_shared_paths(&world, "ann").await).await;
    (world, ann)
}

/// That the handshake is accepted, and the socket then closed with 4401.
async fn expect_4401(person: &Person, headers: &[(&'static str, &str)]) {
    let mut socket = open(person, headers).await.expect("the handshake is accepted");
    assert_eq!(socket.next_or_close().await, Err(Some(4401)), "{headers:?}");
}

/// A handshake whose answer is read as any other.
async fn shake(person: &Person, headers: &[(&str, &str)]) -> Answer {
    let mut request = with_token(person, None).request(reqwest::Method::GET, SOCKET);
    let key = generate_key();
    let handshake = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", &key),
    ];
    for (name, value) in handshake.iter().chain(headers) {
        request = request.header(*name, *value);
    }
    person.send(request).await
}

#[tokio::test]
async fn sliding_and_access_tokens_open_it_in_query_and_header() {
    let (world, session) = world().await;
    for person in [&session.sliding, &session.access] {
        let token = person.token.as_deref().expect("a token");
        for path in ["/ws/notifications", "/ws/notifications/"] {
            expect_quiet(&mut socket(person, path).await.expect("by query")).await;
        }
        for scheme in ["Bearer", "Token", "token"] {
            let header = format!("{scheme} {token}");
            expect_quiet(&mut open(person, &[("authorization", &header)]).await.expect("by header")).await;
        }
        // A page may come from anywhere when it shows a token.
        let header = format!("Bearer {token}");
        let headers = [("authorization", header.as_str()), ("origin", "https://elsewhere.example")];
        expect_quiet(&mut open(person, &headers).await.expect("from anywhere")).await;
    }
    world.finish().await;
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_told_by_4401() {
    let (world, session) = world().await;
    let ann = &session.sliding;
    expect_4401(ann, &[]).await;
    expect_4401(ann, &[("origin", "https://elsewhere.example")]).await;
    let ended = login(ann).await;
    ended.access.delete("/api/v1/sessions/current").await.expect(204);
    let ended = ended.sliding.token.expect("a token");
    let cookie = session.cookie.split_once('=').expect("a pair").1;
    let refresh = by_shared_paths(&world, "bob").await.refresh_token;
    for token in ["nonsense", "null", "undefined", "a.b.c", "%00", "%FF", &ended, cookie, &refresh] {
        let person = with_token(ann, Some(token));
        let mut opened = socket(&person, SOCKET).await.expect("the handshake is accepted");
        assert_eq!(opened.next_or_close().await, Err(Some(4401)), "{token}");
        expect_4401(ann, &[("authorization", &format!("Bearer {token}"))]).await;
    }
    let mut blank = socket(&with_token(ann, Some("")), SOCKET).await.expect("the handshake is accepted");
    assert_eq!(blank.next_or_close().await, Err(Some(4401)));
    expect_4401(ann, &[("authorization", "Basic YW5uOng=")]).await;
    world.bed.clock.turn(TimeDelta::minutes(15));
    for person in [&session.sliding, &session.access] {
        let mut late = socket(person, SOCKET).await.expect("the handshake is accepted");
        assert_eq!(late.next_or_close().await, Err(Some(4401)));
    }
    world.finish().await;
}

#[tokio::test]
async fn a_cookie_opens_it_from_an_allowed_origin() {
    let (world, session) = world().await;
    let ann = &session.sliding;
    let own = format!("http://{}", ann.address);
    let among_others = format!("theme=dark; {}; sessionid2=x", session.cookie);
    for origin in [own.as_str(), NAMED] {
        for cookie in [&session.cookie, &among_others] {
            let headers = [("cookie", cookie.as_str()), ("origin", origin)];
            expect_quiet(&mut open(ann, &headers).await.expect("by cookie")).await;
        }
    }
    // It lives with its session, longer than the tokens.
    world.bed.clock.turn(TimeDelta::days(30) - TimeDelta::minutes(1));
    let headers = [("cookie", session.cookie.as_str()), ("origin", NAMED)];
    expect_quiet(&mut open(ann, &headers).await.expect("by cookie")).await;
    world.bed.clock.turn(TimeDelta::minutes(1));
    expect_4401(ann, &headers).await;
    world.finish().await;
}

#[tokio::test]
async fn a_cookie_from_elsewhere_is_refused_before_the_upgrade() {
    let (world, session) = world().await;
    let ann = &session.sliding;
    let other_port = format!("http://127.0.0.1:{}", ann.address.port() ^ 1);
    let other_name = format!("http://localhost:{}", ann.address.port());
    let longer = format!("http://{}.example", ann.address);
    let mut refused = vec![open(ann, &[("cookie", &session.cookie)]).await.err()];
    for origin in [
        "https://elsewhere.example",
        "http://app.example.org",
        "https://app.example.org:8443",
        "https://app.example.org.elsewhere.example",
        "https://my.app.example.org",
        "https://app.example.org/",
        "null",
        "",
        "*",
        "app.example.org",
        &other_port,
        &other_name,
        &longer,
    ] {
        refused.push(open(ann, &[("cookie", &session.cookie), ("origin", origin)]).await.err());
        // Nobody is told whether the cookie is a good one.
        refused.push(open(ann, &[("cookie", "sessionid=nonsense"), ("origin", origin)]).await.err());
    }
    assert!(refused.iter().all(|status| *status == Some(403)), "{refused:?}");
    world.finish().await;
}

#[tokio::test]
async fn a_cookie_that_is_not_valid_is_told_by_4401() {
    let (world, session) = world().await;
    let ended = login(&session.sliding).await;
    ended.access.delete("/api/v1/sessions/current").await.expect(204);
    let as_cookie = |token: &Option<String>| format!("sessionid={}", token.as_deref().expect("a token"));
    let (access, sliding) = (as_cookie(&session.access.token), as_cookie(&session.sliding.token));
    for cookie in ["sessionid=nonsense", "sessionid=", &ended.cookie, &access, &sliding] {
        expect_4401(&session.sliding, &[("cookie", cookie), ("origin", NAMED)]).await;
    }
    // One of another name is none.
    expect_4401(&session.sliding, &[("cookie", "session=x"), ("origin", "https://elsewhere.example")]).await;
    world.finish().await;
}

#[tokio::test]
async fn of_a_token_and_a_cookie_the_token_counts() {
    let (world, session) = world().await;
    let ann = &session.sliding;
    let good = format!("Bearer {}", ann.token.as_deref().expect("a token"));
    let elsewhere = ("origin", "https://elsewhere.example");
    let headers = [("authorization", good.as_str()), ("cookie", session.cookie.as_str()), elsewhere];
    expect_quiet(&mut open(ann, &headers).await.expect("by token")).await;
    let headers = [("authorization", "Bearer nonsense"), ("cookie", session.cookie.as_str()), ("origin", NAMED)];
    expect_4401(ann, &headers).await;
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_refused_is_told_why() {
    let (world, session) = world().await;
    let ann = &session.sliding;
    let mut answers = Answers::default();
    answers.add("a cookie without an origin", shake(ann, &[("cookie", &session.cookie)]).await);
    let elsewhere = [("cookie", session.cookie.as_str()), ("origin", "https://elsewhere.example")];
    answers.add("a cookie from elsewhere", shake(ann, &elsewhere).await);
    answers.add("no handshake", ann.get(SOCKET).await);
    answers.add("no handshake, nor a token", with_token(ann, None).get(SOCKET).await);
    assert_kept!("refused", answers);
    assert_eq!(shake(ann, &[]).await.status, 101, "it is a handshake");
    world.finish().await;
}

#[tokio::test]
async fn a_cookie_of_one_opens_the_socket_of_that_one() {
    let (world, session) = world().await;
    let bob = by_shared_paths(&world, "bob").await;
    let headers = [("cookie", session.cookie.as_str()), ("origin", NAMED)];
    let mut socket = open(&bob, &headers).await.expect("by cookie");
    expect_quiet(&mut socket).await;
    super::ask(&bob, &session.sliding).await;
    let frame = socket.next().await;
    assert_eq!(frame["data"]["recipient"]["id"], session.sliding.id, "{frame:#}");
    assert_eq!(frame["data"]["actor"]["id"], json!(bob.id), "{frame:#}");
    drop(socket);
    world.finish().await;
}
