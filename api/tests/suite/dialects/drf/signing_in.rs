//! `POST /api/login/`: who gets in, and how everybody else is refused.

use serde_json::json;
use shared::config::Activation;

use super::{LOGIN, REGISTER, answers, registration, stranger};
use crate::dialects::support::{snapshots, whole};
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn a_session_is_answered_with_its_tokens_and_account() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let details = json!({"email": "ann@example.org", "full_name": "Ann Lee", "contact": "+4912345678"});
    nobody.post(REGISTER, registration("Ann", details)).await.expect(201);
    let body = super::sign_in(&nobody, "Ann").await;
    snapshots().bind(|| insta::assert_json_snapshot!("signed_in", body));
    world.finish().await;
}

#[tokio::test]
async fn one_signs_in_by_username_or_email_in_any_case() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let ann = registration("Ann", json!({"email": "Ann@Example.org"}));
    let id = nobody.post(REGISTER, ann).await.expect(201)["id"].clone();
    for name in ["Ann", "ann", " ANN ", "\u{ff21}nn", "ann@example.org", "Ann@Example.org", " ANN@EXAMPLE.ORG "] {
        assert_eq!(super::sign_in(&nobody, name).await["user"]["id"], id, "{name}");
    }
    world.finish().await;
}

#[tokio::test]
async fn everybody_else_is_refused() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let ann = registration("ann", json!({"email": "ann@example.org"}));
    nobody.post(REGISTER, ann).await.expect(201);
    let login = |name: &str, password: &str| json!({"username": name, "password": password});
    let long = "x".repeat(257);
    let bodies = [
        ("nothing", json!({})),
        ("no password", json!({"username": "ann"})),
        ("no username", json!({"email": "ann@example.org", "password": PASSWORD})),
        ("blank", login("", " ")),
        ("null", json!({"username": null, "password": null})),
        ("other types", json!({"username": ["ann"], "password": true})),
        ("too long", login(&long, &long)),
        ("a wrong password", login("ann", "a guess of mine")),
        ("a password in another case", login("ann", "Correct horse battery")),
        ("a wrong password to an email", login("ann@example.org", "a guess of mine")),
        ("an unknown username", login("nobody", PASSWORD)),
        ("an unknown email", login("nobody@example.org", PASSWORD)),
        ("what can be no username", login("a\u{202e}nn", PASSWORD)),
        ("NUL", login("ann\0", "correct horse\0battery")),
    ];
    let answers = answers(&nobody, LOGIN, bodies).await;
    snapshots().bind(|| insta::assert_json_snapshot!("refused", answers));
    world.finish().await;
}

#[tokio::test]
async fn an_account_that_is_not_active_is_answered_as_if_the_password_were_wrong() {
    let world = World::with(|config| config.secrets.activation = Activation::Required).await;
    let nobody = stranger(&world);
    nobody.register("ann", "ann@example.org").await.expect(201);
    for path in [LOGIN, "/api/user/login/"] {
        let attempt = async |name: &str, password: &str| {
            whole(nobody.post(path, json!({"username": name, "password": password})).await)
        };
        let wrong = attempt("ann", "a guess of mine").await;
        assert_ne!(wrong["status"], 200);
        for name in ["ann", "ann@example.org"] {
            assert_eq!(attempt(name, PASSWORD).await, wrong, "{path} {name}");
        }
        assert_eq!(attempt("nobody", PASSWORD).await, wrong, "{path}");
    }
    // The dialects' own accounts need no activation, whatever the operator says.
    nobody.post(REGISTER, registration("bob", json!({"email": "bob@example.org"}))).await.expect(201);
    super::sign_in(&nobody, "bob@example.org").await;
    world.finish().await;
}
