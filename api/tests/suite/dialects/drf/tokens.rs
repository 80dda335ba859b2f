//! Access and refresh tokens: how long each lives, and that none passes for another.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::{LOGIN, PROFILE, REFRESH, answers, sign_in, stranger, token};
use crate::dialects::support::{by_connectin, by_shared_paths, snapshots, with_token};
use crate::world::{Person, World};

const MINUTES: TimeDelta = TimeDelta::minutes(15);
/// What a test may take of the machine's own time.
const SLACK: TimeDelta = TimeDelta::seconds(20);

async fn refresh(person: &Person, body: Value) -> Value {
    with_token(person, None).post(REFRESH, body).await.expect(200)
}

async fn expect_invalid(person: &Person, body: Value) {
    let answer = with_token(person, None).post(REFRESH, body.clone()).await.expect(401);
    assert_eq!(answer, json!({"detail": "Token is invalid or expired", "code": "token_not_valid"}), "{body}");
}

#[tokio::test]
async fn an_access_token_lives_for_a_quarter_of_an_hour() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    ann.get(PROFILE).await.expect(200);
    world.bed.clock.turn(MINUTES - SLACK);
    ann.get(PROFILE).await.expect(200);
    world.bed.clock.turn(SLACK);
    assert_eq!(ann.get(PROFILE).await.expect(401), json!({"detail": "Given token not valid for any token type"}));
    world.finish().await;
}

#[tokio::test]
async fn a_token_is_shown_as_bearer_or_as_token() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let access = ann.token.clone().expect("signed in");
    let nobody = with_token(&ann, None);
    for (scheme, status) in
        [("Bearer", 200), ("Token", 200), ("bearer", 200), ("TOKEN", 200), ("Basic", 401), ("JWT", 401)]
    {
        let header = format!("{scheme} {access}");
        let request = nobody.request(Method::GET, PROFILE).header("authorization", header);
        assert_eq!(nobody.send(request).await.status, status, "{scheme}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_refresh_token_does_not_rotate_and_is_good_for_thirty_days() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let body = json!({"refresh": ann.refresh_token});
    for days in [0, 1, 6, 12, 10] {
        world.bed.clock.turn(TimeDelta::days(days));
        let tabs = futures::future::join_all([0; 3].map(|_| refresh(&ann, body.clone()))).await;
        for answer in tabs {
            assert_eq!(answer.as_object().map(serde_json::Map::len), Some(1), "access alone: {answer:#}");
            with_token(&ann, Some(token(&answer, "access"))).get(PROFILE).await.expect(200);
        }
    }
    // Twenty-nine days are over.
    world.bed.clock.turn(TimeDelta::days(1) - SLACK);
    let newest = with_token(&ann, Some(token(&refresh(&ann, body.clone()).await, "access")));
    newest.get(PROFILE).await.expect(200);
    world.bed.clock.turn(SLACK);
    expect_invalid(&ann, body).await;
    // Nor does an access token outlive its session.
    newest.get(PROFILE).await.expect(401);
    world.finish().await;
}

#[tokio::test]
async fn neither_kind_of_refresh_token_refreshes_the_other() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let of_v1 = ann.sign_in("ann").await;
    for field in ["refresh", "token"] {
        expect_invalid(&ann, json!({field: of_v1.refresh_token})).await;
    }
    // Twice: what is no token of a family is no spent one, and ends nothing.
    for _ in 0..2 {
        ann.refresh().await.expect_problem(401, "invalid_token");
    }
    refresh(&ann, json!({"refresh": ann.refresh_token})).await;
    of_v1.refreshed().await.get("/api/v1/me").await.expect(200);
    ann.get(PROFILE).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn no_token_passes_for_another() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let tokens = sign_in(&with_token(&ann, None), "ann").await;
    let (access, sliding, refreshing) = (token(&tokens, "access"), token(&tokens, "token"), token(&tokens, "refresh"));
    for (field, given) in [("refresh", access), ("refresh", sliding), ("token", access), ("token", refreshing)] {
        expect_invalid(&ann, json!({field: given})).await;
    }
    // Access and sliding tokens speak for their account here; in v1 access tokens alone.
    for (given, here, in_v1) in [(access, 200, 200), (sliding, 200, 401), (refreshing, 401, 401)] {
        let ann = with_token(&ann, Some(given));
        ann.get(PROFILE).await.expect(here);
        ann.get("/api/notification/").await.expect(here);
        ann.get("/api/v1/me").await.expect(in_v1);
    }
    let problem = with_token(&ann, Some(sliding)).get("/api/v1/me").await;
    problem.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn of_both_tokens_the_refresh_token_counts() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let good = (ann.refresh_token.as_str(), ann.token.as_deref().expect("signed in"));
    for sliding in [good.1, "nonsense", ""] {
        let answer = refresh(&ann, json!({"refresh": good.0, "token": sliding})).await;
        assert!(answer["access"].is_string() && answer["token"].is_null(), "{answer:#}");
    }
    expect_invalid(&ann, json!({"refresh": "nonsense", "token": good.1})).await;
    expect_invalid(&ann, json!({"refresh": good.1, "token": good.1})).await;
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let world = World::start().await;
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwic2lkIjoxLCJhdWQiOiJraXRoIiwidHlwIjoiZGlhbGVjdF9yZWZyZXNoIiwiaWF0IjowLCJleHAiOjk5OTk5OTk5OTl9.";
    let bodies = [
        ("nothing", json!({})),
        ("blank", json!({"refresh": ""})),
        ("null", json!({"refresh": null})),
        ("another type", json!({"refresh": true})),
        ("a number", json!({"refresh": 5})),
        ("nonsense", json!({"refresh": "nonsense"})),
        ("unsigned", json!({"refresh": none})),
        ("NUL", json!({"refresh": "a\0b"})),
        ("a sliding token of another type", json!({"token": []})),
        ("a sliding token that is nonsense", json!({"token": "a.b.c"})),
        ("a blank sliding token", json!({"token": ""})),
    ];
    let answers = answers(&stranger(&world), REFRESH, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("no_token", answers));
    world.finish().await;
}

/// What a path takes no token for is open to whoever shows a bad one, such as one that has expired.
#[tokio::test]
async fn a_dead_token_keeps_nobody_from_refreshing_or_signing_in() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    world.bed.clock.turn(MINUTES);
    ann.get(PROFILE).await.expect(401);
    ann.post(REFRESH, json!({"refresh": ann.refresh_token})).await.expect(200);
    ann.post(LOGIN, json!({"username": "ann", "password": crate::world::PASSWORD})).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_token_in_the_query_authenticates_no_request() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let (nobody, access) = (with_token(&ann, None), ann.token.as_deref().expect("signed in"));
    for path in [PROFILE, "/api/notification/", "/api/notifications/", "/api/v1/me"] {
        for name in ["token", "access", "access_token", "Authorization"] {
            nobody.get(&format!("{path}?{name}={access}")).await.expect(401);
        }
    }
    world.finish().await;
}
