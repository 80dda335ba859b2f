//! Changing the email: the old one stays until the new one is activated.

use serde_json::{Value, json};

use super::{AWAITING, INFO, login, mails_to, newest_mail, register, stranger, visit, wrong_credentials};
use crate::dialects::support::{by_connectin, by_karoo, put, whole};
use crate::world::{PASSWORD, World, mails};
use reqwest::Method;

fn info(name: &str, email: &str) -> Value {
    json!({"avatar": null, "full_name": name, "phone_number": null, "email": email})
}

/// The same, as it is answered while the email waits.
fn awaiting(name: &str, email: &str) -> Value {
    let mut body = info(name, email);
    body["message"] = json!(AWAITING);
    body
}

#[tokio::test]
async fn the_new_email_is_shown_and_the_old_one_stays_until_the_link_is_followed() {
    let world = World::start().await;
    let (nobody, ann) = (stranger(&world), by_karoo(&world, "ann").await);
    let before = mails(&world).len();
    let changed = put(&ann, INFO, json!({"email": "New@example.org"})).await.expect(200);
    assert_eq!(changed, awaiting("ann", "New@example.org"));
    let mail = newest_mail(&world, "New@example.org").await;
    assert_eq!(mails(&world).len(), before + 1, "to the new address alone");
    assert_eq!(mail.text.lines().next(), Some(mail.link.as_str()));
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "ann@example.org"));
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    assert_eq!(whole(login(&nobody, "new@example.org", PASSWORD).await), wrong_credentials());
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(visit(&world, method, &mail.path).await.status, 200);
    }
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "ann@example.org"), "looking changes nothing");
    assert_eq!(visit(&world, Method::GET, &mail.path).await.heading(), "Activate your new email");
    let page = visit(&world, Method::POST, &mail.path).await;
    assert_eq!((page.status, page.heading()), (200, "Your account is active"));
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "New@example.org"));
    login(&nobody, "new@example.org", PASSWORD).await.expect(200);
    assert_eq!(whole(login(&nobody, "ann@example.org", PASSWORD).await), wrong_credentials());
    assert_eq!(visit(&world, Method::POST, &mail.path).await.status, 410, "once");
    // The old one is free.
    register(&world, "ann").await;
    world.finish().await;
}

#[tokio::test]
async fn other_parts_change_at_once_and_are_answered_with_it() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let body = json!({"email": "new@example.org", "full_name": "آن", "phone_number": "1234567"});
    let changed = put(&ann, INFO, body).await.expect(200);
    let expected = json!({"message": AWAITING, "avatar": null, "full_name": "آن", "phone_number": "1234567",
                          "email": "new@example.org"});
    assert_eq!(changed, expected);
    let kept = json!({"avatar": null, "full_name": "آن", "phone_number": "1234567", "email": "ann@example.org"});
    assert_eq!(ann.get(INFO).await.expect(200), kept);
    // A change of something else says nothing of it, and shows the email that is.
    let named = put(&ann, INFO, json!({"full_name": "آن"})).await.expect(200);
    assert_eq!(named, kept);
    world.finish().await;
}

#[tokio::test]
async fn one_s_own_email_in_any_case_changes_nothing_and_sends_nothing() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    for email in ["ann@example.org", "ANN@Example.ORG", " ann@example.org "] {
        let same = put(&ann, INFO, json!({"email": email, "full_name": "Ann"})).await.expect(200);
        assert_eq!(same, info("Ann", "ann@example.org"), "{email}");
    }
    world.settle().await;
    assert_eq!(mails(&world).len(), 1, "the registration's");
    world.finish().await;
}

#[tokio::test]
async fn an_email_that_somebody_confirmed_is_refused_and_nothing_else_changes() {
    let world = World::start().await;
    let (ann, _bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    by_connectin(&world, "cat").await;
    register(&world, "dan").await;
    let before = mails(&world).len();
    let body = json!({"email": "BOB@example.org", "full_name": "Other", "phone_number": "1234567"});
    let said = json!({"email": ["Uesr with this user email already exists."]});
    assert_eq!(put(&ann, INFO, body).await.expect(400), said);
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "ann@example.org"));
    world.settle().await;
    assert_eq!(mails(&world).len(), before);
    // Claims that nobody confirmed keep nobody out.
    for name in ["cat", "dan"] {
        let email = format!("{name}@example.org");
        let changed = put(&ann, INFO, json!({"email": email})).await.expect(200);
        assert_eq!(changed, awaiting("ann", &email));
    }
    let mail = newest_mail(&world, "dan@example.org").await;
    visit(&world, Method::POST, &mail.path).await;
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "dan@example.org"));
    login(&stranger(&world), "dan@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_second_change_takes_the_place_of_the_first() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    put(&ann, INFO, json!({"email": "one@example.org"})).await.expect(200);
    let one = newest_mail(&world, "one@example.org").await;
    let changed = put(&ann, INFO, json!({"email": "two@example.org"})).await.expect(200);
    assert_eq!(changed, awaiting("ann", "two@example.org"), "at once: the address may have been mistyped");
    let two = newest_mail(&world, "two@example.org").await;
    let dead = visit(&world, Method::POST, &one.path).await;
    assert_eq!((dead.status, dead.heading()), (410, "This link no longer works"));
    assert_eq!(visit(&world, Method::GET, &one.path).await.status, 410, "nor does its page offer anything");
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "ann@example.org"));
    assert_eq!(visit(&world, Method::POST, &two.path).await.status, 200);
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "two@example.org"));
    world.finish().await;
}

#[tokio::test]
async fn whoever_confirms_a_wanted_email_first_has_it() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    put(&ann, INFO, json!({"email": "new@example.org"})).await.expect(200);
    let late = newest_mail(&world, "new@example.org").await;
    let first = register(&world, "new").await;
    assert_eq!(visit(&world, Method::POST, &first.path).await.status, 200);
    let page = visit(&world, Method::POST, &late.path).await;
    assert_eq!((page.status, page.heading()), (409, "This email is taken"));
    assert_eq!(ann.get(INFO).await.expect(200), info("ann", "ann@example.org"));
    world.finish().await;
}

#[tokio::test]
async fn an_account_without_an_email_gets_its_first() {
    let world = World::start().await;
    let ann = crate::dialects::support::by_shared_paths(&world, "ann").await;
    let changed = put(&ann, INFO, json!({"email": "ann@example.org", "full_name": "Ann"})).await.expect(200);
    assert_eq!(changed, awaiting("Ann", "ann@example.org"));
    assert_eq!(ann.get(INFO).await.expect(200)["email"], Value::Null);
    let mail = newest_mail(&world, "ann@example.org").await;
    assert_eq!(visit(&world, Method::POST, &mail.path).await.status, 200);
    assert_eq!(ann.get(INFO).await.expect(200), info("Ann", "ann@example.org"));
    login(&stranger(&world), "ann@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn emails_are_changed_ten_times_a_minute_at_most() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    // A minute may end in between.
    let mut allowed = 0;
    let refused = loop {
        let answer = put(&ann, INFO, json!({"email": format!("new{allowed}@example.org"), "full_name": "Ann"})).await;
        if answer.status == 429 {
            break answer;
        }
        answer.expect(200);
        allowed += 1;
        assert!(allowed <= 20, "never refused");
    };
    assert!(allowed >= 10, "{allowed}");
    let seconds: u64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    let detail = refused.expect(429)["detail"].as_str().expect("a text").to_owned();
    assert!(detail.starts_with("Request was throttled. Expected available in "), "{detail}");
    // The last that was taken waits, and what was refused changed nothing.
    put(&ann, INFO, json!({"full_name": "Still Ann"})).await.expect(200);
    let last = format!("new{}@example.org", allowed - 1);
    assert_eq!(mails_to(&world, &last).await.len(), 1);
    assert!(mails_to(&world, &format!("new{allowed}@example.org")).await.is_empty());
    world.finish().await;
}
