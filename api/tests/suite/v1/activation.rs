//! Activation by mail (P4).

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use shared::config::Activation;

use super::support::{execute, mails, number};
use crate::world::{Person, World};

pub(super) const ACTIVATION: &str = "/api/v1/activation";

/// A world where accounts wait for their activation.
pub(super) async fn world() -> World {
    World::with(|config| config.secrets.activation = Activation::Required).await
}

#[tokio::test]
async fn an_account_signs_in_only_after_its_mail_was_followed() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    assert_shape!("register_inactive", nobody.register("ann", "ann@example.org").await.expect(201));
    let sign_in = json!({"login": "ann", "password": "correct horse battery"});
    assert_shape!("not_active", nobody.post("/api/v1/sessions", sign_in).await.expect_problem(403, "not_active"));
    // Whoever does not know the password learns nothing of it.
    let guess = json!({"login": "ann", "password": "a guess of mine"});
    nobody.post("/api/v1/sessions", guess).await.expect_problem(401, "wrong_credentials");

    world.settle().await;
    let mails = mails(&world);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "ann@example.org");
    for _ in 0..3 {
        nobody.get(&mails[0].path).await.expect(200); // a scanner looks
        nobody.send(nobody.request(Method::HEAD, &mails[0].path)).await.expect(200);
    }
    let form = nobody.request(Method::POST, &mails[0].path);
    nobody.send(form.header("content-type", "application/x-www-form-urlencoded").body("")).await.expect(200);
    nobody.act(&mails[0].path).await.expect(410);
    nobody.post(ACTIVATION, json!({"token": mails[0].token()})).await.expect_problem(410, "spent_link");
    nobody.get(&mails[0].path).await.expect(410);

    let ann = nobody.sign_in("ann@example.org").await;
    let me = ann.get("/api/v1/me").await.expect(200);
    assert_eq!((&me["active"], &me["email_confirmed"]), (&json!(true), &json!(true)));
    world.finish().await;
}

#[tokio::test]
async fn a_link_activates_through_the_api_once() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    world.settle().await;
    let mail = &mails(&world)[0];
    let clicks = (0..8).map(|_| nobody.post(ACTIVATION, json!({"token": mail.token()})));
    let answers = futures::future::join_all(clicks).await;
    let (done, spent): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((done.len(), spent.len()), (1, 7));
    for answer in done {
        assert_shape!("activated", answer.body);
    }
    for answer in spent {
        answer.expect_problem(410, "spent_link");
    }
    nobody.act(&mail.path).await.expect(410);
    world.finish().await;
}

#[tokio::test]
async fn a_link_lives_for_its_two_minutes() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    nobody.register("bob", "bob@example.org").await.expect(201);
    world.settle().await;
    let mails = mails(&world);
    let of = |name: &str| mails.iter().find(|mail| mail.to.starts_with(name)).expect("a mail");
    world.bed.clock.turn(TimeDelta::seconds(100));
    nobody.act(&of("ann").path).await.expect(200);
    world.bed.clock.turn(TimeDelta::seconds(21));
    nobody.act(&of("bob").path).await.expect(410);
    nobody.post(ACTIVATION, json!({"token": of("bob").token()})).await.expect_problem(410, "spent_link");
    assert_eq!(number(&world, "SELECT count(*) FROM accounts WHERE active").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_token_of_a_link_activates_nothing() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    for token in ["", "nonsense", &"0".repeat(64), "\u{0}", "%"] {
        nobody.post(ACTIVATION, json!({"token": token})).await.expect_problem(410, "spent_link");
    }
    world.settle().await;
    // What is kept of a token is not the token.
    let kept = format!("SELECT count(*) FROM account_tokens WHERE hash = '{}'", mails(&world)[0].token());
    assert_eq!(number(&world, &kept).await, 0);
    let none = json!({"username": "bob", "password": "correct horse"});
    let problem = nobody.post("/api/v1/accounts", none).await.expect_problem(422, "invalid");
    assert!(problem["errors"]["email"][0].is_string(), "{problem:#}");
    world.finish().await;
}

#[tokio::test]
async fn an_unconfirmed_bearer_loses_the_email_when_another_confirms() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("squatter", "ann@example.org").await.expect(201);
    world.settle().await;
    nobody.register("ann", "Ann@Example.org").await.expect(201);
    world.settle().await;
    let mails = mails(&world);
    assert_eq!(mails.len(), 2);
    nobody.post(ACTIVATION, json!({"token": mails[1].token()})).await.expect(200);
    let late = nobody.post(ACTIVATION, json!({"token": mails[0].token()})).await;
    late.expect_problem(409, "email_taken");
    let left = "SELECT count(*) FROM accounts WHERE username = 'squatter' AND email IS NULL AND email_key IS NULL";
    assert_eq!(number(&world, left).await, 1);
    let ann = nobody.sign_in("ann@example.org").await;
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["username"], "ann");
    nobody.register("late", "ann@example.org").await.expect_problem(409, "email_taken");
    world.finish().await;
}

#[tokio::test]
async fn of_two_bearers_who_confirm_at_once_one_has_the_email() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    for round in 0..4 {
        let email = format!("ann{round}@example.org");
        for name in ["one", "two"] {
            nobody.register(&format!("{name}{round}"), &email).await.expect(201);
        }
        world.settle().await;
        let mails = mails(&world);
        let clicks = mails.iter().filter(|mail| mail.to == email);
        let clicks = clicks.map(|mail| nobody.post(ACTIVATION, json!({"token": mail.token()})));
        let mut statuses: Vec<u16> =
            futures::future::join_all(clicks).await.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert!(statuses == [200, 409] || statuses == [200, 410], "round {round}: {statuses:?}");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM accounts WHERE active").await, 4);
    world.finish().await;
}

#[tokio::test]
async fn who_was_suspended_before_the_click_does_not_come_in() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    world.settle().await;
    execute(&world, "UPDATE accounts SET suspended_at = created_at").await;
    nobody.act(&mails(&world)[0].path).await;
    let sign_in = json!({"login": "ann", "password": "correct horse battery"});
    nobody.post("/api/v1/sessions", sign_in).await.expect_problem(401, "wrong_credentials");
    world.finish().await;
}
