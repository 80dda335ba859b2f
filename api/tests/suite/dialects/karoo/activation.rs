//! The mail of a registration, and the page behind its link (P4).

use reqwest::Method;
use serde_json::json;

use super::{later, login, mails_to, newest_mail, not_active, press, register, stranger, visit};
use crate::dialects::support::whole;
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn the_link_stands_first_and_alone_on_its_line() {
    let world = World::with(|config| {
        config.server.public_url = Some("https://kith.example/under/".parse().expect("an address"));
    })
    .await;
    let mail = register(&world, "ann").await;
    let first = mail.text.lines().next().expect("a line");
    assert_eq!(first, mail.link.as_str(), "the whole line");
    assert_eq!(mail.text.lines().nth(1), Some(""), "and nothing below it");
    let token = mail.token();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "256 random bits: {token}");
    assert_eq!(first, format!("https://kith.example/under/activate/{token}"));
    world.finish().await;
}

#[tokio::test]
async fn the_page_is_one_plain_form_whose_button_activates_once() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let mail = register(&world, "ann").await;
    for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
        let page = visit(&world, method.clone(), &mail.path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert!(page.headers["content-security-policy"].to_str().expect("text").contains("form-action 'self'"));
        assert!(!page.headers.contains_key("set-cookie"), "no cookie");
        if method == Method::GET {
            assert_eq!(page.heading(), "Activate your account");
            assert_eq!(page.form(), Some(""), "to where it is itself");
            let text = page.text.to_lowercase();
            for trick in ["<script", "onload", "onclick", "http-equiv", "<iframe", "<img", "<link", "javascript:"] {
                assert!(!text.contains(trick), "no {trick}");
            }
        } else {
            assert!(page.text.is_empty());
        }
    }
    // Looking changed nothing.
    assert_eq!(whole(login(&nobody, "ann@example.org", PASSWORD).await), not_active());
    let page = visit(&world, Method::GET, &mail.path).await;
    let done = press(&world, &mail.path, &page).await;
    assert_eq!((done.status, done.heading(), done.form()), (200, "Your account is active", None));
    assert!(!done.headers.contains_key("set-cookie"), "nobody is signed in by a link");
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    for method in [Method::POST, Method::GET] {
        let spent = visit(&world, method, &mail.path).await;
        assert_eq!((spent.status, spent.heading()), (410, "This link no longer works"));
    }
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_link_lives_for_120_seconds_from_when_its_mail_was_sent() {
    let mut world = World::without_worker(|_| {}).await;
    for name in ["ann", "bob"] {
        let body = super::registration(name, json!({}));
        stranger(&world).post(super::REGISTER, body).await.expect(201);
    }
    // The mail waits for its worker; its link is none the older for that. The worker's connections are made
    // before: none begins whose clock is not its database's.
    let core = world.bed.core().await;
    let mailer = worker::mail::mailer(&core.config).expect("a mailer");
    later(&world, 600);
    world.add_worker_of(core, mailer);
    let [ann, bob] = [newest_mail(&world, "ann@example.org").await, newest_mail(&world, "bob@example.org").await];
    later(&world, 110);
    let page = visit(&world, Method::POST, &ann.path).await;
    assert_eq!((page.status, page.heading()), (200, "Your account is active"));
    later(&world, 11);
    for method in [Method::GET, Method::POST] {
        let page = visit(&world, method, &bob.path).await;
        assert_eq!((page.status, page.heading()), (410, "This link no longer works"));
    }
    let nobody = stranger(&world);
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    assert_eq!(whole(login(&nobody, "bob@example.org", PASSWORD).await), not_active());
    world.finish().await;
}

#[tokio::test]
async fn an_older_link_lives_out_its_time_beside_the_new_one() {
    let world = World::start().await;
    let nobody = stranger(&world);
    let first = register(&world, "ann").await;
    later(&world, 31);
    assert_eq!(whole(login(&nobody, "ann@example.org", PASSWORD).await), not_active());
    let mails = mails_to(&world, "ann@example.org").await;
    assert_eq!(mails.len(), 2);
    assert_ne!(mails[0].path, mails[1].path);
    later(&world, 80);
    assert_eq!(visit(&world, Method::GET, &mails[1].path).await.status, 200);
    assert_eq!(visit(&world, Method::POST, &first.path).await.heading(), "Your account is active");
    login(&nobody, "ann@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}
