//! Signing in and out.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use super::support::execute;
use crate::world::{Person, World, eventually};

const SESSIONS: &str = "/api/v1/sessions";
const ME: &str = "/api/v1/me";

#[tokio::test]
async fn one_signs_in_and_sees_where() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let sign_in = nobody.request(Method::POST, SESSIONS).header("user-agent", "A phone");
    let sign_in = sign_in.json(&json!({"login": "ann@example.org", "password": "correct horse battery"}));
    assert_shape!("sign_in", nobody.send(sign_in).await.expect(201));
    let ann = nobody.sign_in("ann").await;
    assert_shape!("sessions", ann.get(SESSIONS).await.expect(200));
    assert_shape!("socket_ticket", ann.act("/api/v1/ws/tickets").await.expect(201));
    world.finish().await;
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let nobody = Person::stranger(ann.address);
    let mut answers = Vec::new();
    for (login, password) in [
        ("ann", "not the password"),
        ("nobody", "correct horse battery"),
        ("nobody@example.org", "correct horse battery"),
        ("a\u{0}nn", "correct horse battery"),
        ("a\u{0}nn@example.org", "correct horse battery"),
        ("", ""),
        ("ann", ""),
    ] {
        let answer = nobody.post(SESSIONS, json!({"login": login, "password": password})).await;
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
        answers.push(answer.expect_problem(401, "wrong_credentials"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_shape!("wrong_credentials", answers[0].clone());
    world.finish().await;
}

#[tokio::test]
async fn nobody_calls_without_a_valid_access_token() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let nobody = Person::stranger(ann.address);
    let missing = nobody.get(ME).await;
    assert_eq!(missing.headers["www-authenticate"], "Bearer");
    assert_shape!("not_authenticated", missing.expect_problem(401, "not_authenticated"));
    let with = |token: &str| Person { token: Some(token.to_owned()), ..ann.clone() };
    let token = ann.token.clone().expect("signed in");
    let forged = format!("{}AAAA", &token[..token.len() - 4]);
    for token in ["nonsense", "", "a.b.c", forged.as_str(), ann.refresh_token.as_str()] {
        let answer = with(token).get(ME).await;
        assert_eq!(answer.status, 401, "{token}: {answer:?}");
    }
    let basic = nobody.request(Method::GET, ME).header("authorization", format!("Basic {token}"));
    nobody.send(basic).await.expect_problem(401, "not_authenticated");
    let lower = nobody.request(Method::GET, ME).header("authorization", format!("bearer {token}"));
    nobody.send(lower).await.expect(200);
    // Nor does an access token refresh.
    let refresh = Person { refresh_token: token, ..ann.clone() };
    refresh.refresh().await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn an_access_token_lives_for_a_quarter_of_an_hour() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    world.bed.clock.turn(TimeDelta::minutes(14));
    ann.get(ME).await.expect(200);
    world.bed.clock.turn(TimeDelta::minutes(1));
    ann.get(ME).await.expect_problem(401, "invalid_token");
    ann.refreshed().await.get(ME).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn one_ends_one_session_the_others_or_this_one() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (phone, tablet, old) = (ann.sign_in("ann").await, ann.sign_in("ann").await, ann.sign_in("ann").await);
    for device in [&phone, &tablet, &old] {
        device.get(ME).await.expect(200);
    }
    ann.delete(&format!("{SESSIONS}/{}", old.session_id)).await.expect(204);
    old.get(ME).await.expect_problem(401, "invalid_token");
    old.refresh().await.expect_problem(401, "invalid_token");
    ann.delete(&format!("{SESSIONS}/{}", old.session_id)).await.expect_problem(404, "not_found");

    assert_shape!("revoke_others", ann.act("/api/v1/sessions/revoke-others").await.expect(200));
    for device in [&phone, &tablet] {
        device.get(ME).await.expect_problem(401, "invalid_token");
        device.refresh().await.expect_problem(401, "invalid_token");
    }
    let left = ann.get(SESSIONS).await.expect(200);
    assert_eq!(super::support::ids(&left), [ann.session_id]);

    ann.delete("/api/v1/sessions/current").await.expect(204);
    ann.get(ME).await.expect_problem(401, "invalid_token");
    ann.refresh().await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn another_persons_session_is_not_there() {
    let world = World::start().await;
    let (ann, eve) = (world.person("ann").await, world.person("eve").await);
    eve.delete(&format!("{SESSIONS}/{}", ann.session_id)).await.expect_problem(404, "not_found");
    assert_eq!(eve.act("/api/v1/sessions/revoke-others").await.expect(200)["revoked"], 0);
    ann.get(ME).await.expect(200);
    ann.refreshed().await;
    world.finish().await;
}

/// P6, where no socket is concerned.
#[tokio::test]
async fn signing_out_at_one_process_ends_the_session_at_every_other() {
    let mut world = World::start().await;
    let other = world.add_api().await.address;
    let ann = world.person("ann").await;
    let elsewhere = ann.at(other);
    elsewhere.get(ME).await.expect(200); // remembered there
    ann.delete("/api/v1/sessions/current").await.expect(204);
    eventually("the other process hears of it", async || elsewhere.get(ME).await.status == 401).await;
    elsewhere.refresh().await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn a_suspended_account_loses_access() {
    let mut world = World::start().await;
    let other = world.add_api().await.address;
    let ann = world.person("ann").await;
    ann.get(ME).await.expect(200);
    execute(&world, "UPDATE accounts SET suspended_at = created_at").await;
    // Where the session was not seen for half a minute, at once.
    ann.at(other).get(ME).await.expect_problem(401, "invalid_token");
    world.core().sessions.cache().forget();
    ann.get(ME).await.expect_problem(401, "invalid_token");
    ann.refresh().await.expect_problem(401, "invalid_token");
    let sign_in = json!({"login": "ann", "password": "correct horse battery"});
    ann.post(SESSIONS, sign_in).await.expect_problem(401, "wrong_credentials");
    world.finish().await;
}

/// "30 s old at most" (DESIGN, section 8), by the clock that everything else is timed by.
#[tokio::test]
async fn a_live_session_is_looked_up_again_after_half_a_minute() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.get(ME).await.expect(200);
    execute(&world, "UPDATE accounts SET suspended_at = created_at").await;
    world.bed.clock.turn(TimeDelta::seconds(31));
    ann.get(ME).await.expect_problem(401, "invalid_token");
    world.finish().await;
}
