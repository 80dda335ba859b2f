//! What workers note of the jobs that they had in hand.

use chrono::TimeDelta;
use shared::jobs::{Asker, JobFilter, JobState, Queue};
use shared::page::Span;
use shared::ports::queue::{JobHandler, QueuedJob};
use worker::jobs::EmailRunner;

use crate::children::eventually;
use crate::jobs::refuse_for;
use crate::mail;
use crate::world::{Answer, Job, TestMailer, Worker, World};

/// What was noted of all jobs of a name: done, retried, dead, and those of which it is known how long they took.
async fn noted(world: &World, queue: Queue, name: &str) -> [i64; 4] {
    let mut sums = [0; 4];
    for (sum, column) in sums.iter_mut().zip(["done", "retried", "dead", "timed"]) {
        let sql = format!(
            "SELECT CAST(COALESCE(SUM({column}), 0) AS BIGINT) FROM job_minutes WHERE queue = $1 AND name = $2"
        );
        *sum = world.number(&sql, [queue.as_str().into(), name.into()]).await;
    }
    sums
}

#[tokio::test]
async fn what_two_workers_did_adds_up() {
    let world = World::new(21).await;
    world.two_workers_do(500).await; // and wrote down what they know
    assert_eq!(noted(&world, Queue::Notifications, "request_decided").await, [500, 0, 0, 500]);
    let rest = "SELECT count(*) FROM job_minutes WHERE NOT (name = 'request_decided' AND delay_max > 0
        AND delay_sum >= delay_max AND duration_max > 0 AND duration_sum >= duration_max)";
    assert_eq!(world.number(rest, []).await, 0);
    world.check_exactly(500).await;
}

#[tokio::test]
async fn a_job_that_comes_to_both_counts_once() {
    let world = World::new(11).await;
    world.write_many(100).await;
    let jobs = world.claim(Queue::Notifications).await;
    let again: Vec<_> =
        jobs.iter().map(|job| QueuedJob { task_id: format!("{}0", job.task_id), body: job.body.clone() }).collect();
    world.core.ports.queue.push(Queue::Notifications, &[jobs, again].concat()).await.expect("a push");
    let workers = [World::work(world.bed.core().await), World::work(world.bed.core().await)];
    world.settle().await;
    let empty = async || world.core.ports.queue.depth(Queue::Notifications).await.expect("an answer") == 0;
    eventually("the queue is empty", empty).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(noted(&world, Queue::Notifications, "request_decided").await, [100, 0, 0, 100]);
}

#[tokio::test]
async fn what_fails_and_what_can_not_be_read_is_noted_too() {
    let world = World::with(6, |config| config.worker.attempts = 2).await;
    world.write_many(4).await; // account 6 gets request 4 of these and nothing else
    refuse_for(&world, 6).await;
    world.write(&Job { payload: r#"{"request_id":"one"}"#.to_owned(), ..Job::decided(0, 2) }).await;
    world.write(&Job { name: "request_forgotten", ..Job::decided(2, 2) }).await;
    let worker = World::work(world.bed.core().await);
    eventually("the others are told", async || world.notifications().await == 3).await;
    let untried = "name = 'request_decided' AND attempts = 0";
    eventually("it failed", async || world.rows(untried).await.is_empty()).await;
    // What only another version knows is put back, and counts for nothing.
    world.run("DELETE FROM outbox WHERE name = 'request_forgotten'", []).await;
    world.bed.clock.turn(TimeDelta::seconds(2));
    world.settle().await;
    worker.stop().await;
    assert_eq!(noted(&world, Queue::Notifications, "request_decided").await, [3, 1, 2, 3]);
    assert_eq!(noted(&world, Queue::Notifications, "unknown").await, [0; 4]);
}

#[tokio::test]
async fn a_mail_is_noted_when_it_comes_back_when_it_leaves_and_when_it_is_refused() {
    let world = mail::world(|_| {}).await;
    let mailer = TestMailer::new([Answer::Later, Answer::Accept, Answer::Refuse]);
    let worker = Worker::start(world.bed.core().await, mailer.clone());
    eventually("it is asked to come back", async || mailer.seen().len() == 1).await;
    let failed = async || {
        let jobs =
            world.core.job_board.list(Asker::Operator, JobState::Failed, &JobFilter::default(), Span::newest(9)).await;
        jobs.expect("an answer").items.len() == 1 || mailer.seen().len() == 2
    };
    eventually("it waits for its next try, or had it", failed).await;
    world.bed.clock.turn(TimeDelta::seconds(5));
    world.settle().await;
    assert_eq!(mailer.seen().len(), 2);
    worker.stop().await;
    assert_eq!(noted(&world, Queue::Email, "account_activation").await, [1, 1, 0, 1]);
    // It waited five seconds for its second try.
    let slow = "SELECT count(*) FROM job_minutes WHERE delay_max >= 5000000 AND duration_max < 5000000";
    assert_eq!(world.number(slow, []).await, 1);

    let world = mail::world(|_| {}).await;
    let runner = EmailRunner::new(world.core.clone(), TestMailer::new([Answer::Refuse]));
    let job = mail::job(&world).await;
    runner.handle(job.clone()).await;
    runner.handle(job).await; // done already
    world.core.jobs_seen.write().await;
    assert_eq!(noted(&world, Queue::Email, "account_activation").await, [0, 0, 1, 0]);
}

#[tokio::test]
async fn a_job_is_shown_in_a_workers_hand_while_it_is() {
    let world = mail::world(|_| {}).await;
    let listed = async |state: JobState| {
        let any = JobFilter::default();
        let list = world.core.job_board.list(Asker::Operator, state, &any, Span::newest(9)).await;
        list.expect("an answer").items
    };
    assert_eq!(listed(JobState::Waiting).await.len(), 1);
    let mailer = TestMailer::new([Answer::Hang]);
    let worker = Worker::start(world.bed.core().await, mailer.clone());
    eventually("it is on its way", async || mailer.seen().len() == 1).await;
    let running = listed(JobState::Running).await;
    assert!(running.len() == 1 && running[0].holder.is_some() && running[0].attempts == 1, "{running:?}");
    mailer.let_go();
    world.settle().await;
    worker.stop().await;
}
