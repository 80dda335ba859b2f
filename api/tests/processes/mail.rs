//! The embedded `api` dies while a mail server is about to say that it has a mail.

use reqwest::{Method, StatusCode};
use serde_json::json;
use shared::accounts::Purpose;

use crate::children::eventually;
use crate::embedded::core;
use crate::mail_server::MailServer;
use crate::world::{Api, on_sqlite};

#[tokio::test]
async fn a_mail_that_nobody_lived_to_record_comes_twice_under_one_message_id_and_each_link_works_once() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut server = MailServer::start();
    let mut environment = on_sqlite(folder.path());
    environment.extend([("SMTP_URL", server.url()), ("KITH_ACTIVATION", "required".to_owned())]);
    let api = Api::start(folder.path(), &environment).await;

    server.hold(1);
    shared::tls::choose_provider();
    let client = reqwest::Client::new();
    for name in ["ann", "bob"] {
        let body =
            json!({"username": name, "email": format!("{name}@example.org"), "password": "correct horse battery"});
        let registered = client.post(format!("{}/api/v1/accounts", api.address)).json(&body).send().await;
        assert_eq!(registered.expect("an answer").status(), 201);
        let count = if name == "ann" { 1 } else { 2 };
        eventually("the server has the mail", async || server.mails().len() == count).await;
    }
    let core = core(folder.path()).await;
    let left = async || core.outbox.depth().await.expect("an answer");
    eventually("only the mail whose acceptance is not said is left", async || left().await == 1).await;
    api.process.kill();

    let api = Api::start(folder.path(), &environment).await;
    eventually("nothing is left to do", async || left().await == 0).await;
    api.process.stop().await;
    let api = Api::start(folder.path(), &environment).await;

    let mails = server.mails();
    let to = |name: &str| -> Vec<_> { mails.iter().filter(|mail| mail.to[0].starts_with(name)).collect() };
    assert_eq!((to("ann").len(), to("bob").len()), (2, 1), "the one in hand is doubled, and no other");
    let twins = to("ann");
    assert_eq!(twins[0].message_id(), twins[1].message_id());
    assert_ne!(twins[0].message_id(), to("bob")[0].message_id());
    assert_ne!(twins[0].token(), twins[1].token(), "no token is kept, so that each has its own");

    // Whichever of the two is looked at: a mail client shows one of them.
    let click = async |method: Method, token: &str| -> StatusCode {
        let address = format!("{}/activate/{token}", api.address);
        client.request(method, address).send().await.expect("an answer").status()
    };
    for mail in &twins {
        assert_eq!(click(Method::GET, &mail.token()).await, 200);
        assert_eq!(core.links.live(&mail.token()).await.expect("an answer"), Some(Purpose::Activation));
    }
    assert_eq!(click(Method::POST, &twins[0].token()).await, 200, "even that of the mail whose sender died");
    assert_eq!(click(Method::POST, &twins[0].token()).await, 410, "each works once");
    click(Method::POST, &twins[1].token()).await;
    assert_eq!(click(Method::POST, &twins[1].token()).await, 410);
    assert!(!api.sign_in("ann").await.address.is_empty());
    api.process.stop().await;
}
