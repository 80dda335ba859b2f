//! Mails about unread messages where something else happens than that they are sent: a restart, a server that
//! refuses or hangs up, a limit, the end of an account.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use shared::testing::TestBed;

use super::unread::{WAIT, after, confirming, member, prefer, read, told, world, write};
use super::{execute, jobs, marked, put_off, through, turn_to};
use crate::mail_server::{At, MailServer, Received};
use crate::world::{PASSWORD, Person, World, eventually};

/// The mails about unread messages that a server has.
fn received(server: &MailServer) -> Vec<Received> {
    let mut mails = server.mails();
    mails.retain(|mail| mail.header("List-Unsubscribe").is_some());
    mails
}

/// Ann, who wants to be mailed, and Bob, of a Kith whose mails go to `server`.
async fn two(server: &MailServer) -> (World, [Person; 2]) {
    let through = through(server);
    let world = World::with(|config| {
        through(config);
        confirming(config);
    })
    .await;
    let mut people = Vec::new();
    for name in ["ann", "bob"] {
        let nobody = Person::stranger(world.apis[0].address);
        nobody.register(name, &format!("{name}@example.org")).await.expect(201);
        world.settle().await;
        assert_eq!(super::follow(&world, &server.mails().pop().expect("a mail")).await, 200);
        people.push(nobody.sign_in(name).await);
    }
    prefer(&people[0], true).await;
    (world, people.try_into().expect("two"))
}

#[tokio::test]
async fn a_start_that_gives_every_lease_up_leaves_what_is_not_due() {
    let (mut world, [ann, bob, _]) = world().await;
    write(&bob, &ann).await;
    let due = jobs(&world).await[0].lease_until;
    for worker in world.workers.drain(..) {
        worker.stop().await;
    }
    let core = world.core();
    core.outbox.release_all(core.writer.now()).await.expect("leases are given up");
    let waiting = jobs(&world).await;
    assert_eq!((waiting.len(), waiting[0].lease_until, waiting[0].attempts), (1, due, 0));
    world.add_worker().await;
    assert_eq!(after(&world, WAIT).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn an_address_that_refuses_such_a_mail_is_marked_and_gets_no_more() {
    let mut server = MailServer::start();
    let (world, [ann, bob]) = two(&server).await;
    server.say(At::Recipient, "ann@", "550 5.1.1 No such user", None);
    let message = write(&bob, &ann).await;
    assert_eq!(after(&world, WAIT).await, 0);
    let dead = TestBed::dead_jobs(world.core()).await;
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].name.as_str(), dead[0].attempts), ("unread_messages", 1));
    assert_eq!(dead[0].error, "refused: 550 5.1.1 No such user");
    assert_eq!(marked(&world).await, 1);
    server.obey();
    read(&ann, &message).await;
    write(&bob, &ann).await;
    assert_eq!(jobs(&world).await.len(), 0);
    // Nor is it retried into a mail.
    assert!(TestBed::retry_dead(world.core(), dead[0].id).await);
    world.settle().await;
    assert_eq!(received(&server).len(), 0);
    world.finish().await;
}

#[tokio::test]
async fn a_mail_whose_acceptance_was_never_heard_comes_again_under_the_same_message_id() {
    let mut server = MailServer::start();
    let (world, [ann, bob]) = two(&server).await;
    server.hang_up(At::Content, 1);
    write(&bob, &ann).await;
    world.bed.clock.turn(WAIT);
    let waiting = put_off(&world, 1).await;
    assert_eq!((waiting.len(), received(&server).len()), (1, 1));
    turn_to(&world, &waiting);
    world.settle().await;
    let mails = received(&server);
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id(), mails[1].message_id());
    world.finish().await;
}

#[tokio::test]
async fn a_mail_that_was_put_off_is_not_sent_once_its_message_was_read() {
    let mut server = MailServer::start();
    let (world, [ann, bob]) = two(&server).await;
    server.say(At::Recipient, "ann@", "451 4.7.1 Greylisted, come back", None);
    let message = write(&bob, &ann).await;
    world.bed.clock.turn(WAIT);
    let waiting = put_off(&world, 1).await;
    read(&ann, &message).await;
    server.obey();
    turn_to(&world, &waiting);
    world.settle().await;
    assert_eq!(received(&server).len(), 0);
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.finish().await;
}

#[tokio::test]
async fn what_was_read_uses_nothing_of_the_limit_up() {
    let world = World::with(|config| {
        confirming(config);
        config.mail.per_minute = Some(1);
    })
    .await;
    let mut people = Vec::new();
    for name in ["ann", "bob", "cem"] {
        people.push(member(&world, name).await);
        world.bed.clock.turn(TimeDelta::minutes(1));
    }
    let [ann, bob, cem] = people.as_slice() else { panic!("three") };
    prefer(ann, true).await;
    prefer(bob, true).await;
    let message = write(cem, ann).await;
    write(cem, bob).await;
    read(ann, &message).await;
    // Both fall due at the beginning of a minute; the older one goes first.
    let second = world.core().writer.now().timestamp().rem_euclid(60);
    world.bed.clock.turn(WAIT + TimeDelta::seconds(60 - second));
    eventually("the mail leaves in the same minute", async || told(&world).len() == 1).await;
    assert_eq!(told(&world)[0].to, "bob@example.org");
    world.finish().await;
}

#[tokio::test]
async fn nobody_who_is_suspended_or_gone_is_mailed() {
    let (world, [ann, bob, cem]) = world().await;
    prefer(&cem, true).await;
    write(&bob, &ann).await;
    write(&bob, &cem).await;
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'cem'").await;
    ann.call(Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    assert_eq!(after(&world, WAIT).await, 0);
    world.finish().await;
}
