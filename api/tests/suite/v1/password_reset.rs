//! A forgotten password, set anew by whoever reads the account's mail.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::activation::{self, ACTIVATION};
use super::activation_mail::assert_alike;
use super::everywhere::{Everywhere, no_sweep};
use super::support::{execute, mails, number, sent};
use crate::world::{Answer, PASSWORD, Person, World};

pub(super) const MAIL: &str = "/api/v1/password-reset/mail";
pub(super) const RESET: &str = "/api/v1/password-reset";
pub(super) const NEW: &str = "another good horse";

/// Tries to sign in.
pub(super) async fn sign_in(nobody: &Person, login: &str, password: &str) -> Answer {
    nobody.post("/api/v1/sessions", json!({"login": login, "password": password})).await
}

/// Asks for a mail, and answers the token of its link.
pub(super) async fn asked(world: &World, login: &str) -> String {
    let before = sent(world).await;
    Person::stranger(world.apis[0].address).post(MAIL, json!({"login": login})).await.expect(202);
    assert_eq!(sent(world).await, before + 1);
    let mail = mails(world).pop().expect("a mail");
    assert!(mail.path.starts_with("/reset/"), "{mail:?}");
    mail.token().to_owned()
}

async fn reset(nobody: &Person, token: &str, password: &str) -> Answer {
    nobody.post(RESET, json!({"token": token, "password": password})).await
}

#[tokio::test]
async fn the_link_of_a_mail_sets_a_new_password_once() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let token = asked(&world, "ann").await;
    assert_eq!(mails(&world)[0].to, "ann@example.org");
    for weak in ["short", "password", "12345678901", "ann@example.org"] {
        let problem = reset(&nobody, &token, weak).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["password"][0].is_string(), "{problem:#}");
    }
    sign_in(&nobody, "ann", PASSWORD).await.expect(201);
    let account = reset(&nobody, &token, NEW).await.expect(200);
    assert_eq!((&account["username"], &account["email"]), (&json!("ann"), &json!("ann@example.org")));
    assert_eq!(account.get("access_token"), None);
    // A spent link is told before a password that does not fit.
    for password in ["yet another horse", "short"] {
        reset(&nobody, &token, password).await.expect_problem(410, "spent_link");
    }
    sign_in(&nobody, "ann", PASSWORD).await.expect_problem(401, "wrong_credentials");
    sign_in(&nobody, "ann", NEW).await.expect(201);
    let kept = format!("SELECT count(*) FROM account_tokens WHERE hash = '{token}'");
    assert_eq!(number(&world, &kept).await, 0, "what is kept of a token is not the token");
    world.finish().await;
}

#[tokio::test]
async fn it_is_asked_for_by_either_name_once_in_thirty_seconds() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    for (login, wait, mails) in [("ann", 0, 1), ("Ann@Example.org", 15, 1), ("ann@example.org", 15, 2), ("ANN", 30, 3)]
    {
        world.bed.clock.turn(TimeDelta::seconds(wait));
        nobody.post(MAIL, json!({"login": login})).await.expect(202);
        assert_eq!(sent(&world).await, mails, "{login}");
    }
    world.finish().await;
}

#[tokio::test]
async fn nobody_hears_whether_somebody_is_there_who_could() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    for name in ["ann", "inactive", "suspended"] {
        nobody.register(name, &format!("{name}@example.org")).await.expect(201);
    }
    nobody.post("/api/v1/accounts", json!({"username": "mailless", "password": PASSWORD})).await.expect(201);
    execute(&world, "UPDATE accounts SET active = FALSE WHERE username = 'inactive'").await;
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'suspended'").await;
    let logins = [
        "ann",
        "nobody",
        "nobody@example.org",
        "inactive",
        "inactive@example.org",
        "suspended",
        "suspended@example.org",
        "mailless",
        "",
        "\0",
        "@",
    ];
    assert_alike(&nobody, MAIL, &logins).await;
    assert_eq!(sent(&world).await, 1);
    assert_eq!(mails(&world)[0].to, "ann@example.org");
    world.finish().await;
}

#[tokio::test]
async fn a_link_lives_for_an_hour_from_when_its_mail_was_sent() {
    let mut world = World::without_worker(|_| {}).await;
    let nobody = Person::stranger(world.apis[0].address);
    for name in ["ann", "bob"] {
        nobody.register(name, &format!("{name}@example.org")).await.expect(201);
        nobody.post(MAIL, json!({"login": name})).await.expect(202);
    }
    // A worker that starts in time, and gets to the mails late.
    let core = world.bed.core().await;
    let mailer = worker::mail::mailer(&core.config).expect("a mailer");
    world.bed.clock.turn(TimeDelta::minutes(30));
    world.add_worker_of(core, mailer);
    assert_eq!(sent(&world).await, 2);
    let mails = mails(&world);
    let of = |name: &str| mails.iter().find(|mail| mail.to.starts_with(name)).expect("a mail").token();
    world.bed.clock.turn(TimeDelta::minutes(59));
    reset(&nobody, of("ann"), NEW).await.expect(200);
    world.bed.clock.turn(TimeDelta::minutes(2));
    reset(&nobody, of("bob"), NEW).await.expect_problem(410, "spent_link");
    sign_in(&nobody, "bob", PASSWORD).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn all_that_was_signed_in_ends() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let ann = nobody.sign_in("ann").await;
    let everywhere = Everywhere::sign_in(&world, &ann).await;
    let bob = world.person("bob").await;
    let token = asked(&world, "ann").await;
    ann.get("/api/v1/me").await.expect(200);
    reset(&nobody, &token, NEW).await.expect(200);
    // The process that did it needs no event.
    ann.get("/api/v1/me").await.expect_problem(401, "invalid_token");
    everywhere.expect_ended().await;
    bob.get("/api/v1/me").await.expect(200);
    let session = sign_in(&nobody, "ann", NEW).await.expect(201);
    let ann = nobody.at(world.apis[1].address).holding(&session);
    ann.get("/api/v1/me").await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_sets_the_password() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    for round in 0..3 {
        world.bed.clock.turn(TimeDelta::seconds(30));
        let token = asked(&world, "ann").await;
        let passwords: Vec<_> = (0..3).map(|number| format!("horse {round} number {number}")).collect();
        let uses = passwords.iter().map(|password| reset(&nobody, &token, password));
        let answers = futures::future::join_all(uses).await;
        let mut winners = Vec::new();
        for (password, answer) in passwords.iter().zip(answers) {
            if answer.status == 200 {
                winners.push(password);
            } else {
                answer.expect_problem(410, "spent_link");
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");
        sign_in(&nobody, "ann", winners[0]).await.expect(201);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_token_is_good_for_what_it_was_made_for_alone() {
    let world = activation::world().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    assert_eq!(sent(&world).await, 1);
    let activating = mails(&world)[0].token().to_owned();
    reset(&nobody, &activating, NEW).await.expect_problem(410, "spent_link");
    nobody.get(&format!("/reset/{activating}")).await.expect(410);
    nobody.post(ACTIVATION, json!({"token": activating})).await.expect(200);

    let resetting = asked(&world, "ann").await;
    let before = number(&world, "SELECT count(*) FROM account_tokens WHERE used_at IS NULL").await;
    nobody.post(ACTIVATION, json!({"token": resetting})).await.expect_problem(410, "spent_link");
    nobody.get(&format!("/activate/{resetting}")).await.expect(410);
    nobody.act(&format!("/activate/{resetting}")).await.expect(410);
    assert_eq!(number(&world, "SELECT count(*) FROM account_tokens WHERE used_at IS NULL").await, before);
    reset(&nobody, &resetting, NEW).await.expect(200);
    for token in ["", "nonsense", "%", "\0", &"0".repeat(64)] {
        reset(&nobody, token, NEW).await.expect_problem(410, "spent_link");
    }
    world.finish().await;
}

/// Who reads an old mailbox has no say in an account that has another email by now.
#[tokio::test]
async fn a_link_that_went_to_an_email_of_before_is_dead() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "old@example.org").await.expect(201);
    let ann = nobody.sign_in("ann").await;
    let token = asked(&world, "ann").await;
    let change = json!({"email": "new@example.org", "password": PASSWORD});
    ann.post("/api/v1/me/email", change).await.expect(202);
    assert_eq!(sent(&world).await, 2);
    nobody.post(ACTIVATION, json!({"token": mails(&world)[1].token()})).await.expect(200);
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["email"], "new@example.org");
    reset(&nobody, &token, NEW).await.expect_problem(410, "spent_link");
    sign_in(&nobody, "ann", PASSWORD).await.expect(201);
    world.finish().await;
}

/// A password that was changed since is not overruled by a mail from before.
#[tokio::test]
async fn a_link_from_before_the_last_new_password_is_dead() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let first = asked(&world, "ann").await;
    world.bed.clock.turn(TimeDelta::seconds(30));
    let second = asked(&world, "ann").await;
    reset(&nobody, &second, NEW).await.expect(200);
    reset(&nobody, &first, "a third good horse").await.expect_problem(410, "spent_link");
    let session: Value = sign_in(&nobody, "ann", NEW).await.expect(201);
    world.bed.clock.turn(TimeDelta::seconds(30));
    let third = asked(&world, "ann").await;
    let change = json!({"current_password": NEW, "password": PASSWORD});
    nobody.holding(&session).post("/api/v1/me/password", change).await.expect(200);
    reset(&nobody, &third, NEW).await.expect_problem(410, "spent_link");
    sign_in(&nobody, "ann", PASSWORD).await.expect(201);
    world.finish().await;
}
