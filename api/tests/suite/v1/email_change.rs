//! Changing one's own email: it takes the old one's place once its link is followed.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};

use super::activation::ACTIVATION;
use super::limits::{assert_too_many, refused};
use super::password_reset::sign_in;
use super::support::{confirmed, execute, mails, number, sent};
use crate::world::{Answer, PASSWORD, Person, World};

const PATH: &str = "/api/v1/me/email";

async fn change(person: &Person, email: &str) -> Answer {
    person.post(PATH, json!({"email": email, "password": PASSWORD})).await
}

async fn follow(person: &Person, token: &str) -> Answer {
    Person::stranger(person.address).post(ACTIVATION, json!({"token": token})).await
}

async fn me(person: &Person) -> Value {
    person.get("/api/v1/me").await.expect(200)
}

/// The token of the newest mail, which went to `email`.
async fn token_to(world: &World, email: &str) -> String {
    sent(world).await;
    let mail = mails(world).pop().expect("a mail");
    assert_eq!(mail.to, email);
    mail.token().to_owned()
}

#[tokio::test]
async fn the_new_one_counts_once_its_link_is_followed() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    let problem = ann.post(PATH, json!({"email": "new@example.org", "password": "a guess of mine"})).await;
    assert_shape!("wrong_password", problem.expect_problem(422, "invalid"));
    let problem = change(&ann, "no address").await.expect_problem(422, "invalid");
    assert!(problem["errors"]["email"][0].is_string(), "{problem:#}");
    assert_eq!((sent(&world).await, &me(&ann).await["pending_email"]), (0, &Value::Null));

    let account = change(&ann, "New@example.org").await.expect(202);
    assert_shape!("email_pending", account.clone());
    assert_eq!(me(&ann).await, account);
    let token = token_to(&world, "New@example.org").await;
    sign_in(&ann, "ann@example.org", PASSWORD).await.expect(201);
    sign_in(&ann, "new@example.org", PASSWORD).await.expect_problem(401, "wrong_credentials");
    for _ in 0..2 {
        ann.get(&format!("/activate/{token}")).await.expect(200); // a scanner looks
    }
    assert_eq!(me(&ann).await["email"], "ann@example.org");

    let account = follow(&ann, &token).await.expect(200);
    assert_eq!((&account["email"], &account["email_confirmed"]), (&json!("New@example.org"), &json!(true)));
    assert_eq!(me(&ann).await, account, "and nothing is pending");
    sign_in(&ann, "ann@example.org", PASSWORD).await.expect_problem(401, "wrong_credentials");
    sign_in(&ann, "new@example.org", PASSWORD).await.expect(201);
    follow(&ann, &token).await.expect_problem(410, "spent_link");
    world.finish().await;
}

#[tokio::test]
async fn a_link_lives_for_its_two_minutes_and_its_page_sends_another() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    change(&ann, "new@example.org").await.expect(202);
    let token = token_to(&world, "new@example.org").await;
    world.bed.clock.turn(TimeDelta::seconds(121));
    follow(&ann, &token).await.expect_problem(410, "spent_link");
    ann.get(&format!("/activate/{token}")).await.expect(410);
    ann.act(&format!("/activate/{token}/new")).await.expect(200);
    let next = token_to(&world, "new@example.org").await;
    assert_ne!(next, token);
    ann.act(&format!("/activate/{next}")).await.expect(200);
    assert_eq!(me(&ann).await["email"], "new@example.org");
    world.finish().await;
}

#[tokio::test]
async fn a_later_change_takes_the_place_of_an_earlier() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    change(&ann, "first@example.org").await.expect(202);
    let first = token_to(&world, "first@example.org").await;
    let account = change(&ann, "second@example.org").await.expect(202);
    assert_eq!(account["pending_email"], json!({"email": "second@example.org", "undeliverable": false}));
    let second = token_to(&world, "second@example.org").await;
    follow(&ann, &first).await.expect_problem(410, "spent_link");
    assert_eq!(me(&ann).await, account);
    follow(&ann, &second).await.expect(200);
    assert_eq!(me(&ann).await["email"], "second@example.org");
    assert_eq!(number(&world, "SELECT count(*) FROM email_changes").await, 0);
    world.finish().await;
}

/// As it was written down, in another case, or confirmed or not: nothing changes.
#[tokio::test]
async fn ones_own_email_changes_nothing() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    let before = me(&ann).await;
    for email in ["ann@example.org", "ANN@Example.org"] {
        assert_eq!(change(&ann, email).await.expect(202), before);
    }
    assert_eq!(sent(&world).await, 0);
    assert_eq!(number(&world, "SELECT count(*) FROM email_changes").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn one_that_somebody_has_confirmed_is_taken() {
    let world = World::start().await;
    let (ann, bob) = (confirmed(&world, "ann").await, confirmed(&world, "bob").await);
    let taken = change(&ann, "BOB@example.org").await;
    assert_shape!("email_taken_by_another", taken.expect_problem(409, "email_taken"));
    assert_eq!((sent(&world).await, &me(&ann).await["pending_email"]), (0, &Value::Null));
    // Somebody's claim keeps nobody out, and is lost when the email is confirmed.
    let squatter = Person::stranger(world.apis[0].address);
    squatter.register("squatter", "new@example.org").await.expect(201);
    let squatter = squatter.sign_in("squatter").await;
    change(&ann, "new@example.org").await.expect(202);
    let token = token_to(&world, "new@example.org").await;
    // So does another's change, until one of the two is confirmed.
    change(&bob, "new@example.org").await.expect(202);
    let late = token_to(&world, "new@example.org").await;
    follow(&ann, &token).await.expect(200);
    assert_eq!(me(&squatter).await["email"], Value::Null);
    follow(&bob, &late).await.expect_problem(409, "email_taken");
    assert_eq!(me(&bob).await["email"], "bob@example.org");
    world.finish().await;
}

#[tokio::test]
async fn of_many_who_confirm_one_email_at_once_one_has_it() {
    let world = World::start().await;
    let mut tokens = Vec::new();
    for name in ["ann", "bob", "cat", "dan"] {
        let person = confirmed(&world, name).await;
        change(&person, "new@example.org").await.expect(202);
        tokens.push((person, token_to(&world, "new@example.org").await));
    }
    let clicks = join_all(tokens.iter().map(|(person, token)| follow(person, token))).await;
    let mut statuses: Vec<_> = clicks.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
    assert_eq!(number(&world, "SELECT count(*) FROM accounts WHERE email_key = 'new@example.org'").await, 1);
    world.finish().await;
}

/// A worker writes the marks down; this is what becomes of them.
#[tokio::test]
async fn an_email_that_takes_no_mail_is_shown_as_such() {
    let world = World::start().await;
    let ann = confirmed(&world, "ann").await;
    assert_eq!(me(&ann).await["email_undeliverable"], false);
    execute(&world, "UPDATE accounts SET email_refused_at = created_at").await;
    assert_eq!(me(&ann).await["email_undeliverable"], true);
    change(&ann, "new@example.org").await.expect(202);
    let token = token_to(&world, "new@example.org").await;
    execute(&world, "UPDATE email_changes SET refused_at = created_at").await;
    assert_eq!(me(&ann).await["pending_email"], json!({"email": "new@example.org", "undeliverable": true}));
    let account = follow(&ann, &token).await.expect(200);
    assert_eq!((&account["email_undeliverable"], &account["pending_email"]), (&json!(false), &Value::Null));
    assert_eq!(me(&ann).await["email_undeliverable"], false);
    world.finish().await;
}

#[tokio::test]
async fn nobody_is_mailed_by_the_hundred() {
    let world = World::with(|config| config.limits.email_changes_a_minute = 2).await;
    let ann = confirmed(&world, "ann").await;
    let number = std::cell::Cell::new(0);
    let next = async || {
        number.set(number.get() + 1);
        change(&ann, &format!("new{}@example.org", number.get())).await
    };
    assert_too_many(refused(2, next).await, 2);
    let mailed = sent(&world).await;
    assert!((2..=4).contains(&mailed), "{mailed}");
    world.finish().await;
}
