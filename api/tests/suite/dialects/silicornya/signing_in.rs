//! Signing in.

use reqwest::Method;
use serde_json::json;

use super::{LOGIN, USER, again, join, key, login, stranger};
use crate::dialects::support::{execute, form, whole, with_token};
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn it_takes_a_username_or_an_email_in_either_field_and_gives_a_new_key_each_time() {
    let world = World::start().await;
    let (ann, nobody) = (join(&world, "ann").await, stranger(&world));
    join(&world, "bob").await;
    let mut keys = vec![ann.token.clone().expect("a key")];
    for body in [
        json!({"username": "ann"}),
        json!({"username": "ann", "email": ""}),
        json!({"username": "", "email": "ann@example.org"}),
        json!({"email": "ann@example.org"}),
        json!({"username": " ANN@Example.org "}),
        json!({"username": null, "email": "Ann"}),
        // The document's sentence names the username: it is the one that counts.
        json!({"username": "ann", "email": "bob@example.org"}),
    ] {
        let mut body = body;
        body["password"] = json!(PASSWORD);
        keys.push(key(&login(&nobody, body).await.expect(200)).to_owned());
    }
    let fields = [("username", "ann"), ("email", ""), ("password", PASSWORD)];
    keys.push(key(&form(&nobody, Method::POST, "/auth/login", &fields).await.expect(200)).to_owned());
    for one in &keys {
        assert_eq!(with_token(&nobody, Some(one)).get(USER).await.expect(200)["pk"], ann.id, "the older ones live on");
    }
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count, "each is another");
    world.finish().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_document_s_words() {
    let world = World::start().await;
    let (ann, nobody) = (join(&world, "ann").await, stranger(&world));
    let suspended = join(&world, "bob").await;
    let sql = "UPDATE accounts SET suspended_at = created_at WHERE id = $1";
    execute(&world, sql, [suspended.id.into()]).await;
    let wrong = json!({"non_field_errors": ["Unable to log in with provided credentials."]});
    let missing = json!({"non_field_errors": ["Must include \"username\" and \"password\"."]});
    let blank = json!({"password": ["This field may not be blank."]});
    let long = "x".repeat(257);
    let too_long = ["Ensure this field has no more than 256 characters."];
    for (about, body, said) in [
        ("a wrong password", json!({"username": "ann", "password": "a guess of mine"}), &wrong),
        ("a password in another case", json!({"username": "ann", "password": "Correct horse battery"}), &wrong),
        ("a wrong password by email", json!({"email": "ann@example.org", "password": "a guess"}), &wrong),
        ("a name that nobody bears", json!({"username": "nobody", "password": PASSWORD}), &wrong),
        ("an email that nobody bears", json!({"email": "nobody@example.org", "password": PASSWORD}), &wrong),
        (
            "a name that counts, of nobody",
            json!({"username": "no", "email": "ann@example.org", "password": PASSWORD}),
            &wrong,
        ),
        ("a suspended account", json!({"username": "bob", "password": PASSWORD}), &wrong),
        ("a blank password", json!({"username": "ann", "password": ""}), &blank),
        ("a password of spaces", json!({"username": "ann", "password": "  "}), &blank),
        ("a blank password and no name", json!({"username": "", "email": "", "password": ""}), &blank),
        ("no name", json!({"password": PASSWORD}), &missing),
        ("blank names", json!({"username": "", "email": " ", "password": PASSWORD}), &missing),
        ("no password", json!({"username": "ann"}), &json!({"password": ["This field is required."]})),
        ("nothing", json!({}), &json!({"password": ["This field is required."]})),
        (
            "NUL",
            json!({"username": "a\u{0}", "password": PASSWORD}),
            &json!({"username": ["Null characters are not allowed."]}),
        ),
        ("a list", json!({"email": [], "password": PASSWORD}), &json!({"email": ["Not a valid string."]})),
        ("a long name", json!({"username": long, "password": PASSWORD}), &json!({"username": too_long})),
        ("a long email", json!({"email": long, "password": PASSWORD}), &json!({"email": too_long})),
        ("a long password", json!({"username": "ann", "password": long}), &json!({"password": too_long})),
    ] {
        assert_eq!(whole(login(&nobody, body).await), json!({"status": 400, "body": said}), "{about}");
    }
    again(&ann).await;
    world.finish().await;
}

#[tokio::test]
async fn who_signs_in_too_often_is_throttled_whatever_the_password() {
    let world = World::with(|config| config.limits.sign_ins_a_minute = 0).await;
    let ann = join(&world, "ann").await;
    for (name, password) in [("ann", PASSWORD), ("ann", "a guess of mine"), ("nobody", PASSWORD)] {
        for field in ["username", "email"] {
            let answer = login(&ann, json!({field: name, "password": password})).await;
            assert!(answer.headers.contains_key("retry-after"));
            let body = answer.expect(429);
            assert!(body["detail"].as_str().expect("text").starts_with("Request was throttled."), "{body:#}");
        }
    }
    with_token(&ann, None).post(LOGIN, json!({})).await.expect(400);
    world.finish().await;
}
