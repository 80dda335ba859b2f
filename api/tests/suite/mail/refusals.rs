//! A mail server that refuses for good.

use shared::testing::TestBed;

use super::{follow, marked, put_off, receivers, register, through, turn_to};
use crate::mail_server::{At, Demands, MailServer};
use crate::world::World;

/// One who is refused at a stage, is shown to be, and is mended.
async fn refused(stage: At, answer: &str) {
    let mut server = MailServer::start();
    server.say(stage, "ann@", answer, None);
    let world = World::with(through(&server)).await;
    for name in ["ann", "bob"] {
        register(&world, name).await;
    }
    world.settle().await;
    assert_eq!(receivers(&server.mails()), ["bob@example.org"]);
    let dead = TestBed::dead_jobs(world.core()).await;
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].name.as_str(), dead[0].attempts), ("account_activation", 1), "at once");
    assert_eq!(dead[0].error, format!("refused: {answer}"));
    assert_eq!(marked(&world).await, 1, "the one who was refused, and not the other");

    // Refused once more, and then no longer.
    let retry = async || {
        let dead = TestBed::dead_jobs(world.core()).await.remove(0);
        assert!(TestBed::retry_dead(world.core(), dead.id).await);
        world.settle().await;
    };
    retry().await;
    assert_eq!(marked(&world).await, 1);
    server.obey();
    retry().await;
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    assert_eq!(marked(&world).await, 0);
    let mails = server.mails();
    assert_eq!(receivers(&mails), ["ann@example.org", "bob@example.org"]);
    assert_eq!(follow(&world, &mails[1]).await, 200);
    world.finish().await;
}

#[tokio::test]
async fn a_refused_receiver_is_given_up_at_once_and_marked_until_a_mail_is_taken() {
    refused(At::Recipient, "550 5.1.1 No such user").await;
}

#[tokio::test]
async fn a_refused_mail_is_given_up_at_once_and_marked_until_one_is_taken() {
    refused(At::Content, "554 5.7.1 Not wanted here").await;
}

#[tokio::test]
async fn a_password_that_is_refused_is_for_the_operator_to_mend_while_mails_wait() {
    let server = MailServer::demanding(Demands { credentials: Some(("kith", "s3cret")), encryption: None });
    let world = World::with(|config| {
        through(&server)(config);
        config.mail.smtp_url = Some(format!("smtp://kith:wrong@127.0.0.1:{}", server.port()));
    })
    .await;
    register(&world, "ann").await;
    let waiting = put_off(&world, 1).await;
    let error = waiting[0].last_error.clone().expect("an error");
    assert!(error.contains("535") && !error.contains("wrong"), "{error}");
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    assert_eq!(marked(&world).await, 0);
    for worker in world.workers {
        worker.stop().await;
    }
}

#[tokio::test]
async fn a_sender_that_is_refused_is_for_the_operator_to_mend_while_mails_wait() {
    let mut server = MailServer::start();
    server.say(At::Mail, "", "553 5.7.1 Sender address rejected", Some(1));
    let world = World::with(through(&server)).await;
    register(&world, "ann").await;
    let waiting = put_off(&world, 1).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(marked(&world).await, 0);
    turn_to(&world, &waiting);
    world.settle().await;
    assert_eq!(receivers(&server.mails()), ["ann@example.org"]);
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.finish().await;
}
