//! Changing one's own password.

use futures::future::join_all;
use serde_json::json;

use super::everywhere::{Everywhere, no_sweep};
use super::limits::{assert_too_many, refused};
use super::password_reset::{NEW, RESET, asked, sign_in};
use super::support::number;
use crate::world::{Answer, PASSWORD, Person, World};

pub(super) const PATH: &str = "/api/v1/me/password";

async fn change(person: &Person, current: &str, new: &str) -> Answer {
    person.post(PATH, json!({"current_password": current, "password": new})).await
}

#[tokio::test]
async fn what_does_not_fit_changes_nothing() {
    let world = World::start().await;
    let ann = world.person("annabel").await;
    let problem = change(&ann, "a guess of mine", NEW).await;
    assert_shape!("wrong_current_password", problem.expect_problem(422, "invalid"));
    for weak in ["short", "password", "12345678901", "annabel!", &"x".repeat(257)] {
        let problem = change(&ann, PASSWORD, weak).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["password"][0].is_string(), "{weak}: {problem:#}");
    }
    ann.get("/api/v1/me").await.expect(200);
    sign_in(&ann, "annabel", PASSWORD).await.expect(201);
    assert_eq!(number(&world, "SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn every_session_ends_and_the_answer_is_a_new_one() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let everywhere = Everywhere::sign_in(&world, &ann).await;
    let answer = change(&ann, PASSWORD, NEW).await.expect(200);
    assert_shape!("password_changed", answer.clone());
    let new = ann.holding(&answer);
    assert_ne!(new.session_id, ann.session_id);
    ann.get("/api/v1/me").await.expect_problem(401, "invalid_token");
    everywhere.expect_ended().await;
    for api in &world.apis {
        assert_eq!(new.at(api.address).get("/api/v1/me").await.expect(200)["id"], ann.id);
    }
    let sessions = new.get("/api/v1/sessions").await.expect(200);
    assert_eq!((sessions["items"].as_array().map(Vec::len), &sessions["items"][0]["current"]), (Some(1), &json!(true)));
    new.refreshed().await.get("/api/v1/me").await.expect(200);
    new.socket().await.expect("hello").await;
    sign_in(&ann, "ann", PASSWORD).await.expect_problem(401, "wrong_credentials");
    sign_in(&ann, "ann", NEW).await.expect(201);
    bob.get("/api/v1/me").await.expect(200);
    world.finish().await;
}

/// Whoever compared the old password while it changed must not come in after it.
#[tokio::test]
async fn no_sign_in_with_the_old_password_outlives_the_change() {
    let mut world = World::with(|config| {
        no_sweep(config);
        config.limits.sign_ins_a_minute = 10_000;
        config.limits.password_hashes = 8;
    })
    .await;
    world.add_api().await;
    let mut ann = world.person("ann").await;
    let nobody = Person::stranger(world.apis[1].address);
    let mut old = PASSWORD.to_owned();
    let mut came_in = 0;
    for round in 0..4 {
        let new = format!("horse of round {round}");
        let signing_in = join_all((0..12).map(|_| sign_in(&nobody, "ann", &old)));
        let (answer, signed_in) = tokio::join!(change(&ann, &old, &new), signing_in);
        let changed = ann.holding(&answer.expect(200));
        for answer in signed_in {
            match answer.status.as_u16() {
                // Before the change: a session that has ended with it.
                201 => {
                    came_in += 1;
                    let session = answer.expect(201)["session_id"].clone();
                    let ended = format!("SELECT count(*) FROM sessions WHERE id = {session} AND ended_at IS NOT NULL");
                    assert_eq!(number(&world, &ended).await, 1, "round {round}");
                }
                503 => drop(answer.expect_problem(503, "busy")),
                _ => drop(answer.expect_problem(401, "wrong_credentials")),
            }
        }
        assert_eq!(number(&world, "SELECT count(*) FROM sessions WHERE ended_at IS NULL").await, 1, "round {round}");
        changed.get("/api/v1/me").await.expect(200);
        (ann, old) = (changed, new);
    }
    assert!(came_in < 48, "every sign-in came before the change: nothing was tried");
    world.finish().await;
}

/// Whoever knows an old password changes nothing once its owner has set another.
#[tokio::test]
async fn of_many_changes_of_one_password_one_is_made() {
    let world = World::with(|config| config.limits.password_hashes = 8).await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let devices = join_all((0..4).map(|_| nobody.sign_in("ann"))).await;
    let passwords: Vec<_> = (0..4).map(|number| format!("horse of device {number}")).collect();
    let changes = devices.iter().zip(&passwords).map(|(device, new)| change(device, PASSWORD, new));
    let mut winners = Vec::new();
    for (new, answer) in passwords.iter().zip(join_all(changes).await) {
        match answer.status.as_u16() {
            200 => winners.push((new, nobody.holding(&answer.expect(200)))),
            401 => drop(answer.expect_problem(401, "invalid_token")),
            _ => drop(answer.expect_problem(422, "invalid")),
        }
    }
    let [(password, winner)] = winners.as_slice() else { panic!("{} changes were made", winners.len()) };
    winner.get("/api/v1/me").await.expect(200);
    sign_in(&nobody, "ann", password).await.expect(201);

    // The owner's reset wins over a thief's change, whichever comes first.
    let token = asked(&world, "ann").await;
    let body = json!({"token": token, "password": NEW});
    let (reset, stolen) = tokio::join!(nobody.post(RESET, body), change(winner, password, "horse of a thief"));
    reset.expect(200);
    assert!([200, 401, 422].contains(&stolen.status.as_u16()), "{stolen:?}");
    sign_in(&nobody, "ann", NEW).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn a_current_password_is_not_guessed_by_the_hundred() {
    let world = World::with(|config| config.limits.sign_ins_a_minute = 3).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let guess = async || change(&ann, "a guess of mine", NEW).await;
    // Signing in was the first attempt.
    assert_too_many(refused(3, guess).await, 2);
    // One count, whichever way a password is tried.
    let paths = [("/api/v1/me/email", json!({"email": "a@example.org", "password": "a guess of mine"}))];
    for (path, body) in paths {
        let (before, _) = refused(3, async || ann.post(path, body.clone()).await).await;
        assert!(before <= 3, "{path}: {before}");
    }
    let body = json!({"password": "a guess of mine"});
    let delete = async || ann.call(reqwest::Method::DELETE, "/api/v1/me", body.clone()).await;
    let (before, _) = refused(3, delete).await;
    assert!(before <= 3, "{before}");
    let (before, _) = refused(3, async || sign_in(&bob, "ann", "a guess of mine").await).await;
    assert!(before <= 3, "{before}");
    change(&bob, PASSWORD, NEW).await.expect(200);
    world.finish().await;
}
