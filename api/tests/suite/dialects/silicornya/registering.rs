//! Registration.

use reqwest::Method;
use serde_json::json;

use super::{REGISTER, USER, count, hash_of, join, key, registration, stranger};
use crate::dialects::support::{accounts, form, multipart, send, whole, with_token};
use crate::world::{PASSWORD, World, mails};

#[tokio::test]
async fn it_gives_a_key_that_speaks_for_the_account() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let fields = |name: &'static str, email: &'static str| {
        [("username", name), ("email", email), ("password1", PASSWORD), ("password2", PASSWORD)]
    };
    let (kind, parts) = multipart(&fields("cat", "cat@example.org"));
    let answers = [
        ("ann", nobody.post(REGISTER, registration("ann", json!({}))).await),
        ("bob", form(&nobody, Method::POST, "/registration", &fields("bob", "bob@example.org")).await),
        ("cat", send(&nobody, Method::POST, REGISTER, Some(kind), parts).await),
    ];
    for (at, (name, answer)) in answers.into_iter().enumerate() {
        assert!(!answer.headers.contains_key("set-cookie"), "no cookie");
        let body = answer.expect(201);
        let user = with_token(&nobody, Some(key(&body))).get(USER).await.expect(200);
        let email = format!("{name}@example.org");
        let expected = json!({"pk": at + 1, "username": name, "email": email, "first_name": null, "last_name": null});
        assert_eq!(user, expected);
    }
    world.settle().await;
    assert!(mails(&world).is_empty(), "no email is confirmed here");
    world.finish().await;
}

#[tokio::test]
async fn of_a_key_the_hash_alone_is_kept() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let key = ann.token.as_deref().expect("a key");
    let hash = hash_of(key);
    let of_hash = "sessions WHERE account_id = $1 AND key_hash = $2 AND surface = 'key'";
    assert_eq!(count(&world, of_hash, [ann.id.into(), hash.as_str().into()]).await, 1);
    assert_eq!(count(&world, of_hash, [ann.id.into(), key.into()]).await, 0);
    assert_eq!(count(&world, "accounts WHERE password_hash LIKE '$argon2id$%'", []).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn a_name_and_an_email_are_borne_once() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let nobody = stranger(&world);
    let username = ["A user with that username already exists."];
    let email = ["A user is already registered with this e-mail address."];
    for (about, body, said) in [
        ("both", registration("ann", json!({})), json!({"username": username, "email": email})),
        ("the name", registration("ann", json!({"email": "other@example.org"})), json!({"username": username})),
        (
            "the name in another case",
            registration("ANN", json!({"email": "o@example.org"})),
            json!({"username": username}),
        ),
        ("the email", registration("bob", json!({"email": "ann@example.org"})), json!({"email": email})),
        (
            "the email in another case",
            registration("bob", json!({"email": "Ann@Example.ORG"})),
            json!({"email": email}),
        ),
        (
            "both, with passwords that differ",
            registration("ann", json!({"password2": "another horse"})),
            json!({"username": username, "email": email,
                   "non_field_errors": ["The two password fields didn't match."]}),
        ),
        (
            "both, with a password that is too short",
            registration("ann", json!({"password1": "x7Kq", "password2": "x7Kq"})),
            json!({"username": username, "email": email,
                   "password1": ["This password is too short. It must contain at least 8 characters."]}),
        ),
    ] {
        assert_eq!(whole(nobody.post(REGISTER, body).await), json!({"status": 400, "body": said}), "{about}");
    }
    // An email that v1 has not confirmed is borne all the same.
    nobody.register("vic", "vic@example.org").await.expect(201);
    let body = registration("bob", json!({"email": "vic@example.org"}));
    assert_eq!(nobody.post(REGISTER, body).await.expect(400), json!({"email": email}));
    assert_eq!((accounts(&world).await, ann.id), (2, 1));
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_said_by_field() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let (required, blank) = (["This field is required."], ["This field may not be blank."]);
    let all = |said: [&str; 1]| json!({"username": said, "email": said, "password1": said, "password2": said});
    let unlike = json!({"non_field_errors": ["The two password fields didn't match."]});
    let blanks = json!({"username": "", "email": " ", "password1": "", "password2": " "});
    for (about, body, said) in [
        ("nothing", json!({}), all(required)),
        ("blanks", registration("ann", blanks), all(blank)),
        ("passwords that differ", registration("ann", json!({"password2": "another horse"})), unlike.clone()),
        ("in case", registration("ann", json!({"password2": "Correct horse battery"})), unlike.clone()),
        ("in a space", registration("ann", json!({"password2": "correct horse battery "})), unlike),
        (
            "one password",
            registration("ann", json!({"password2": null})),
            json!({"password2": ["This field may not be null."]}),
        ),
        (
            "a password like the name",
            registration("magdalenaxyz", json!({"password1": "magdalenaxyz1", "password2": "magdalenaxyz1"})),
            json!({"password1": ["The password is too similar to the username."]}),
        ),
        (
            "a common one of digits",
            registration("ann", json!({"password1": "12345678", "password2": "12345678"})),
            json!({"password1": ["This password is too common.", "This password is entirely numeric."]}),
        ),
        ("no email", registration("ann", json!({"email": "ann"})), json!({"email": ["Enter a valid email address."]})),
        (
            "no username",
            registration("ann", json!({"username": "a@b"})),
            json!({"username": ["Only letters, digits and .+-_ are allowed."]}),
        ),
        (
            "NUL",
            registration("ann", json!({"username": "a\u{0}"})),
            json!({"username": ["Null characters are not allowed."]}),
        ),
        ("no text", registration("ann", json!({"username": []})), json!({"username": ["Not a valid string."]})),
    ] {
        assert_eq!(whole(nobody.post(REGISTER, body).await), json!({"status": 400, "body": said}), "{about}");
    }
    assert_eq!((accounts(&world).await, count(&world, "sessions", []).await), (0, 0));
    world.finish().await;
}

#[tokio::test]
async fn who_registers_too_often_is_throttled() {
    let world = World::with(|config| config.limits.registrations_a_minute = 0).await;
    let answer = stranger(&world).post(REGISTER, registration("ann", json!({}))).await;
    assert!(answer.headers.contains_key("retry-after"));
    let body = answer.expect(429);
    assert!(body["detail"].as_str().expect("text").starts_with("Request was throttled."), "{body:#}");
    world.finish().await;
}
