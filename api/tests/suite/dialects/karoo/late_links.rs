//! Links that no longer work, and the button that sends a new one.

use reqwest::Method;

use super::{later, login, mails_to, newest_mail, press, register, stranger, visit};
use crate::dialects::support::whole;
use crate::world::{PASSWORD, World, mails};

#[tokio::test]
async fn the_button_of_a_late_link_sends_a_new_one_that_activates() {
    let world = World::start().await;
    let late = register(&world, "ann").await;
    later(&world, 121);
    let spent = visit(&world, Method::POST, &late.path).await;
    assert_eq!((spent.status, spent.heading()), (410, "This link no longer works"));
    let sent = press(&world, &late.path, &spent).await;
    assert_eq!((sent.status, sent.heading(), sent.form()), (200, "A new link is on its way", None));
    let new = newest_mail(&world, "ann@example.org").await;
    assert_ne!(new.path, late.path);
    // The button of the old page, pressed again, sends nothing more for half a minute.
    let impatient = press(&world, &late.path, &spent).await;
    assert_eq!((impatient.status, impatient.heading()), (200, "A link was sent a moment ago"));
    assert_eq!(mails_to(&world, "ann@example.org").await.len(), 2);
    let page = visit(&world, Method::GET, &new.path).await;
    assert_eq!(press(&world, &new.path, &page).await.heading(), "Your account is active");
    login(&stranger(&world), "ann@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_used_link_s_button_says_that_nothing_waits() {
    let world = World::start().await;
    let mail = register(&world, "ann").await;
    visit(&world, Method::POST, &mail.path).await;
    later(&world, 60);
    let spent = visit(&world, Method::GET, &mail.path).await;
    assert_eq!((spent.status, spent.heading()), (410, "This link no longer works"));
    let answer = press(&world, &mail.path, &spent).await;
    assert_eq!((answer.status, answer.heading()), (200, "There is nothing to send"));
    assert_eq!(mails_to(&world, "ann@example.org").await.len(), 1);
    world.finish().await;
}

/// Registration, the button and signing in: whoever asks, an account is sent a mail in 30 s.
#[tokio::test]
async fn an_account_is_sent_one_mail_in_30_seconds_whatever_asks() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let first = register(&world, "ann").await;
    register(&world, "bob").await;
    let count = async || mails_to(&world, "ann@example.org").await.len();
    let page = || async { visit(&world, Method::POST, &format!("{}/new", first.path)).await };
    login(&nobody, "ann@example.org", PASSWORD).await.expect(401);
    assert_eq!(page().await.heading(), "A link was sent a moment ago");
    assert_eq!(count().await, 1, "the registration's counts");
    later(&world, 25);
    login(&nobody, "ann@example.org", PASSWORD).await.expect(401);
    assert_eq!(count().await, 1, "25 s");
    later(&world, 6);
    login(&nobody, "ann@example.org", PASSWORD).await.expect(401);
    assert_eq!(count().await, 2, "31 s");
    // What was refused did not begin the wait anew, and what was sent did.
    assert_eq!(page().await.heading(), "A link was sent a moment ago");
    assert_eq!(count().await, 2);
    later(&world, 31);
    assert_eq!(page().await.heading(), "A new link is on its way");
    login(&nobody, "ann@example.org", PASSWORD).await.expect(401);
    assert_eq!(count().await, 3, "the button's counts");
    assert_eq!(mails_to(&world, "bob@example.org").await.len(), 1, "each account has its own wait");
    world.finish().await;
}

#[tokio::test]
async fn a_token_that_never_was_sends_nothing() {
    let world = World::start().await;
    register(&world, "ann").await;
    later(&world, 60);
    let nonsense = "0".repeat(64);
    for token in [nonsense.as_str(), "nonsense", "%00", "%ff", "%F0%9F%A7%B6", "a%2Fb", "%22%3E%3Cscript%3E"] {
        let path = format!("/activate/{token}");
        for method in [Method::GET, Method::POST] {
            let page = visit(&world, method.clone(), &path).await;
            if token == "%ff" {
                assert_eq!(page.status, 400, "a path that is no text");
                continue;
            }
            assert_eq!((page.status, page.heading()), (410, "This link no longer works"), "{method} {token}");
            assert!(!page.text.contains("<script"), "what came is not echoed: {}", page.text);
            let answer = press(&world, &path, &page).await;
            assert_eq!((answer.status, answer.heading()), (200, "There is nothing to send"), "{method} {token}");
        }
    }
    world.settle().await;
    assert_eq!(mails(&world).len(), 1);
    world.finish().await;
}

/// A link is a path that anybody may write: its page's button goes nowhere else.
#[tokio::test]
async fn the_button_of_no_link_leads_out_of_the_house() {
    let world = World::start().await;
    for token in ["https:%2F%2Fevil.example%2Fx", "%2F%2Fevil.example", "javascript:alert(1)", "%5C%5Cevil.example"] {
        let page = visit(&world, Method::GET, &format!("/activate/{token}")).await;
        let base: url::Url = format!("https://kith.example/activate/{token}").parse().expect("an address");
        let target = base.join(page.form().expect("a button")).expect("an address");
        assert_eq!((target.scheme(), target.host_str()), ("https", Some("kith.example")), "{token}");
    }
    world.finish().await;
}

#[tokio::test]
async fn the_button_works_below_a_path() {
    let world = World::with(|config| {
        config.server.public_url = Some("https://kith.example/under/this".parse().expect("an address"));
    })
    .await;
    let late = register(&world, "ann").await;
    later(&world, 121);
    // What stands before Kith takes its own path away.
    let inside = late.path.strip_prefix("/under/this").expect("below the path").to_owned();
    for method in [Method::GET, Method::POST] {
        let spent = visit(&world, method, &inside).await;
        let target = late.link.join(spent.form().expect("a button")).expect("an address");
        assert_eq!(target.as_str(), format!("{}/new", late.link));
    }
    let sent = visit(&world, Method::POST, &format!("{inside}/new")).await;
    assert_eq!(sent.heading(), "A new link is on its way");
    let new = newest_mail(&world, "ann@example.org").await;
    let inside = new.path.strip_prefix("/under/this").expect("below the path");
    let page = visit(&world, Method::GET, inside).await;
    let target = new.link.join(page.form().expect("a button")).expect("an address");
    assert_eq!(target, new.link, "the button of a live link goes to where it is");
    assert_eq!(visit(&world, Method::POST, inside).await.heading(), "Your account is active");
    world.finish().await;
}

#[tokio::test]
async fn who_is_suspended_gets_no_mail() {
    let world = World::start().await;
    let mail = register(&world, "ann").await;
    crate::dialects::support::execute(&world, "UPDATE accounts SET suspended_at = created_at", []).await;
    later(&world, 121);
    let spent = visit(&world, Method::GET, &mail.path).await;
    assert_eq!(press(&world, &mail.path, &spent).await.heading(), "There is nothing to send");
    let answer = login(&stranger(&world), "ann@example.org", PASSWORD).await;
    assert_eq!(whole(answer), super::wrong_credentials());
    assert_eq!(mails_to(&world, "ann@example.org").await.len(), 1);
    world.finish().await;
}
