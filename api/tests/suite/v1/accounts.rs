//! Making an account, and changing one's own.

use serde_json::json;

use super::support::number;
use crate::world::{Person, World};

const ACCOUNTS: &str = "/api/v1/accounts";
const ME: &str = "/api/v1/me";

#[tokio::test]
async fn an_account_is_made_of_a_username_an_email_or_both() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let named = json!({"username": "ann", "password": "correct horse", "full_name": " Ann Lee "});
    assert_shape!("register_with_username", nobody.post(ACCOUNTS, named).await.expect(201));
    let mailed = json!({"email": "Bob.Ray+kith@Example.org", "password": "correct horse"});
    assert_shape!("register_with_email", nobody.post(ACCOUNTS, mailed).await.expect(201));
    let both = json!({"username": "cat", "email": "cat@example.org", "password": "correct horse"});
    assert_shape!("register_with_both", nobody.post(ACCOUNTS, both).await.expect(201));

    // A name that is made is made again when somebody bears it.
    let again = json!({"email": "bob.ray+kith@elsewhere.org", "password": "correct horse"});
    let again = nobody.post(ACCOUNTS, again).await.expect(201);
    let name = again["username"].as_str().expect("a name");
    assert!(name.starts_with("bob.ray+kith-") && name.len() > 13, "{name}");
    world.finish().await;
}

#[tokio::test]
async fn names_that_look_alike_are_one() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let alice = world.person("Alice").await;
    for name in ["Alice", "alice", "ＡＬＩＣＥ", "ａｌｉｃｅ", " alice "] {
        let body = json!({"username": name, "password": "correct horse"});
        let problem = nobody.post(ACCOUNTS, body).await.expect_problem(409, "username_taken");
        assert!(problem["errors"]["username"][0].is_string(), "{problem:#}");
    }
    let again = nobody.sign_in("ａｌｉｃｅ").await;
    assert_eq!(again.get(ME).await.expect(200)["id"], alice.id);

    // Nor does a change get round it; one's own name in another form is one's own.
    let bob = world.person("bob").await;
    bob.patch(ME, json!({"username": "ａｌｉｃｅ"})).await.expect_problem(409, "username_taken");
    assert_eq!(alice.patch(ME, json!({"username": "aLICE"})).await.expect(200)["username"], "aLICE");
    world.finish().await;
}

#[tokio::test]
async fn an_email_in_use_is_taken_in_any_case() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let problem = nobody.register("eve", "ANN@Example.org").await.expect_problem(409, "email_taken");
    assert_shape!("email_taken", problem);
    assert_eq!(number(&world, "SELECT count(*) FROM accounts").await, 1);
    // By either name one signs in.
    for login in ["ann", "ann@example.org", " Ann@EXAMPLE.org "] {
        nobody.sign_in(login).await;
    }
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_an_account_is_named() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let long = "x".repeat(257);
    for (body, fields) in [
        (json!({"password": "correct horse"}), vec!["username"]),
        (json!({"username": " ", "email": "", "password": "correct horse"}), vec!["username"]),
        (json!({"username": "a b", "password": "correct horse"}), vec!["username"]),
        (json!({"username": "ann@example.org", "password": "correct horse"}), vec!["username"]),
        (json!({"username": "a\u{202e}b", "password": "correct horse"}), vec!["username"]),
        (json!({"username": "x".repeat(151), "password": "correct horse"}), vec!["username"]),
        (json!({"email": "ann", "password": "correct horse"}), vec!["email"]),
        (json!({"username": "ann", "email": "a@b", "password": "correct horse"}), vec!["email"]),
        (json!({"username": "ann", "password": "short"}), vec!["password"]),
        (json!({"username": "ann", "password": "1234567890"}), vec!["password"]),
        (json!({"username": "longenough", "password": "LongEnough"}), vec!["password"]),
        (json!({"username": "ann", "password": long}), vec!["password"]),
        (json!({"username": "ann", "password": "correct horse", "full_name": "x".repeat(151)}), vec!["full_name"]),
        (
            json!({"username": "", "email": "x", "password": "", "full_name": "\u{7}"}),
            vec!["email", "full_name", "password"],
        ),
    ] {
        let problem = nobody.post(ACCOUNTS, body.clone()).await.expect_problem(422, "invalid");
        let errors = problem["errors"].as_object().expect("errors by field");
        for field in fields {
            assert!(errors.contains_key(field), "{field} of {body}: {problem:#}");
        }
    }
    assert_eq!(number(&world, "SELECT count(*) FROM accounts").await, 0);
    world.finish().await;
}

#[tokio::test]
async fn two_at_once_do_not_get_the_same_name() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let body = json!({"username": "ann", "password": "correct horse"});
    let answers = futures::future::join_all((0..4).map(|_| nobody.post(ACCOUNTS, body.clone()))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    world.finish().await;
}

#[tokio::test]
async fn one_changes_what_one_names_and_nothing_else() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    assert_shape!("me", ann.get(ME).await.expect(200));
    let change = json!({
        "full_name": "Ann Lee", "phone": "+982112345678", "company_name": "Kith", "industry": "Networks",
        "address": "1 Main Street\nTehran",
    });
    assert_shape!("me_changed", ann.patch(ME, change).await.expect(200));
    // Left out stays, null and blank empty.
    let change = json!({"username": "ann.lee", "phone": null, "industry": "  "});
    let changed = ann.patch(ME, change).await.expect(200);
    assert_shape!("me_partly_emptied", changed.clone());
    assert_eq!(ann.patch(ME, json!({})).await.expect(200), changed);
    assert_eq!(ann.get(ME).await.expect(200), changed);

    for (field, value) in [
        ("username", json!("a b")),
        ("full_name", json!("x".repeat(151))),
        ("phone", json!("123456")),
        ("phone", json!("۰۲۱۱۲۳۴۵۶۷")),
        ("company_name", json!("x".repeat(151))),
        ("industry", json!("a\u{0}b")),
        ("address", json!("x".repeat(501))),
    ] {
        let problem = ann.patch(ME, json!({field: value})).await.expect_problem(422, "invalid");
        assert!(problem["errors"][field][0].is_string(), "{problem:#}");
    }
    assert_eq!(ann.get(ME).await.expect(200), changed);
    world.finish().await;
}
