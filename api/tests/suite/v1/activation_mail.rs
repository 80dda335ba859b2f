//! The activation mail, asked for once more.

use chrono::TimeDelta;
use serde_json::json;

use super::activation::{ACTIVATION, world};
use super::limits::{assert_too_many, refused};
use super::support::{execute, mails, sent};
use crate::world::{Answer, PASSWORD, Person, World};

const MAIL: &str = "/api/v1/activation/mail";

#[tokio::test]
async fn it_is_sent_again_by_either_name_once_in_thirty_seconds() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    assert_eq!(sent(&world).await, 1);
    let ask = async |login: &str| {
        nobody.post(MAIL, json!({"login": login})).await.expect(202);
        sent(&world).await
    };
    assert_eq!(ask("ann").await, 1, "one was sent a moment ago");
    world.bed.clock.turn(TimeDelta::seconds(15));
    assert_eq!(ask("ann@example.org").await, 1);
    world.bed.clock.turn(TimeDelta::seconds(15));
    assert_eq!(ask("Ann@Example.ORG").await, 2);
    assert_eq!(ask("ann").await, 2);
    world.bed.clock.turn(TimeDelta::seconds(30));
    assert_eq!(ask("ANN").await, 3);

    let mails = mails(&world);
    assert!(mails.iter().all(|mail| mail.to == "ann@example.org"), "{mails:#?}");
    nobody.post(ACTIVATION, json!({"token": mails[2].token()})).await.expect(200);
    world.bed.clock.turn(TimeDelta::seconds(30));
    assert_eq!(ask("ann").await, 3, "nothing waits any more");
    nobody.sign_in("ann").await;
    world.finish().await;
}

#[tokio::test]
async fn of_many_who_ask_at_once_one_gets_a_mail() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    for round in 1..4 {
        assert_eq!(sent(&world).await, round);
        world.bed.clock.turn(TimeDelta::seconds(30));
        let asked = (0..8).map(|_| nobody.post(MAIL, json!({"login": "ann"})));
        for answer in futures::future::join_all(asked).await {
            answer.expect(202);
        }
    }
    assert_eq!(sent(&world).await, 4);
    world.finish().await;
}

/// An answer without what differs between any two.
fn told(answer: Answer) -> (u16, Vec<(String, String)>, serde_json::Value) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned()))
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, answer.body)
}

/// Who asks learns nothing of whether an account is there, and how it stands.
pub(super) async fn assert_alike(nobody: &Person, path: &str, logins: &[&str]) {
    let mut answers = Vec::new();
    for login in logins {
        answers.push(told(nobody.post(path, json!({"login": login})).await));
    }
    assert_eq!(answers[0].0, 202);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn the_answer_is_alike_whoever_is_there() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    for name in ["ann", "active", "suspended"] {
        nobody.register(name, &format!("{name}@example.org")).await.expect(201);
    }
    assert_eq!(sent(&world).await, 3);
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'suspended'").await;
    let of_active = mails(&world).into_iter().find(|mail| mail.to == "active@example.org").expect("a mail");
    nobody.post(ACTIVATION, json!({"token": of_active.token()})).await.expect(200);
    world.bed.clock.turn(TimeDelta::seconds(30));
    let logins = [
        "ann",
        "ann@example.org",
        "nobody",
        "nobody@example.org",
        "active",
        "active@example.org",
        "suspended",
        "suspended@example.org",
        "",
        " ",
        "\0",
        "@",
    ];
    assert_alike(&nobody, MAIL, &logins).await;
    assert_eq!(sent(&world).await, 4, "the one who waits got one");
    assert_eq!(mails(&world)[3].to, "ann@example.org");
    world.finish().await;
}

#[tokio::test]
async fn one_address_asks_only_so_often_for_whomever() {
    let world = World::with(|config| config.limits.registrations_a_minute = 3).await;
    let nobody = Person::stranger(world.apis[0].address);
    let number = std::cell::Cell::new(0);
    let ask = async |path: &str| {
        number.set(number.get() + 1);
        nobody.post(path, json!({"login": format!("nobody{}", number.get())})).await
    };
    assert_too_many(refused(3, async || ask(MAIL).await).await, 3);
    // One count for every kind of mail.
    let (before, _) = refused(3, async || ask("/api/v1/password-reset/mail").await).await;
    assert!(before <= 3, "{before}");
    nobody.register("ann", "ann@example.org").await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn whoever_comes_back_with_the_password_gets_a_new_one() {
    let world = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let sign_in = async |login: &str, password: &str| {
        let answer = nobody.post("/api/v1/sessions", json!({"login": login, "password": password})).await;
        match answer.status.as_u16() {
            403 => drop(answer.expect_problem(403, "not_active")),
            _ => drop(answer.expect_problem(401, "wrong_credentials")),
        }
        sent(&world).await
    };
    assert_eq!(sign_in("ann", PASSWORD).await, 1, "one was sent a moment ago");
    world.bed.clock.turn(TimeDelta::seconds(30));
    assert_eq!(sign_in("ann", "a guess of mine").await, 1, "who does not know the password sends nothing");
    assert_eq!(sign_in("ann@example.org", PASSWORD).await, 2);
    assert_eq!(sign_in("ann", PASSWORD).await, 2);
    world.bed.clock.turn(TimeDelta::seconds(30));
    let at_once = (0..4).map(|_| nobody.post("/api/v1/sessions", json!({"login": "ann", "password": PASSWORD})));
    for answer in futures::future::join_all(at_once).await {
        answer.expect_problem(403, "not_active");
    }
    assert_eq!(sent(&world).await, 3);
    nobody.post(ACTIVATION, json!({"token": mails(&world)[2].token()})).await.expect(200);
    nobody.sign_in("ann").await;
    world.finish().await;
}
