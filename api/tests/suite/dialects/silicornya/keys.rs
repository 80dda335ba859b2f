//! Keys: where they speak for their account, and for how long.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use super::{CHATS, USER, again, by_token, chat, hash_of, join, later, not_valid};
use crate::dialects::support::{execute, socket, whole, with_token};
use crate::world::{PASSWORD, Socket, World};

#[tokio::test]
async fn a_key_speaks_on_every_dialect_and_not_in_v1() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let settings = "/users/settings/personal-info/";
    for path in [USER, CHATS, "/api/profile/", "/api/notification/", "/api/connection/accepted/", settings] {
        ann.get(path).await.expect(200);
        by_token(&ann, Method::GET, path).await.expect(200);
    }
    for path in ["/ws/notifs/", "/ws/notifications/", "/connection/1/x/y/"] {
        drop(socket(&ann, path).await.unwrap_or_else(|status| panic!("{path}: {status}")));
    }
    for path in ["/api/v1/me", "/api/v1/sessions", "/api/v1/notifications"] {
        ann.get(path).await.expect_problem(401, "invalid_token");
    }
    ann.act("/api/v1/ws/tickets").await.expect_problem(401, "invalid_token");
    let mut request = Socket::handshake(ann.address, "/api/v1/ws");
    let key = ann.token.as_deref().expect("a key");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    assert_eq!(Socket::connect(request).await.err(), Some(401));
    // It refreshes nothing, and is no password of a session.
    let nobody = with_token(&ann, None);
    for field in ["refresh", "token"] {
        nobody.post("/api/token/refresh/", json!({field: key})).await.expect(401);
    }
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_key_speaks_for_nobody() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let key = ann.token.clone().expect("a key");
    let hash = hash_of(&key);
    let other = format!("{}{}", &key[..39], if key.ends_with('0') { '1' } else { '0' });
    let shout = key.to_uppercase();
    for token in [other.as_str(), &key[..39], &format!("{key}0"), &shout, &hash, &hash[..40], &"0".repeat(40)] {
        if token == key {
            continue; // digits alone have no other case
        }
        assert_eq!(whole(with_token(&ann, Some(token)).get(USER).await), not_valid(), "{token}");
    }
    ann.get(USER).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_key_lives_until_its_session_ends_however_long_that_is() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    for _ in 0..5 {
        world.bed.clock.turn(TimeDelta::days(365));
        world.core().janitor.sweep().await.expect("a sweep");
        ann.get(USER).await.expect(200);
    }
    drop(chat(&ann, "1").await.expect("the socket opens"));
    world.finish().await;
}

#[tokio::test]
async fn a_key_that_was_seen_costs_no_query_and_its_session_is_looked_at_again() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let other = again(&ann).await;
    ann.get(USER).await.expect(200);
    execute(&world, "UPDATE sessions SET key_hash = NULL WHERE account_id = $1", [ann.id.into()]).await;
    ann.get(USER).await.expect(200);
    assert_eq!(whole(other.get(USER).await), not_valid(), "it was not seen before");
    let sql = "UPDATE sessions SET ended_at = created_at WHERE account_id = $1";
    execute(&world, sql, [ann.id.into()]).await;
    ann.get(USER).await.expect(200);
    later(&world, 31);
    assert_eq!(whole(ann.get(USER).await), not_valid());
    world.finish().await;
}

#[tokio::test]
async fn v1_lists_the_session_of_a_key_and_ends_it() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let other = again(&ann).await;
    let v1 = ann.sign_in("ann").await;
    let sessions = v1.get("/api/v1/sessions").await.expect(200);
    let sessions = sessions["items"].as_array().expect("a list");
    assert_eq!(sessions.len(), 3);
    let (first, second) = (&sessions[2]["id"], &sessions[1]["id"]);
    v1.delete(&format!("/api/v1/sessions/{first}")).await.expect(204);
    assert_eq!(whole(ann.get(USER).await), not_valid());
    other.get(USER).await.expect(200);
    v1.delete(&format!("/api/v1/sessions/{second}")).await.expect(204);
    assert_eq!(whole(other.get(USER).await), not_valid());
    v1.get("/api/v1/me").await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_new_password_and_the_end_of_the_account_end_its_keys() {
    let world = World::start().await;
    let (ann, bob) = (join(&world, "ann").await, join(&world, "bob").await);
    ann.get(USER).await.expect(200);
    let v1 = ann.sign_in("ann").await;
    let body = json!({"current_password": PASSWORD, "password": "quite another horse"});
    let changed = v1.post("/api/v1/me/password", body).await;
    assert!(changed.status.is_success(), "{changed:?}");
    assert_eq!(whole(ann.get(USER).await), not_valid());
    let v1 = bob.sign_in("bob").await;
    v1.call(Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    assert_eq!(whole(bob.get(USER).await), not_valid());
    world.finish().await;
}

#[tokio::test]
async fn a_suspended_account_s_key_is_dead_within_half_a_minute() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    ann.get(USER).await.expect(200);
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE id = $1", [ann.id.into()]).await;
    later(&world, 31);
    assert_eq!(whole(ann.get(USER).await), not_valid());
    world.finish().await;
}
