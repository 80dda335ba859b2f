//! A worker that dies while a mail server is about to say that it has a mail.

use chrono::TimeDelta;
use shared::accounts::Purpose;
use shared::config::Activation;

use super::Scene;
use crate::children::{eventually, production};
use crate::mail_server::{MailServer, Received};
use crate::smtp::register;
use crate::world::Worker;

#[tokio::test]
async fn a_mail_that_nobody_lived_to_record_comes_twice_under_one_message_id_and_each_link_works_once() {
    if !production() {
        return;
    }
    let mut server = MailServer::start();
    let address = server.url();
    let scene = Scene::with(0, |config| {
        config.secrets.activation = Activation::Required;
        config.mail.smtp_url = Some(address);
    })
    .await;
    let world = &scene.world;
    // A process refuses to start once its clock is turned.
    let next = world.bed.core().await;
    register(world, 1..=3).await;
    server.hold(1);
    let worker = scene.worker().await;
    eventually("the server has every mail", async || server.mails().len() == 3).await;
    let left = async || world.core.outbox.depth().await.expect("an answer");
    eventually("only the mail whose acceptance is not said is left", async || left().await == 1).await;
    worker.kill();

    let mailer = worker::mail::mailer(&world.bed.config).expect("a mailer");
    let worker = Worker::start(next, mailer);
    world.bed.clock.turn(TimeDelta::seconds(100));
    register(world, 4..=4).await;
    eventually("whatever is due is done", async || server.mails().len() == 4 && left().await == 1).await;
    assert!(world.rows("TRUE").await[0].holder.is_some(), "the dead one's hold stands");
    world.bed.clock.turn(TimeDelta::seconds(25));
    world.settle().await;
    worker.stop().await;

    let mails = server.mails();
    assert_eq!(mails.len(), 5, "the one in hand is doubled, and no other");
    let last = &mails[4];
    let twins: Vec<_> = mails.iter().filter(|mail| mail.message_id() == last.message_id()).collect();
    assert_eq!((twins.len(), &twins[0].to), (2, &last.to));
    let ids: std::collections::HashSet<_> = mails.iter().map(Received::message_id).collect();
    assert_eq!(ids.len(), 4);
    // Whichever of the two is looked at: a mail client shows one of them.
    for mail in &twins {
        assert_eq!(world.core.links.live(&mail.token()).await.expect("an answer"), Some(Purpose::Activation));
    }
    for mail in &twins {
        world.core.links.activate(&mail.token()).await.ok();
        world.core.links.activate(&mail.token()).await.expect_err("each works once");
    }
    let active = "SELECT count(*) FROM accounts WHERE active";
    assert_eq!(world.number(active, []).await, 1);
}
