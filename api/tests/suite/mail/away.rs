//! A mail server that is not there, or goes away in the middle.

use chrono::TimeDelta;
use shared::testing::TestBed;

use super::{follow, jobs, put_off, receivers, register, through, turn_to};
use crate::mail_server::{At, Demands, MailServer, Received};
use crate::world::World;

#[tokio::test]
async fn a_server_that_is_down_for_ten_minutes_gets_every_mail_once() {
    let mut server = MailServer::away(Demands::default());
    let world = World::with(through(&server)).await;
    let names = ["ann", "bob", "cem", "dee", "eli"];
    for name in names {
        register(&world, name).await;
    }
    let (mut away, mut attempts) = (TimeDelta::zero(), 0);
    while away < TimeDelta::minutes(10) {
        attempts += 1;
        let waiting = put_off(&world, attempts).await;
        assert_eq!(waiting.len(), names.len(), "none is lost");
        for job in &waiting {
            assert!(job.last_error.as_deref().is_some_and(|error| error.starts_with("not now: ")), "{job:?}");
        }
        if away + waits(attempts) >= TimeDelta::minutes(10) {
            server.come();
        }
        away += turn_to(&world, &waiting);
    }
    world.settle().await;

    let mails = server.mails();
    assert_eq!(receivers(&mails), names.map(|name| format!("{name}@example.org")));
    let mut ids: Vec<_> = mails.iter().map(Received::message_id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), names.len());
    for mail in &mails {
        assert_eq!(follow(&world, mail).await, 200, "its link is as fresh as its mail");
    }
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.finish().await;
}

/// The wait after so many attempts: 5 s, doubled each time.
fn waits(attempts: i64) -> TimeDelta {
    TimeDelta::seconds(5 << (attempts - 1))
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_a_mail_costs_a_moment_and_no_mail() {
    let mut server = MailServer::start();
    server.hang_up(At::Middle, 2);
    let world = World::with(through(&server)).await;
    register(&world, "ann").await;
    for attempts in 1..=2 {
        let waiting = put_off(&world, attempts).await;
        assert_eq!((waiting.len(), server.mails().len()), (1, 0));
        turn_to(&world, &waiting);
    }
    world.settle().await;
    let mails = server.mails();
    assert_eq!(receivers(&mails), ["ann@example.org"]);
    assert_eq!(follow(&world, &mails[0]).await, 200);
    world.finish().await;
}

#[tokio::test]
async fn a_mail_whose_acceptance_was_never_heard_comes_again_under_the_same_message_id() {
    let mut server = MailServer::start();
    server.hang_up(At::Content, 1);
    let world = World::with(through(&server)).await;
    register(&world, "ann").await;
    let waiting = put_off(&world, 1).await;
    assert_eq!((waiting.len(), server.mails().len()), (1, 1), "it has the mail, and nobody knows");
    turn_to(&world, &waiting);
    world.settle().await;
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id(), mails[1].message_id());
    assert_eq!(follow(&world, &mails[0]).await, 200, "whichever of the two is looked at");
    assert!(jobs(&world).await.is_empty());
    world.finish().await;
}
