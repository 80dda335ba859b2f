//! Registering: what is taken, what is refused, and the mail.

use reqwest::Method;
use serde_json::{Value, json};

use super::{LOGIN, REGISTER, login, mails_to, newest_mail, not_active, register, registration, stranger};
use crate::dialects::support::{accounts, form, multipart, send, whole};
use crate::world::{PASSWORD, World, mails};

/// The answer to an email that somebody has confirmed, spelled as the document spells it.
fn taken() -> Value {
    json!({"status": 400, "body": {"email": ["Uesr with this user email already exists."]}})
}

#[tokio::test]
async fn a_registration_by_json_form_or_multipart_is_answered_with_its_message() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let fields =
        |email| [("email", email), ("full_name", "زهرا کیانی"), ("password", PASSWORD), ("staff", "true"), ("id", "9")];
    let (kind, parts) = multipart(&fields("cat@example.org"));
    let answers = [
        nobody.post(REGISTER, registration("ann", json!({"staff": true, "is_active": true}))).await,
        form(&nobody, Method::POST, REGISTER, &fields("bob@example.org")).await,
        send(&nobody, Method::POST, REGISTER, Some(kind), parts).await,
        nobody.post("/users/register", registration("dan", json!({}))).await,
    ];
    for answer in answers {
        assert_eq!(answer.headers["content-type"], "application/json");
        let expected = json!({"status": 201, "body": {"message": "User registered successfully."}});
        assert_eq!(whole(answer), expected);
    }
    for name in ["ann", "bob", "cat", "dan"] {
        let email = format!("{name}@example.org");
        assert_eq!(whole(login(&nobody, &email, PASSWORD).await), not_active(), "{name} is not active yet");
        let mail = newest_mail(&world, &email).await;
        assert!(mail.text.contains("زهرا کیانی"), "whom it greets: {}", mail.text);
        nobody.act(&mail.path).await;
        let session = login(&nobody, &email, PASSWORD).await.expect(200);
        let person = crate::dialects::support::with_token(&nobody, session["access"].as_str());
        let info = person.get(super::INFO).await.expect(200);
        assert_eq!(
            info,
            json!({"avatar": null, "full_name": "زهرا کیانی", "phone_number": null, "email": email}),
            "{name}"
        );
        let me = person.get("/api/v1/me").await.expect(200);
        assert_eq!(me["username"], name, "from the local part");
    }
    world.finish().await;
}

#[tokio::test]
async fn each_field_that_is_missing_blank_or_null_is_named_and_no_other() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let required = ["This field is required."];
    let nothing = nobody.act(REGISTER).await.expect(400);
    assert_eq!(nothing, json!({"email": required, "full_name": required, "password": required}));
    assert_eq!(nobody.post(REGISTER, json!({})).await.expect(400), nothing);
    for field in ["email", "full_name", "password"] {
        let mut body = registration("ann", json!({}));
        body.as_object_mut().expect("fields").remove(field);
        assert_eq!(nobody.post(REGISTER, body).await.expect(400), json!({field: required}), "{field}");
        for (given, said) in [
            (json!(""), "This field may not be blank."),
            (json!(" \t"), "This field may not be blank."),
            (Value::Null, "This field may not be null."),
            (json!(["a"]), "Not a valid string."),
        ] {
            let body = registration("ann", json!({field: given}));
            assert_eq!(nobody.post(REGISTER, body).await.expect(400), json!({field: [said]}), "{field} {given}");
        }
    }
    assert_eq!(accounts(&world).await, 0);
    assert!(mails(&world).is_empty());
    world.finish().await;
}

#[tokio::test]
async fn an_invalid_email_is_told_in_the_document_s_words() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let invalid = json!({"status": 400, "body": {"email": ["Enter a valid email address."]}});
    for email in ["ann", "ann@", "@example.org", "ann@example", "a b@example.org", "ann@exa mple.org", "Ann <a@b.org>"]
    {
        let answer = nobody.post(REGISTER, registration("ann", json!({"email": email}))).await;
        assert_eq!(whole(answer), invalid, "{email}");
    }
    let long = format!("{}@example.org", "a".repeat(300));
    let answer = nobody.post(REGISTER, registration("ann", json!({"email": long}))).await;
    assert_eq!(answer.expect(400), json!({"email": ["Ensure this field has no more than 254 characters."]}));
    let long = registration("ann", json!({"full_name": "ز".repeat(151)}));
    let said = json!({"full_name": ["Ensure this field has no more than 150 characters."]});
    assert_eq!(nobody.post(REGISTER, long).await.expect(400), said);
    assert_eq!(accounts(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn weak_passwords_are_refused_in_django_s_words() {
    let world = World::start().await;
    let nobody = stranger(&world);
    for (password, said) in [
        ("short1x", &["This password is too short. It must contain at least 8 characters."][..]),
        ("password", &["This password is too common."]),
        ("83749201846", &["This password is entirely numeric."]),
        (
            "1234",
            &[
                "This password is too short. It must contain at least 8 characters.",
                "This password is too common.",
                "This password is entirely numeric.",
            ],
        ),
        ("margarethe@example.org", &["The password is too similar to the email address."]),
        ("margarethe1", &["The password is too similar to the email address."]),
        ("Zahra Kiani", &["The password is too similar to the full name."]),
    ] {
        let body = registration("margarethe", json!({"full_name": "Zahra Kiani", "password": password}));
        let answer = nobody.post(REGISTER, body).await;
        assert_eq!(answer.expect(400), json!({"password": said}), "{password}");
    }
    assert_eq!(accounts(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn an_email_is_taken_once_it_is_confirmed_in_any_case() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let first = register(&world, "ann").await;
    // An unconfirmed claim keeps nobody out.
    let again = registration("ann", json!({"email": "ANN@example.org"}));
    nobody.post(REGISTER, again.clone()).await.expect(201);
    assert_eq!(mails_to(&world, "ANN@example.org").await.len(), 1, "to the address as it was typed");
    assert_eq!(accounts(&world).await, 2);
    nobody.act(&first.path).await;
    assert_eq!(whole(nobody.post(REGISTER, again).await), taken());
    let weak = registration("ann", json!({"password": "1", "full_name": ""}));
    let answer = nobody.post(REGISTER, weak).await.expect(400);
    assert_eq!(answer["email"], taken()["body"]["email"], "{answer:#}");
    assert_eq!(answer["full_name"], json!(["This field may not be blank."]), "all that is wrong at once: {answer:#}");
    assert_eq!(accounts(&world).await, 2);
    world.finish().await;
}

/// Either of two who claim an email may confirm it; whoever does keeps the other out.
#[tokio::test]
async fn the_later_of_two_claims_may_win() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let first = register(&world, "ann").await;
    nobody.post(REGISTER, registration("ann", json!({"password": "another horse battery"}))).await.expect(201);
    let second = newest_mail(&world, "ann@example.org").await;
    assert_ne!(first.path, second.path);
    let page = super::visit(&world, Method::POST, &second.path).await;
    assert_eq!((page.status, page.heading()), (200, "Your account is active"));
    let page = super::visit(&world, Method::POST, &first.path).await;
    assert_eq!((page.status, page.heading()), (409, "This email is taken"), "and the other's page says so");
    login(&nobody, "ann@example.org", "another horse battery").await.expect(200);
    assert_eq!(whole(login(&nobody, "ann@example.org", PASSWORD).await), super::wrong_credentials());
    assert_eq!(whole(nobody.post(REGISTER, registration("ann", json!({}))).await), taken());
    world.finish().await;
}

#[tokio::test]
async fn usernames_are_made_from_the_local_part_and_are_nobody_else_s() {
    let world = World::start().await;
    let nobody = stranger(&world);
    world.person("ann").await;
    for (email, name) in [
        ("ann@example.org", None),
        ("ANN@example.com", None),
        ("ann.lee+kith@example.org", Some("ann.lee+kith")),
        ("o'neil@example.org", Some("oneil")),
        ("زهرا@example.org", Some("زهرا")),
        ("!@example.org", Some("user")),
        ("#@example.org", None),
        // No username can be written in two directions; nobody typed this one.
        ("زهراann@example.org", None),
    ] {
        let answer = nobody.post(REGISTER, registration("x", json!({"email": email}))).await;
        assert_eq!(whole(answer)["status"], 201, "{email}");
        let mail = newest_mail(&world, email).await;
        nobody.act(&mail.path).await;
        let session = nobody.post(LOGIN, json!({"email": email, "password": PASSWORD})).await.expect(200);
        let person = crate::dialects::support::with_token(&nobody, session["access"].as_str());
        let username = person.get("/api/v1/me").await.expect(200)["username"].clone();
        if let Some(name) = name {
            assert_eq!(username, name, "{email}");
        }
        let text = username.as_str().expect("a text").to_lowercase();
        assert!(!text.is_empty() && !text.contains('@') && text != "ann", "{email} {text}");
    }
    world.finish().await;
}
