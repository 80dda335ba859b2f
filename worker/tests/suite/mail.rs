//! Mail through a server that refuses or asks to come back, and the fence around one mail.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use shared::accounts::Registration;
use shared::config::{Activation, Config};
use shared::jobs::Queue;
use shared::ports::mail::Mail;
use shared::ports::queue::{JobHandler, QueuedJob};
use shared::testing::TestBed;
use std::sync::Arc;
use worker::jobs::EmailRunner;

use crate::children::eventually;
use crate::world::{Answer, TestMailer, Worker, World};

/// A world in which one person waits for the activation mail, which nobody has yet.
pub(crate) async fn world(change: impl FnOnce(&mut Config)) -> World {
    let world = Box::pin(World::with(0, |config| {
        config.secrets.activation = Activation::Required;
        change(config);
    }));
    let world = world.await;
    let registration = Registration {
        username: Some("parisa".to_owned()),
        email: Some("parisa@example.org".to_owned()),
        password: "correct horse battery".to_owned(),
        ..Registration::default()
    };
    Box::pin(world.core.registrations.register(registration, "the test")).await.expect("an account");
    // As when the process that wrote it died.
    world.run("UPDATE outbox SET lease_until = created_at", []).await;
    world
}

/// The one mail job, as the queue brings it.
pub(crate) async fn job(world: &World) -> QueuedJob {
    world.claim(Queue::Email).await.pop().expect("a job")
}

pub(crate) fn message_ids(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.message_id.as_str()).collect()
}

/// The token of a mail's link.
fn token(mail: &Mail) -> &str {
    let words = mail.text.split(|c: char| !c.is_ascii_hexdigit());
    words.max_by_key(|word| word.len()).filter(|word| word.len() == 64).expect("a token")
}

/// Checks that no job bears the token of a mail.
pub(crate) async fn check_no_token(world: &World, mails: &[Mail]) {
    let mut rows = 0;
    for sql in [
        "SELECT name || payload || COALESCE(holder, '') || COALESCE(last_error, '') AS row FROM outbox",
        "SELECT name || payload || error AS row FROM dead_jobs",
    ] {
        let statement = world.core.database.engine().statement(sql, []);
        for row in world.core.database.writer().query_all_raw(statement).await.expect("the database answers") {
            let row: String = row.try_get("", "row").expect("a text");
            assert!(!mails.iter().any(|mail| row.contains(token(mail))), "{row}");
            rows += 1;
        }
    }
    assert!(rows > 0, "there is a job to look at");
}

/// A link's life begins when the server accepts its mail: how many have begun.
pub(crate) async fn living(world: &World) -> i64 {
    world.number("SELECT count(*) FROM account_tokens WHERE expires_at IS NOT NULL", []).await
}

#[tokio::test]
async fn a_mail_leaves_once_however_often_its_job_comes() {
    let world = world(|_| {}).await;
    let mailer = TestMailer::new([]);
    let (runner, job) = (EmailRunner::new(world.bed.core().await, mailer.clone()), job(&world).await);
    runner.handle(job.clone()).await;
    runner.handle(job.clone()).await;
    EmailRunner::new(world.bed.core().await, mailer.clone()).handle(job).await;
    assert_eq!(mailer.seen().len(), 1);
    assert_eq!(mailer.seen()[0].to, "parisa@example.org");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0);
    assert_eq!(living(&world).await, 1);
}

#[tokio::test]
async fn a_mail_in_hand_is_not_sent_by_another_worker() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let first = TestMailer::new([Answer::Hang]);
    let runner = EmailRunner::new(world.bed.core().await, first.clone());
    let sending = tokio::spawn({
        let job = job.clone();
        async move { runner.handle(job).await }
    });
    eventually("the mail is on its way", async || first.seen().len() == 1).await;
    check_no_token(&world, &first.seen()).await;

    let second = TestMailer::new([]);
    let again = QueuedJob { task_id: format!("{}7", job.task_id), ..job };
    EmailRunner::new(world.bed.core().await, second.clone()).handle(again).await;
    assert_eq!(second.seen().len(), 0);
    assert_eq!(living(&world).await, 0, "no link lives before its mail is accepted");

    first.let_go();
    sending.await.expect("the first worker ends");
    assert_eq!(first.seen().len(), 1);
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0);
    assert_eq!(living(&world).await, 1);
}

#[tokio::test]
async fn a_copy_that_comes_late_does_not_cut_a_pause_short() {
    let world = world(|_| {}).await;
    let mailer = TestMailer::new([Answer::Later, Answer::Later]);
    let (runner, job) = (EmailRunner::new(world.bed.core().await, mailer.clone()), job(&world).await);
    runner.handle(job.clone()).await;
    world.bed.clock.turn(TimeDelta::seconds(5));
    runner.handle(job.clone()).await;
    let failed = world.rows("TRUE").await;
    runner.handle(job.clone()).await;
    assert_eq!((mailer.seen().len(), world.rows("TRUE").await), (2, failed));
    world.bed.clock.turn(TimeDelta::seconds(10));
    runner.handle(job).await;
    assert_eq!((mailer.seen().len(), world.core.outbox.depth().await.expect("an answer")), (3, 0));
}

#[tokio::test]
async fn a_server_that_asks_to_come_back_is_asked_again_later_under_the_same_message_id() {
    let world = world(|_| {}).await;
    let mailer = TestMailer::new([Answer::Later, Answer::Later]);
    let begun = world.core.writer.now();
    let worker = Worker::start(world.bed.core().await, mailer.clone());
    for (attempt, wait) in [(1, 5), (2, 10)] {
        let failed = async || {
            world.rows("holder IS NULL AND last_error IS NOT NULL").await.iter().any(|row| row.attempts == attempt)
        };
        eventually("the failure is recorded", failed).await;
        let row = world.rows("TRUE").await.remove(0);
        assert_eq!(row.last_error.as_deref(), Some("not now: 451 come back"));
        let (wait, now) = (TimeDelta::seconds(wait), world.core.writer.now());
        let earliest = if attempt == 1 { begun + wait } else { now };
        assert!((earliest..=now + wait).contains(&row.lease_until), "{row:?}");
        assert_eq!(mailer.seen().len(), usize::try_from(attempt).expect("a count"));
        check_no_token(&world, &mailer.seen()).await;
        world.bed.clock.turn(wait);
    }
    world.settle().await;
    worker.stop().await;
    let seen = mailer.seen();
    assert_eq!(message_ids(&seen), [seen[0].message_id.as_str(); 3]);
    assert_eq!(living(&world).await, 1, "the link that was accepted lives, and no other");
    assert_eq!(TestBed::dead_jobs(&world.core).await, []);
}

#[tokio::test]
async fn a_refusal_dies_at_once_and_can_be_brought_back() {
    let world = world(|_| {}).await;
    let mailer = TestMailer::new([Answer::Refuse]);
    let worker = Worker::start(world.bed.core().await, mailer.clone());
    world.settle().await;
    let dead = TestBed::dead_jobs(&world.core).await.remove(0);
    assert_eq!((dead.queue.as_str(), dead.attempts), ("email", 1));
    assert_eq!(dead.error, "refused: 550 never");
    check_no_token(&world, &mailer.seen()).await;

    assert!(TestBed::retry_dead(&world.core, dead.id).await);
    world.settle().await;
    worker.stop().await;
    assert_eq!(mailer.seen().len(), 2);
    assert_eq!(living(&world).await, 1);
}

#[tokio::test]
async fn a_server_that_never_answers_is_asked_again_later() {
    let world = world(|config| config.mail.exchange_timeout = 1).await;
    let mailer: Arc<TestMailer> = TestMailer::new([Answer::Hang]);
    let worker = Worker::start(world.bed.core().await, mailer.clone());
    eventually("the failure is recorded", async || world.rows("last_error IS NULL").await.is_empty()).await;
    world.bed.clock.turn(TimeDelta::seconds(5));
    world.settle().await;
    worker.stop().await;
    let seen = mailer.seen();
    assert_eq!(message_ids(&seen), [seen[0].message_id.as_str(); 2]);
}
