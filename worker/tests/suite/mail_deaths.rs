//! The fence when the process that sends a mail dies, or an older version meets its job.

use chrono::TimeDelta;
use shared::jobs::Envelope;
use shared::ports::queue::{JobHandler, QueuedJob};
use shared::testing::TestBed;
use worker::jobs::EmailRunner;

use crate::children::eventually;
use crate::mail::{check_no_token, job, living, message_ids, world};
use crate::world::{Answer, TestMailer, Worker};

#[tokio::test]
async fn when_the_sender_died_the_hold_passes_and_the_mail_bears_the_same_message_id() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let next = world.bed.core().await;
    let first = TestMailer::new([Answer::Hang]);
    let runner = EmailRunner::new(world.bed.core().await, first.clone());
    let sending = tokio::spawn({
        let job = job.clone();
        async move { runner.handle(job).await }
    });
    eventually("the mail is on its way", async || first.seen().len() == 1).await;
    sending.abort();
    assert!(sending.await.is_err(), "it died in the middle");

    let second = TestMailer::new([]);
    let early = EmailRunner::new(next.clone(), second.clone());
    world.bed.clock.turn(TimeDelta::seconds(60));
    early.handle(QueuedJob { task_id: format!("{}7", job.task_id), ..job }).await;
    assert_eq!(second.seen().len(), 0, "the dead one's hold lasts 120 s");

    world.bed.clock.turn(TimeDelta::seconds(61));
    let worker = Worker::start(next, second.clone());
    eventually("the mail is sent by another", async || second.seen().len() == 1).await;
    world.settle().await;
    worker.stop().await;
    let sent = [first.seen(), second.seen()].concat();
    assert_eq!(message_ids(&sent), [sent[0].message_id.as_str(); 2]);
    assert_eq!(living(&world).await, 1, "only the accepted mail's link lives");
}

#[tokio::test]
async fn a_late_sender_does_not_take_the_job_from_the_one_that_has_it_now() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let (late, next) = (TestMailer::new([Answer::Hang]), TestMailer::new([Answer::Hang, Answer::Later]));
    let cores = [world.bed.core().await, world.bed.core().await];
    let [slow, quick] = cores.map(|core| core);
    let send = |runner: EmailRunner, job: QueuedJob| tokio::spawn(async move { runner.handle(job).await });

    let first = send(EmailRunner::new(slow, late.clone()), job.clone());
    eventually("the first has it", async || late.seen().len() == 1).await;
    world.bed.clock.turn(TimeDelta::seconds(121));
    let second = send(EmailRunner::new(quick, next.clone()), job);
    eventually("the second has it", async || next.seen().len() == 1).await;

    late.let_go();
    first.await.expect("the first ends");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 1, "the second still has it");
    check_no_token(&world, &[late.seen(), next.seen()].concat()).await;
    next.let_go();
    second.await.expect("the second ends");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0);
}

#[tokio::test]
async fn a_refusal_that_is_heard_too_late_changes_nothing() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let (late, next) = (TestMailer::new([Answer::HangAndRefuse]), TestMailer::new([Answer::Hang]));
    let [slow, quick] = [world.bed.core().await, world.bed.core().await];
    let send = |runner: EmailRunner, job: QueuedJob| tokio::spawn(async move { runner.handle(job).await });

    let first = send(EmailRunner::new(slow, late.clone()), job.clone());
    eventually("the first has it", async || late.seen().len() == 1).await;
    world.bed.clock.turn(TimeDelta::seconds(121));
    let second = send(EmailRunner::new(quick, next.clone()), job);
    eventually("the second has it", async || next.seen().len() == 1).await;
    let before = world.rows("TRUE").await.remove(0);

    late.let_go();
    first.await.expect("the first ends");
    let after = world.rows("TRUE").await.remove(0);
    assert_eq!((after.holder, after.lease_until, after.last_error), (before.holder, before.lease_until, None));
    assert_eq!(TestBed::dead_jobs(&world.core).await, []);
    let marked = "SELECT count(*) FROM accounts WHERE email_refused_at IS NOT NULL";
    assert_eq!(world.number(marked, []).await, 0);

    next.let_go();
    second.await.expect("the second ends");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0);
}

#[tokio::test]
async fn a_mail_that_has_left_is_recorded_though_the_database_was_away() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let mailer = TestMailer::new([Answer::Hang]);
    let (core, statements) = world.bed.core_heard().await;
    let runner = EmailRunner::new(core, mailer.clone());
    let sending = tokio::spawn(async move { runner.handle(job).await });
    eventually("the mail is on its way", async || mailer.seen().len() == 1).await;
    world.run("ALTER TABLE outbox RENAME TO away", []).await;
    mailer.let_go();
    let tried = async || statements.take().iter().any(|sql| sql.starts_with("DELETE FROM outbox"));
    eventually("it is tried in vain", tried).await;
    world.run("ALTER TABLE away RENAME TO outbox", []).await;
    sending.await.expect("the worker ends");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0, "nobody sends it again");
    assert_eq!((mailer.seen().len(), living(&world).await), (1, 1));
}

#[tokio::test]
async fn a_worker_that_can_not_read_a_job_leaves_it_to_the_one_that_has_it() {
    let world = world(|_| {}).await;
    let job = job(&world).await;
    let mailer = TestMailer::new([Answer::Hang]);
    let runner = EmailRunner::new(world.bed.core().await, mailer.clone());
    let sending = tokio::spawn({
        let job = job.clone();
        async move { runner.handle(job).await }
    });
    eventually("the mail is on its way", async || mailer.seen().len() == 1).await;
    let before = world.rows("TRUE").await.remove(0);

    // The same job as an older version sees it in a rolling restart: newer than itself.
    let mut envelope: Envelope = serde_json::from_str(&job.body).expect("an envelope");
    envelope.version = 99;
    let body = serde_json::to_string(&envelope).expect("JSON");
    let older = EmailRunner::new(world.bed.core().await, TestMailer::new([]));
    older.handle(QueuedJob { task_id: format!("{}7", job.task_id), body }).await;
    let after = world.rows("TRUE").await.remove(0);
    assert_eq!((after.holder, after.lease_until), (before.holder, before.lease_until), "the hold stands");

    mailer.let_go();
    sending.await.expect("the worker ends");
    assert_eq!(world.core.outbox.depth().await.expect("an answer"), 0, "it is done");
}
