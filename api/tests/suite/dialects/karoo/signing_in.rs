//! Signing in.

use reqwest::Method;
use serde_json::json;

use super::{
    INFO, LOGIN, REGISTER, later, login, mails_to, newest_mail, not_active, register, registration, stranger, visit,
    wrong_credentials,
};
use crate::dialects::support::{
    accounts, by_connectin, by_karoo, execute, form, multipart, send, snapshots, whole, with_token,
};
use crate::world::{PASSWORD, World, mails};

const GUESS: &str = "a guess of mine";

#[tokio::test]
async fn the_right_password_gets_two_tokens() {
    let world = World::start().await;
    let (nobody, ann) = (stranger(&world), by_karoo(&world, "ann").await);
    let (kind, parts) = multipart(&[("email", "ann@example.org"), ("password", PASSWORD)]);
    let answers = [
        login(&nobody, "ann@example.org", PASSWORD).await,
        login(&nobody, " ANN@Example.org ", PASSWORD).await,
        form(&nobody, Method::POST, LOGIN, &[("email", "ann@example.org"), ("password", PASSWORD)]).await,
        send(&nobody, Method::POST, LOGIN, Some(kind), parts).await,
        nobody.post("/users/login", json!({"email": "ann@example.org", "password": PASSWORD})).await,
    ];
    for answer in answers {
        assert!(!answer.headers.contains_key("set-cookie"), "no cookie");
        let body = answer.expect(200);
        snapshots().bind(|| insta::assert_json_snapshot!("signed_in", body));
        let again = with_token(&ann, body["access"].as_str());
        assert_eq!(again.get(INFO).await.expect(200)["email"], "ann@example.org");
    }
    world.finish().await;
}

#[tokio::test]
async fn whatever_is_wrong_is_said_in_the_same_words() {
    let world = World::start().await;
    let (nobody, ann) = (stranger(&world), by_karoo(&world, "ann").await);
    let suspended = by_karoo(&world, "bob").await;
    let sql = "UPDATE accounts SET suspended_at = created_at WHERE id = $1";
    execute(&world, sql, [suspended.id.into()]).await;
    let before = mails(&world).len();
    for (about, email, password) in [
        ("a wrong password", "ann@example.org", GUESS),
        ("a password in another case", "ann@example.org", "Correct horse battery"),
        ("a password with a space behind it", "ann@example.org", "correct horse battery "),
        ("an email that nobody bears", "nobody@example.org", PASSWORD),
        ("a username", "ann", PASSWORD),
        ("no email at all", "@", PASSWORD),
        ("a suspended account", "bob@example.org", PASSWORD),
        ("a suspended account and a wrong password", "bob@example.org", GUESS),
    ] {
        let answer = login(&nobody, email, password).await;
        assert_eq!(whole(answer), wrong_credentials(), "{about}");
    }
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["username"], "ann", "it is the account's username");
    world.settle().await;
    assert_eq!(mails(&world).len(), before, "nobody is written to");
    let required = ["This field is required."];
    assert_eq!(nobody.act(LOGIN).await.expect(400), json!({"email": required, "password": required}));
    let blank = nobody.post(LOGIN, json!({"email": "", "password": null})).await.expect(400);
    assert_eq!(blank, json!({"email": ["This field may not be blank."], "password": ["This field may not be null."]}));
    let long = "x".repeat(257);
    let said = ["Ensure this field has no more than 256 characters."];
    assert_eq!(login(&nobody, &long, &long).await.expect(400), json!({"email": said, "password": said}));
    world.finish().await;
}

#[tokio::test]
async fn an_account_that_is_not_active_is_told_so_and_sent_a_new_mail() {
    let world = World::start().await;
    let nobody = stranger(&world);
    register(&world, "ann").await;
    let count = async || mails_to(&world, "ann@example.org").await.len();
    later(&world, 31);
    let guess = login(&nobody, "ann@example.org", GUESS).await;
    assert_eq!(whole(guess), wrong_credentials(), "whoever does not know the password learns nothing");
    assert_eq!(count().await, 1, "and sends nobody anything");
    for _ in 0..3 {
        assert_eq!(whole(login(&nobody, "ANN@example.org", PASSWORD).await), not_active());
        assert_eq!(count().await, 2);
    }
    let mail = newest_mail(&world, "ann@example.org").await;
    visit(&world, Method::POST, &mail.path).await;
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    assert_eq!(count().await, 2);
    world.finish().await;
}

#[tokio::test]
async fn an_active_account_whose_email_nobody_confirmed_confirms_it_here() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let body = json!({"username": "ann", "email": "ann@example.org", "password": PASSWORD});
    nobody.post("/api/register/", body).await.expect(201);
    let by_name = json!({"username": "ann", "password": PASSWORD});
    nobody.post("/api/login/", by_name.clone()).await.expect(200);
    assert!(mails_to(&world, "ann@example.org").await.is_empty());
    assert_eq!(whole(login(&nobody, "ann@example.org", GUESS).await), wrong_credentials());
    assert_eq!(whole(login(&nobody, "ann@example.org", PASSWORD).await), not_active());
    let mail = newest_mail(&world, "ann@example.org").await;
    // It stays the active account that it is, through the others.
    nobody.post("/api/login/", by_name).await.expect(200);
    let page = visit(&world, Method::POST, &mail.path).await;
    assert_eq!((page.status, page.heading()), (200, "Your account is active"));
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    let taken = nobody.post(REGISTER, registration("ann", json!({}))).await.expect(400);
    assert_eq!(taken, json!({"email": ["Uesr with this user email already exists."]}));
    world.finish().await;
}

#[tokio::test]
async fn two_unconfirmed_accounts_with_one_email_are_told_apart_by_their_passwords() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let passwords = [PASSWORD, "another horse battery"];
    for (password, name) in passwords.into_iter().zip(["یک", "دو"]) {
        let body = registration("ann", json!({"password": password, "full_name": name}));
        nobody.post(REGISTER, body).await.expect(201);
    }
    assert_eq!(accounts(&world).await, 2);
    for (password, name) in passwords.into_iter().zip(["یک", "دو"]) {
        later(&world, 31);
        assert_eq!(whole(login(&nobody, "ann@example.org", password).await), not_active());
        let mail = newest_mail(&world, "ann@example.org").await;
        assert!(mail.text.contains(name), "each to its own: {}", mail.text);
    }
    assert_eq!(whole(login(&nobody, "ann@example.org", GUESS).await), wrong_credentials());
    let mail = newest_mail(&world, "ann@example.org").await;
    visit(&world, Method::POST, &mail.path).await;
    let session = login(&nobody, "ann@example.org", passwords[1]).await.expect(200);
    let second = with_token(&nobody, session["access"].as_str());
    assert_eq!(second.get(INFO).await.expect(200)["full_name"], "دو");
    assert_eq!(whole(login(&nobody, "ann@example.org", passwords[0]).await), wrong_credentials());
    world.finish().await;
}

/// An account of another dialect signs in here by its email, and one of this by its made username there.
#[tokio::test]
async fn one_account_signs_in_everywhere() {
    let world = World::start().await;
    by_connectin(&world, "bob").await;
    by_karoo(&world, "ann").await;
    let nobody = stranger(&world);
    assert_eq!(whole(login(&nobody, "bob@example.org", PASSWORD).await), not_active());
    nobody.post("/api/login/", json!({"username": "ann", "password": PASSWORD})).await.expect(200);
    world.finish().await;
}
