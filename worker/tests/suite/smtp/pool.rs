//! Connections are kept for the next mail, and there are no more of them than mails in hand.

use shared::config::Activation;
use shared::ports::mail::Mailer;
use std::sync::Arc;

use super::{mail, mailer, register};
use crate::children::eventually;
use crate::mail_server::MailServer;
use crate::world::{Worker, World};

#[tokio::test]
async fn twenty_mails_one_after_the_other_use_one_connection() {
    let mut server = MailServer::start();
    let mailer = mailer(&server.url(), None);
    for number in 1..=20 {
        mailer.send(&mail(number)).await.expect("it is taken");
    }
    assert_eq!(server.mails().len(), 20);
    assert_eq!(server.connections().all, 1);
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_replaced() {
    let mut server = MailServer::start();
    let mailer = mailer(&server.url(), None);
    mailer.send(&mail(1)).await.expect("it is taken");
    server.die();
    server.come();
    mailer.send(&mail(2)).await.expect("it is taken");
    assert_eq!(server.mails().len(), 2);
    assert_eq!(server.connections().all, 1);
}

#[tokio::test]
async fn a_worker_has_as_many_connections_as_mails_in_hand_and_keeps_them() {
    let mut server = MailServer::start();
    let world = Box::pin(World::with(0, |config| config.secrets.activation = Activation::Required)).await;
    register(&world, 1..=12).await;
    server.hold(12);
    let worker = Worker::start(world.bed.core().await, Arc::new(mailer(&server.url(), None)));
    for round in 1..=3 {
        eventually("the worker's hands are full", async || server.mails().len() == round * 4).await;
        assert_eq!(server.connections().open, 4);
        server.let_go();
    }
    world.settle().await;
    worker.stop().await;
    let connections = server.connections();
    assert_eq!((connections.all, connections.most), (4, 4));
}
