//! Each kind of mail: to whom it goes, what it is called, where its link leads, and whom a refusal marks.

use shared::accounts::{ProfileChange, Purpose, Registration};
use shared::config::Activation;
use std::sync::Arc;

use super::mailer;
use crate::mail_server::{At, MailServer, Received};
use crate::world::{Worker, World};

/// What people see of a mail before they open it, and the page of its link.
fn shown(mail: &Received) -> (String, String, String) {
    let page = mail.link().strip_prefix("https://kith.example/").expect("the public address").to_owned();
    let (page, token) = page.split_once('/').expect("a page and a token");
    assert_eq!(token.len(), 64);
    (mail.to.join(","), mail.header("Subject").expect("a subject"), page.to_owned())
}

fn expected(to: &str, subject: &str, page: &str) -> (String, String, String) {
    (to.to_owned(), subject.to_owned(), page.to_owned())
}

#[tokio::test]
async fn accounts_are_activated_emails_confirmed_and_passwords_reset_by_mail() {
    let mut server = MailServer::start();
    let world = Box::pin(World::with(0, |config| {
        config.secrets.activation = Activation::Required;
        config.server.public_url = Some("https://kith.example".parse().expect("an address"));
    }))
    .await;
    let carrier = world.carry();
    let worker = Worker::start(world.bed.core().await, Arc::new(mailer(&server.url(), None)));
    let core = &world.core;
    let registration = Registration {
        username: Some("parisa".to_owned()),
        email: Some("old@example.org".to_owned()),
        password: "correct horse battery".to_owned(),
        ..Registration::default()
    };
    let account = Box::pin(core.registrations.register(registration, "the test")).await.expect("an account");
    world.settle().await;
    core.links.activate(&server.mails()[0].token()).await.expect("it is activated");

    let change = |email: &str| ProfileChange { new_email: Some(email.to_owned()), ..ProfileChange::default() };
    server.say(At::Recipient, "gone@", "550 5.1.1 No such user", None);
    Box::pin(core.profiles.change(account.id, change("gone@example.org"))).await.expect("it waits");
    world.settle().await;
    let (changes, accounts) = (
        "SELECT count(*) FROM email_changes WHERE refused_at IS NOT NULL",
        "SELECT count(*) FROM accounts WHERE email_refused_at IS NOT NULL",
    );
    let marked = async || (world.number(changes, []).await, world.number(accounts, []).await);
    assert_eq!(marked().await, (1, 0), "the new email is marked, and not the one that works");

    Box::pin(core.profiles.change(account.id, change("new@example.org"))).await.expect("it waits");
    world.settle().await;
    assert_eq!(marked().await, (0, 0));
    let confirmed = core.links.activate(&server.mails()[1].token()).await.expect("it is confirmed");
    assert_eq!(confirmed.email.as_deref(), Some("new@example.org"));

    core.links.ask_password_reset("parisa", "the test").await.expect("a mail is on its way");
    world.settle().await;
    worker.stop().await;
    carrier.stop().await;
    let mails = server.mails();
    let shown: Vec<_> = mails.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            expected("old@example.org", "Activate your Kith account", "activate"),
            expected("new@example.org", "Confirm your new email for Kith", "activate"),
            expected("new@example.org", "Set a new password for Kith", "reset"),
        ]
    );
    assert_eq!(core.links.live(&mails[2].token()).await.expect("an answer"), Some(Purpose::PasswordReset));
    for mail in &mails {
        assert_eq!(mail.header("List-Unsubscribe"), None);
    }
}
