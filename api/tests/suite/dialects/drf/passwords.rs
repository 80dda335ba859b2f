//! Passwords: Django's four validators, with its texts, wherever an account is made.

use serde_json::{Value, json};

use super::{REGISTER, accounts, answers, stranger};
use crate::dialects::support::snapshots;
use crate::world::World;

/// What is tried: its story, username, email, full name, password.
const TRIED: [(&str, &str, &str, &str, &str); 10] = [
    ("like the username", "margaret", "", "", "margarets7"),
    ("like the username, in another case", "Margaret", "", "", "MARGARETS7"),
    ("like the email", "ann", "peggy.o@example.org", "", "peggy.o@example"),
    ("like a part of the email", "ann", "throckmorton@example.org", "", "throckmorton1"),
    ("like the full name", "ann", "", "Wilhelmina Throckmorton", "Throckmorton1"),
    ("too short", "ann", "", "", "x7#kQ"),
    ("too common", "ann", "", "", "Password1"),
    ("entirely numeric", "ann", "", "", "82736450918273"),
    ("short, common and numeric", "ann", "", "", "1234"),
    ("everything at once", "123456", "", "", "123456"),
];

fn bodies() -> impl Iterator<Item = (&'static str, Value)> {
    TRIED.into_iter().map(|(about, username, email, full_name, password)| {
        let email = if email.is_empty() { "ann@kith.example" } else { email };
        (about, json!({"username": username, "email": email, "full_name": full_name, "password": password}))
    })
}

#[tokio::test]
async fn a_weak_password_is_refused_in_djangos_words() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let here = answers(&nobody, REGISTER, bodies()).await;
    snapshots().bind(|| insta::assert_json_snapshot!("weak", here));
    assert_eq!(answers(&nobody, "/api/user/register/", bodies()).await, here, "as in 000");
    assert_eq!(accounts(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn a_weak_password_is_answered_beside_what_else_is_wrong() {
    let world = World::start().await;
    let body = json!({"username": "a b", "email": "nonsense", "contact": "none", "password": "1234"});
    let answer = answers(&stranger(&world), REGISTER, [("all four", body)]).await;
    snapshots().bind(|| insta::assert_json_snapshot!("weak_beside", answer));
    world.finish().await;
}

#[tokio::test]
async fn a_password_is_what_was_typed() {
    let world = World::start().await;
    let nobody = stranger(&world);
    for (name, password) in
        [("ann", "  spaces around it  "), ("bob", "\u{1f40e}\u{1f50b} staple"), ("cat", "x7\u{1}\u{7f}kQ#9z")]
    {
        nobody.post(REGISTER, json!({"username": name, "password": password})).await.expect(201);
        nobody.post(super::LOGIN, json!({"username": name, "password": password})).await.expect(200);
        let other = json!({"username": name, "password": password.to_uppercase()});
        nobody.post(super::LOGIN, other).await.expect(400);
    }
    world.finish().await;
}
