//! What whoever once held an account, or wants another's email, can't do.

use serde_json::{Value, json};

use super::activation::ACTIVATION;
use super::support::{confirmed, execute, mails, sent};
use crate::world::{Answer, PASSWORD, Person, World};

const EMAIL: &str = "/api/v1/me/email";
const NEW_PASSWORD: &str = "another good horse";

async fn ask_for_email(person: &Person, email: &str) -> Answer {
    person.post(EMAIL, json!({"email": email, "password": PASSWORD})).await
}

/// The token of the newest mail.
async fn token(world: &World) -> String {
    sent(world).await;
    mails(world).pop().expect("a mail").token().to_owned()
}

#[tokio::test]
async fn a_new_password_ends_the_email_that_a_thief_has_asked_for() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    ask_for_email(&ann, "thief@example.org").await.expect(202);
    let stolen = token(&world).await;
    let body = json!({"current_password": PASSWORD, "password": NEW_PASSWORD});
    let session = ann.post("/api/v1/me/password", body).await.expect(200);

    let thief = Person::stranger(world.apis[0].address);
    thief.post(ACTIVATION, json!({"token": stolen})).await.expect_problem(410, "spent_link");
    thief.act(&format!("/activate/{stolen}/new")).await.expect(200);
    assert_eq!(sent(&world).await, 1, "and the button of the link sends no other");
    let me = ann.holding(&session).get("/api/v1/me").await.expect(200);
    assert_eq!((&me["email"], &me["pending_email"]), (&json!("ann@example.org"), &Value::Null));
    world.finish().await;
}

#[tokio::test]
async fn a_reset_password_ends_it_too() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    ask_for_email(&ann, "thief@example.org").await.expect(202);
    let stolen = token(&world).await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.post("/api/v1/password-reset/mail", json!({"login": "ann"})).await.expect(202);
    let reset = token(&world).await;
    nobody.post("/api/v1/password-reset", json!({"token": reset, "password": NEW_PASSWORD})).await.expect(200);
    nobody.post(ACTIVATION, json!({"token": stolen})).await.expect_problem(410, "spent_link");
    world.finish().await;
}

#[tokio::test]
async fn who_asks_for_the_email_they_have_wants_no_other() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    ask_for_email(&ann, "other@example.org").await.expect(202);
    let other = token(&world).await;
    let account = ask_for_email(&ann, "Ann@Example.org").await.expect(202);
    assert_eq!((&account["email"], &account["pending_email"]), (&json!("ann@example.org"), &Value::Null));
    ann.post(ACTIVATION, json!({"token": other})).await.expect_problem(410, "spent_link");
    world.finish().await;
}

#[tokio::test]
async fn a_confirmed_email_is_taken_for_those_too_who_have_none() {
    let world = World::start().await;
    confirmed(&world, "ann").await;
    let bob = world.person("bob").await;
    ask_for_email(&bob, "ann@example.org").await.expect_problem(409, "email_taken");
    assert_eq!(sent(&world).await, 0, "and its bearer gets no mail of it");
    world.finish().await;
}

#[tokio::test]
async fn one_address_gets_few_mails_however_many_claim_it() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    for _ in 0..9 {
        let body = json!({"email": "victim@example.org", "full_name": "A stranger", "password": PASSWORD});
        nobody.post("/users/register/", body).await.expect(201);
    }
    let most = usize::try_from(world.core().config.limits.mails_to_one_a_minute).expect("a number");
    let count = sent(&world).await;
    assert!(count >= most && count <= 2 * most, "{count} mails: {most} a minute, and a minute may begin in between");
    world.finish().await;
}

#[tokio::test]
async fn a_token_is_good_for_no_session_of_another() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    // As after a restore, when another's session has the number.
    execute(&world, &format!("UPDATE sessions SET account_id = {} WHERE id = {}", bob.id, ann.session_id)).await;
    let body = json!({"refresh_token": ann.refresh_token});
    ann.post("/api/v1/sessions/refresh", body).await.expect_problem(401, "invalid_token");
    world.finish().await;
}

#[tokio::test]
async fn a_deleted_account_signs_in_by_no_name() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    ann.call(reqwest::Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    let nobody = Person::stranger(world.apis[0].address);
    for login in ["ann".to_owned(), format!("deleted-{}", ann.id), format!("deleted:{}", ann.id)] {
        let body = json!({"login": login, "password": PASSWORD});
        nobody.post("/api/v1/sessions", body).await.expect_problem(401, "wrong_credentials");
    }
    world.finish().await;
}
