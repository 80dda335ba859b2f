//! A mail server that asks to come back.

use chrono::TimeDelta;
use shared::testing::TestBed;

use super::{follow, jobs, marked, put_off, receivers, register, through, turn_to};
use crate::mail_server::{At, MailServer};
use crate::world::{World, eventually};

#[tokio::test]
async fn a_mail_that_is_put_off_is_tried_again_and_comes_once() {
    let mut server = MailServer::start();
    server.say(At::Recipient, "ann@", "451 4.7.1 Greylisted, come back", Some(3));
    let world = World::with(through(&server)).await;
    let mut from = world.core().writer.now();
    for name in ["ann", "bob"] {
        register(&world, name).await;
    }
    eventually("the other's mail waits for nobody", async || server.mails().len() == 1).await;
    for (attempts, wait) in [(1, 5), (2, 10), (3, 20)] {
        let waiting = put_off(&world, attempts).await;
        assert_eq!(waiting.len(), 1);
        let error = waiting[0].last_error.as_deref();
        assert_eq!(error, Some("not now: 451 4.7.1 Greylisted, come back"));
        let failed_at = waiting[0].lease_until - TimeDelta::seconds(wait);
        assert!((from..=world.core().writer.now()).contains(&failed_at), "{waiting:?}");
        turn_to(&world, &waiting);
        from = waiting[0].lease_until;
    }
    world.settle().await;
    let mails = server.mails();
    assert_eq!(receivers(&mails), ["ann@example.org", "bob@example.org"]);
    assert_eq!(follow(&world, mails.last().expect("a mail")).await, 200);
    assert_eq!(marked(&world).await, 0);
    world.finish().await;
}

#[tokio::test]
async fn after_a_day_of_being_put_off_a_mail_is_given_up_and_not_before() {
    let mut server = MailServer::start();
    server.say(At::Content, "", "452 4.3.1 Disk full", None);
    let world = World::with(through(&server)).await;
    register(&world, "ann").await;
    let day = TimeDelta::hours(24);
    let mut attempts = 0;
    let begun = loop {
        attempts += 1;
        let waiting = put_off(&world, attempts).await;
        let [job] = waiting.as_slice() else { panic!("after {attempts} tries it was given up") };
        assert!(job.lease_until <= job.created_at + day, "{job:?}");
        if job.lease_until == job.created_at + day {
            break job.created_at;
        }
        turn_to(&world, &waiting);
    };
    // A minute before the last try.
    let (last, now) = (begun + day, world.core().writer.now());
    world.bed.clock.turn(last - now - TimeDelta::minutes(1));
    assert_eq!(jobs(&world).await.len(), 1);
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.bed.clock.turn(TimeDelta::minutes(1));
    world.settle().await;

    let dead = TestBed::dead_jobs(world.core()).await.remove(0);
    assert_eq!((dead.attempts, dead.error.as_str()), (attempts + 1, "not now: 452 4.3.1 Disk full"));
    assert!(dead.died_at >= begun + day);
    assert_eq!(marked(&world).await, 0, "its address was never refused");

    // An operator's retry has a day of its own, and all its tries.
    assert!(TestBed::retry_dead(world.core(), dead.id).await);
    let waiting = put_off(&world, 1).await;
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 1), "{waiting:?}");
    server.obey();
    turn_to(&world, &waiting);
    world.settle().await;
    assert_eq!(receivers(&server.mails()), ["ann@example.org"]);
    world.finish().await;
}
