//! Refreshing, and signing out.

use reqwest::Method;
use serde_json::{Value, json};

use super::{INFO, LOGOUT, REFRESH, login, stranger};
use crate::dialects::support::{by_karoo, form, whole, with_token};
use crate::world::{PASSWORD, Person, World, eventually};

async fn refresh(person: &Person, token: &str) -> crate::world::Answer {
    with_token(person, None).post(REFRESH, json!({"refresh": token})).await
}

fn no_token() -> Value {
    json!({"status": 401, "body": {"detail": "Token is invalid or expired", "code": "token_not_valid"}})
}

fn not_done() -> Value {
    json!({"status": 400, "body": {"message": "An error occurred during logout."}})
}

#[tokio::test]
async fn a_refresh_token_gets_access_again_and_again() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    for _ in 0..3 {
        later_days(&world, 9);
        let body = refresh(&ann, &ann.refresh_token).await.expect(200);
        let keys: Vec<_> = body.as_object().expect("fields").keys().collect();
        assert_eq!(keys, ["access"], "and nothing else: the token stays");
        with_token(&ann, body["access"].as_str()).get(INFO).await.expect(200);
    }
    form(&stranger(&world), Method::POST, REFRESH, &[("refresh", &ann.refresh_token)]).await.expect(200);
    later_days(&world, 4);
    assert_eq!(whole(refresh(&ann, &ann.refresh_token).await), no_token(), "after 30 days");
    world.finish().await;
}

fn later_days(world: &World, days: i64) {
    world.bed.clock.turn(chrono::TimeDelta::days(days));
}

#[tokio::test]
async fn nothing_else_refreshes() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let v1 = stranger(&world).sign_in("ann").await;
    let body = json!({"username": "ann", "password": PASSWORD});
    let session = stranger(&world).post("/api/login/", body).await.expect(200);
    let sliding = session["token"].as_str().expect("a token");
    let (head, tail) = ann.refresh_token.rsplit_once('.').expect("a signature");
    let forged = format!("{head}.{}", tail.chars().rev().collect::<String>());
    for (about, token) in [
        ("an access token", ann.token.as_deref().expect("signed in")),
        ("the refresh token of v1", &v1.refresh_token),
        ("a sliding token", sliding),
        ("a forged one", &forged),
        ("nonsense", "nonsense"),
    ] {
        let answer = refresh(&ann, token).await;
        assert!(answer.headers["www-authenticate"].to_str().expect("text").starts_with("Bearer"), "{about}");
        assert_eq!(whole(answer), no_token(), "{about}");
    }
    for (body, said) in [
        (json!({}), "This field is required."),
        (json!({"refresh": ""}), "This field may not be blank."),
        (json!({"refresh": null}), "This field may not be null."),
        (json!({"refresh": {}}), "Not a valid string."),
    ] {
        let answer = stranger(&world).post(REFRESH, body).await;
        assert_eq!(whole(answer), json!({"status": 400, "body": {"refresh": [said]}}));
    }
    // Nor does this one pass where another is due.
    let spoken = with_token(&ann, Some(&ann.refresh_token)).get(INFO).await;
    assert_eq!(spoken.expect(401), json!({"detail": "Given token not valid for any token type"}));
    let v1 = json!({"refresh_token": ann.refresh_token});
    let rotated = stranger(&world).post("/api/v1/sessions/refresh", v1).await;
    rotated.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn signing_out_ends_the_session_on_every_process() {
    let mut world = World::start().await;
    world.add_api().await;
    let ann = by_karoo(&world, "ann").await;
    let phone = login(&ann, "ann@example.org", PASSWORD).await.expect(200);
    let phone = with_token(&ann, phone["access"].as_str());
    let refreshed = refresh(&ann, &ann.refresh_token).await.expect(200);
    let refreshed = with_token(&ann, refreshed["access"].as_str());
    let there = world.apis[1].address;
    for person in [&ann, &refreshed, &phone] {
        person.at(there).get(INFO).await.expect(200); // the other process remembers them
    }
    let done = ann.post(LOGOUT, json!({"refresh_token": ann.refresh_token})).await;
    let said = json!({"status": 200, "body": {"message": "You have been successfully logged out."}});
    assert_eq!(whole(done), said);
    for person in [&ann, &refreshed] {
        assert_eq!(person.get(INFO).await.status, 401, "here, at once");
        // The clock is not turned: what is remembered there would last for 30 s.
        let ended = async || person.at(there).get(INFO).await.status == 401;
        eventually("it is over there", ended).await;
        assert_eq!(whole(refresh(&person.at(there), &ann.refresh_token).await), no_token());
    }
    phone.get(INFO).await.expect(200);
    phone.at(there).get(INFO).await.expect(200);
    // It is over: said as of any token that is none.
    let again = phone.post(LOGOUT, json!({"refresh_token": ann.refresh_token})).await;
    assert_eq!(whole(again), not_done());
    world.finish().await;
}

#[tokio::test]
async fn what_can_t_be_signed_out_is_said_in_the_document_s_words() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let missing = json!({"status": 400, "body": {"error": "Missing refresh token"}});
    for body in [json!({}), json!({"refresh_token": ""}), json!({"refresh_token": null}), json!({"refresh": "x"})] {
        assert_eq!(whole(ann.post(LOGOUT, body.clone()).await), missing, "{body}");
    }
    assert_eq!(whole(ann.act(LOGOUT).await), missing);
    assert_eq!(whole(form(&ann, Method::POST, LOGOUT, &[("refresh_token", " ")]).await), missing);
    let v1 = stranger(&world).sign_in("ann").await;
    for (about, token) in [
        ("nonsense", "nonsense"),
        ("another's", bob.refresh_token.as_str()),
        ("an access token", ann.token.as_deref().expect("signed in")),
        ("v1's", &v1.refresh_token),
    ] {
        let answer = ann.post(LOGOUT, json!({"refresh_token": token})).await;
        assert_eq!(whole(answer), not_done(), "{about}");
    }
    let unsigned = with_token(&ann, None).post(LOGOUT, json!({"refresh_token": ann.refresh_token})).await;
    assert_eq!(unsigned.expect(401), json!({"detail": "Authentication credentials were not provided."}));
    for person in [&ann, &bob] {
        refresh(person, &person.refresh_token).await.expect(200);
        person.get(INFO).await.expect(200);
    }
    let body = json!({"refresh_token": ann.refresh_token});
    let done = form(&ann, Method::POST, "/users/logout", &[("refresh_token", &ann.refresh_token)]).await;
    assert_eq!(done.expect(200), json!({"message": "You have been successfully logged out."}));
    let over = ann.post(LOGOUT, body).await;
    assert_eq!(over.expect(401), json!({"detail": "Given token not valid for any token type"}));
    world.finish().await;
}
