//! Mails about messages that stay unread: one after some minutes, if nothing was read, and then none until
//! something is.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use shared::config::{Activation, Config};

use super::{execute, jobs};
use crate::world::{Person, Sent, World, eventually, mails};

/// How long a message stays unread before a mail tells of it.
pub(super) const WAIT: TimeDelta = TimeDelta::minutes(10);

/// People confirm their emails, and their tokens outlive the turning of the clock.
pub(super) fn confirming(config: &mut Config) {
    config.secrets.activation = Activation::Required;
    config.secrets.lifetimes.access = 86_400;
}

/// A Kith with Ann, who wants to be mailed, and Bob and Cem, who write to her.
pub(super) async fn world() -> (World, [Person; 3]) {
    let world = World::with(confirming).await;
    let people = [member(&world, "ann").await, member(&world, "bob").await, member(&world, "cem").await];
    prefer(&people[0], true).await;
    (world, people)
}

/// Somebody new, whose email is confirmed.
pub(super) async fn member(world: &World, name: &str) -> Person {
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register(name, &format!("{name}@example.org")).await.expect(201);
    world.settle().await;
    nobody.act(&mails(world).pop().expect("a mail").path).await.expect(200);
    nobody.sign_in(name).await
}

/// Chooses whether to be mailed.
pub(super) async fn prefer(person: &Person, mailed: bool) {
    person.patch("/api/v1/me/preferences", json!({"unread_mails": mailed})).await.expect(200);
}

/// Writes to somebody; answers the message.
pub(super) async fn write(from: &Person, to: &Person) -> Value {
    let chat = from.post("/api/v1/chats", json!({"account_id": to.id})).await.expect(200);
    let path = format!("/api/v1/chats/{}/messages", chat["id"]);
    from.post(&path, json!({"text": "Are you there?"})).await.expect(201)
}

/// Reads a chat up to a message.
pub(super) async fn read(person: &Person, message: &Value) {
    let path = format!("/api/v1/chats/{}/read", message["chat_id"]);
    person.post(&path, json!({"through": message["id"]})).await.expect(200);
}

async fn remove(person: &Person, message: &Value) {
    let path = format!("/api/v1/chats/{}/messages/{}", message["chat_id"], message["id"]);
    person.call(Method::DELETE, &path, Value::Null).await.expect(204);
}

/// The mails about unread messages.
pub(super) fn told(world: &World) -> Vec<Sent> {
    let mut mails = mails(world);
    mails.retain(|mail| mail.subject == "You have unread messages on Kith");
    mails
}

/// Turns the clock, and waits until nothing is left to do; answers how many mails tell of unread messages.
pub(super) async fn after(world: &World, time: TimeDelta) -> usize {
    world.bed.clock.turn(time);
    world.settle().await;
    told(world).len()
}

#[tokio::test]
async fn a_mail_tells_of_what_is_unread_after_ten_minutes_and_not_before() {
    let (world, [ann, bob, _]) = world().await;
    write(&bob, &ann).await;
    let waiting = jobs(&world).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].lease_until - waiting[0].created_at, WAIT);
    world.bed.clock.turn(waiting[0].lease_until - world.core().writer.now() - TimeDelta::minutes(1));
    assert_eq!((jobs(&world).await.len(), told(&world).len()), (1, 0));

    assert_eq!(after(&world, TimeDelta::minutes(1)).await, 1);
    let mail = told(&world).remove(0);
    assert_eq!(mail.to, "ann@example.org");
    let address = world.core().config.public_url();
    assert_eq!(mail.link, address);
    let (header, click) = mail.unsubscribe.expect("a way out");
    let way_out = header.trim_start_matches('<').trim_end_matches('>');
    assert_eq!(click, "List-Unsubscribe=One-Click");
    let text = format!(
        "{address}\n\nHello ann,\n\nyou have 1 unread message from 1 person.\nOpen the link above to read.\n\n\
         You get this mail because your preferences ask for it. To get no more\nof them, open this link:\n{way_out}"
    );
    assert_eq!(mail.text.replace("\r\n", "\n").trim_end(), text);
    assert!(way_out.starts_with(&format!("{address}unsubscribe/")), "{way_out}");
    world.finish().await;
}

#[tokio::test]
async fn what_is_read_meanwhile_is_told_by_no_mail() {
    let (world, [ann, bob, _]) = world().await;
    let message = write(&bob, &ann).await;
    read(&ann, &message).await;
    assert_eq!(after(&world, WAIT).await, 0);
    // Nor what came after, before its own time.
    let message = write(&bob, &ann).await;
    world.bed.clock.turn(TimeDelta::minutes(5));
    read(&ann, &message).await;
    write(&bob, &ann).await;
    world.bed.clock.turn(TimeDelta::minutes(6));
    eventually("the first job has nothing to tell", async || jobs(&world).await.len() == 1).await;
    assert_eq!(told(&world).len(), 0);
    assert_eq!(after(&world, TimeDelta::minutes(4)).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn one_mail_tells_of_many_messages_and_another_comes_once_something_was_read() {
    let (world, [ann, bob, cem]) = world().await;
    for from in [&bob, &cem, &bob] {
        write(from, &ann).await;
    }
    assert_eq!(jobs(&world).await.len(), 1);
    assert_eq!(after(&world, WAIT).await, 1);
    assert!(told(&world)[0].text.contains("you have 3 unread messages from 2 people."), "{}", told(&world)[0].text);
    let mut message = Value::Null;
    for from in [&bob, &cem] {
        message = write(from, &ann).await;
        assert_eq!(jobs(&world).await.len(), 0);
        assert_eq!(after(&world, TimeDelta::hours(1)).await, 1);
    }

    // Bob's stay unread for good, and keep nothing back.
    read(&ann, &message).await;
    write(&cem, &ann).await;
    assert_eq!(after(&world, WAIT).await, 2);
    assert!(told(&world)[1].text.contains("you have 4 unread messages from 2 people."), "{}", told(&world)[1].text);
    write(&cem, &ann).await;
    assert_eq!(after(&world, WAIT).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn a_message_that_is_removed_is_told_by_no_mail_and_silences_no_other() {
    let (world, [ann, bob, cem]) = world().await;
    let message = write(&bob, &ann).await;
    remove(&bob, &message).await;
    assert_eq!(after(&world, WAIT).await, 0);

    // The other one's message waits for its own ten minutes.
    let message = write(&bob, &ann).await;
    world.bed.clock.turn(TimeDelta::minutes(5));
    write(&cem, &ann).await;
    remove(&bob, &message).await;
    world.bed.clock.turn(TimeDelta::minutes(5));
    let due = async || jobs(&world).await.iter().all(|job| job.lease_until - job.created_at > TimeDelta::minutes(14));
    eventually("the job is put back", due).await;
    assert_eq!((jobs(&world).await.len(), told(&world).len()), (1, 0));
    assert_eq!(after(&world, TimeDelta::minutes(5)).await, 1);
    assert!(told(&world)[0].text.contains("you have 1 unread message from 1 person."), "{}", told(&world)[0].text);

    // With something older left unread, too.
    let message = write(&bob, &ann).await;
    read(&ann, &message).await;
    let message = write(&bob, &ann).await;
    remove(&bob, &message).await;
    assert_eq!(after(&world, WAIT).await, 1);
    write(&bob, &ann).await;
    assert_eq!(after(&world, WAIT).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn nobody_hears_by_mail_from_whom_they_have_blocked() {
    let (world, [ann, bob, cem]) = world().await;
    write(&bob, &ann).await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(after(&world, WAIT).await, 0);
    write(&cem, &ann).await;
    assert_eq!(after(&world, WAIT).await, 1);
    assert!(told(&world)[0].text.contains("you have 1 unread message from 1 person."), "{}", told(&world)[0].text);

    // A block counts from its first moment, before a worker has hidden the chat.
    let message = write(&cem, &ann).await;
    read(&ann, &message).await;
    write(&cem, &ann).await;
    let block = "INSERT INTO blocks (blocker_id, blocked_id, created_at) SELECT a.id, c.id, a.created_at
        FROM accounts a JOIN accounts c ON c.username = 'cem' WHERE a.username = 'ann'";
    execute(&world, block).await;
    assert_eq!(after(&world, WAIT).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn nobody_is_mailed_who_does_not_want_it() {
    let (world, [ann, bob, cem]) = world().await;
    write(&bob, &cem).await;
    assert_eq!(jobs(&world).await.len(), 0, "who never asked for it");
    write(&bob, &ann).await;
    prefer(&ann, false).await;
    assert_eq!(after(&world, WAIT).await, 0, "who no longer does");
    prefer(&ann, true).await;
    write(&bob, &ann).await;
    assert_eq!(after(&world, WAIT).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn nobody_is_mailed_whose_email_is_not_confirmed() {
    let (world, [ann, bob, _]) = world().await;
    write(&bob, &ann).await;
    assert_eq!(jobs(&world).await.len(), 1);
    // The dialects confirm none.
    ann.patch("/api/profile/", json!({"email": "ann@example.com"})).await.expect(200);
    assert_eq!(after(&world, WAIT).await, 0);
    let message = write(&bob, &ann).await;
    assert_eq!(jobs(&world).await.len(), 0);
    read(&ann, &message).await;
    write(&bob, &ann).await;
    assert_eq!(jobs(&world).await.len(), 0);
    world.finish().await;
}
