//! Jobs, mails, and how long people wait.

use chrono::TimeDelta;
use shared::Core;
use shared::config::Activation;
use shared::jobs::{Failure, NewJob, Origin, Queue};
use shared::testing::{TestBed, production};

use super::scrape::{Window, come_to};
use super::worker;
use crate::mail_server::{At, MailServer};
use crate::world::{Person, World, eventually};

fn job(queue: &str, name: &str, outcome: &str) -> String {
    format!("kith_jobs_total{{queue=\"{queue}\",job=\"{name}\",outcome=\"{outcome}\"}}")
}

/// Puts a job into the outbox, for whoever sweeps it.
async fn put(core: &Core, name: &'static str, payload: &str) {
    let now = core.writer.now();
    let job = NewJob { queue: Queue::Notifications, name, version: 1, payload: payload.to_owned() };
    core.outbox.write(core.database.writer(), &job, &Origin::here(now), now).await.expect("it is written");
}

#[tokio::test]
async fn a_decision_is_measured_from_the_request_to_the_socket() {
    let mut world = World::without_worker(|_| {}).await;
    let ((_, one), (_, other)) = (worker(&mut world).await, worker(&mut world).await);
    let window = Window::of_api(world.core()).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut socket = ann.socket().await;
    assert!(socket.resume(0).await.is_empty());
    let request = ann.ask(&bob).await;
    world.settle().await; // bob is told, and has no socket
    bob.accept(request).await.expect(200);
    socket.expect("notification").await;
    world.settle().await;

    let pushed = r#"kith_relay_pushed_total{queue="notifications"}"#;
    let shown = come_to(&[&window], &[("kith_notification_delay_seconds_count", 1), (pushed, 2)]).await;
    let [api] = &shown[..] else { panic!("one, not {shown:#?}") };
    api.is("kith_notification_delay_seconds_bucket{le=\"+Inf\"}", 1);
    let delay = api.of("kith_notification_delay_seconds_sum");
    assert!((0.0..20.0).contains(&delay), "{delay} s");
    api.is("kith_message_delay_seconds_count", 0);
    let route = r#"method="POST",route="/api/v1/connection-requests/{id}/accept",status="200""#;
    api.is(&format!("kith_http_requests_total{{{route}}}"), 1);
    api.is(r#"kith_sockets{wire="v1"}"#, 1);
    api.is(r#"kith_relay_pushed_total{queue="email"}"#, 0);
    assert_eq!(api.get(&job("notifications", "request_decided", "done")), None, "the API does no jobs");

    let mut sums = Vec::new();
    for name in ["request_sent", "request_decided"] {
        sums.extend([(job("notifications", name, "done"), 1), (job("notifications", name, "duplicate"), 0)]);
        sums.push((format!("kith_job_duration_seconds_count{{queue=\"notifications\",job=\"{name}\"}}"), 1));
    }
    for queue in ["notifications", "email", "media"] {
        for name in ["kith_outbox_jobs", "kith_outbox_oldest_seconds", "kith_dead_jobs", "kith_queue_window"] {
            sums.push((format!("{name}{{queue=\"{queue}\"}}"), 0));
            assert!(api.get(&format!("{name}{{queue=\"{queue}\"}}")).is_some(), "{name} at the API");
        }
    }
    let mut sums: Vec<_> = sums.iter().map(|(series, value)| (series.as_str(), *value)).collect();
    sums.push((r#"kith_job_delay_seconds_count{queue="notifications"}"#, 2));
    sums.extend([("kith_events_published_total", 2), ("kith_events_failed_total", 0)]);
    let shown = come_to(&[&one, &other], &sums).await;
    shown[0].is("kith_database_up", 1);
    assert_eq!(shown[0].get("kith_redis_up"), production().then_some(1.0));
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn a_message_is_measured_at_every_socket_that_hears_of_it() {
    let world = World::start().await;
    let window = Window::of_api(world.core()).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    bob.accept(ann.ask(&bob).await).await.expect(200);
    world.settle().await;
    let chat = ann.post("/api/v1/chats", serde_json::json!({"account_id": bob.id})).await;
    let chat = chat.body["id"].as_i64().expect("a chat");
    let mut sockets = vec![ann.socket().await, bob.socket().await];
    for socket in &mut sockets {
        socket.resume(0).await;
    }
    let said = serde_json::json!({"text": "Hello"});
    ann.post(&format!("/api/v1/chats/{chat}/messages"), said).await.expect(201);
    for socket in &mut sockets {
        while socket.next().await["type"] != "message" {} // that the other one came, first
    }
    let shown = come_to(&[&window], &[("kith_message_delay_seconds_count", 2)]).await;
    shown[0].is("kith_notification_delay_seconds_count", 0); // what a resume brings is measured by nobody
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn a_job_that_came_twice_is_done_once_and_a_duplicate_once() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    ann.ask(&bob).await;
    let core = world.core().clone();
    // The relay pushed it; somebody who takes its writer for dead does too.
    let pushed = async || core.ports.queue.depth(Queue::Notifications).await.expect("the queue answers") == 1;
    eventually("it was pushed", pushed).await;
    let lease = TimeDelta::seconds(core.config.outbox.lease);
    let passed = core.writer.now() + lease;
    let claimed = core.outbox.claim(Queue::Notifications, passed, TimeDelta::zero(), 10).await.expect("an answer");
    let again: Vec<_> = claimed.iter().map(|job| job.queued(&core.epoch)).collect();
    core.ports.queue.push(Queue::Notifications, &again).await.expect("it is pushed");

    let shown = Window::of_api(&core).await.scrape().await;
    shown.is(r#"kith_outbox_jobs{queue="notifications"}"#, 1);
    shown.is(r#"kith_queue_window{queue="notifications"}"#, 2);
    let oldest = shown.of(r#"kith_outbox_oldest_seconds{queue="notifications"}"#);
    assert!(oldest > 0.0 && oldest < 20.0, "{oldest} s");
    let ((_, one), (_, other)) = (worker(&mut world).await, worker(&mut world).await);
    let of = |outcome| job("notifications", "request_sent", outcome);
    let delays = r#"kith_job_delay_seconds_count{queue="notifications"}"#;
    come_to(&[&one, &other], &[(&of("done"), 1), (&of("duplicate"), 1), (delays, 1)]).await;
    world.finish().await;
}

#[tokio::test]
async fn what_is_put_off_is_late_from_when_it_is_due() {
    let world = World::without_worker(|_| {}).await;
    // Each looks once; and where the clock is turned, no more processes start.
    let (before, after) = (world.bed.core().await, world.bed.core().await);
    let now = before.writer.now();
    let job = NewJob { queue: Queue::Email, name: "unread_messages", version: 1, payload: "{}".to_owned() };
    let (database, due) = (before.database.writer(), now + TimeDelta::minutes(10));
    before.outbox.write_for(database, &job, &Origin::here(now), due).await.expect("it is written");
    let oldest = r#"kith_outbox_oldest_seconds{queue="email"}"#;
    let shown = Window::of_api(&before).await.scrape().await;
    shown.is(r#"kith_outbox_jobs{queue="email"}"#, 1);
    shown.is(oldest, 0);
    world.bed.clock.turn(TimeDelta::minutes(12));
    let late = Window::of_api(&after).await.scrape().await.of(oldest);
    assert!((120.0..180.0).contains(&late), "{late} s");
    TestBed::execute(&before, "DELETE FROM outbox").await;
    world.finish().await;
}

/// As one of a newer version is, again and again.
#[tokio::test]
async fn what_is_put_back_goes_on_being_late() {
    let world = World::without_worker(|_| {}).await;
    let core = world.bed.core().await;
    let now = core.writer.now();
    let job = NewJob { queue: Queue::Email, name: "of_a_newer_version", version: 9, payload: "{}".to_owned() };
    let id = core.outbox.write(core.database.writer(), &job, &Origin::here(now), now).await.expect("it is written");
    world.bed.clock.turn(TimeDelta::minutes(3));
    let (now, until) = (core.writer.now(), core.writer.now() + TimeDelta::seconds(5));
    assert!(core.outbox.fail(id, None, &Failure::PutBack { at: until }, now).await.expect("an answer"));
    let late = Window::of_api(&core).await.scrape().await.of(r#"kith_outbox_oldest_seconds{queue="email"}"#);
    assert!((180.0..240.0).contains(&late), "{late} s");
    TestBed::execute(&core, "DELETE FROM outbox").await;
    world.finish().await;
}

#[tokio::test]
async fn a_job_that_dies_and_one_of_a_newer_version_are_counted_as_such() {
    let mut world = World::without_worker(|_| {}).await;
    let (core, window) = worker(&mut world).await;
    put(&core, "request_sent", "{}").await;
    put(&core, "of_a_newer_version", "{}").await;
    let dead = job("notifications", "request_sent", "dead");
    let later = job("notifications", "unknown", "put_back");
    let counted = async || {
        let shown = window.scrape().await;
        shown.of(&dead) > 0.5 && shown.get(&later).is_some_and(|times| times > 0.5)
    };
    eventually("both are counted", counted).await;
    let shown = window.scrape().await;
    shown.is(&dead, 1);
    assert!(shown.series().iter().all(|series| !series.contains("newer")), "{shown:#?}");
    // Looked up by another, since this worker may have looked before it died.
    Window::of_api(&world.bed.core().await).await.scrape().await.is(r#"kith_dead_jobs{queue="notifications"}"#, 1);
    TestBed::execute(&core, "DELETE FROM outbox").await;
    world.finish().await;
}

#[tokio::test]
async fn mails_are_counted_by_what_the_server_said() {
    let mut server = MailServer::start();
    server.say(At::Recipient, "ann@", "550 5.1.1 No such user", None);
    server.say(At::Recipient, "bob@", "451 4.3.0 Later", Some(1));
    let address = server.url();
    let mut world = World::without_worker(|config| {
        config.secrets.activation = Activation::Required;
        config.mail.smtp_url = Some(address);
    })
    .await;
    let (_, window) = worker(&mut world).await;
    let stranger = Person::stranger(world.apis[0].address);
    for name in ["ann", "bob"] {
        stranger.register(name, &format!("{name}@example.org")).await.expect(201);
    }
    let mail = |outcome: &str| format!("kith_mails_total{{mail=\"account_activation\",outcome=\"{outcome}\"}}");
    let failed = async || window.scrape().await.of(&mail("failed")) > 0.5;
    eventually("bob's waits", failed).await;
    world.bed.clock.turn(TimeDelta::seconds(10));
    world.settle().await;
    let mails = [("accepted", 1), ("refused", 1), ("failed", 1), ("given_up", 0)];
    let jobs = [("done", 1), ("dead", 1), ("retried", 1), ("put_back", 0), ("duplicate", 0)];
    let sums: Vec<_> = (mails.iter().map(|(outcome, times)| (mail(outcome), *times)))
        .chain(jobs.iter().map(|(outcome, times)| (job("email", "account_activation", outcome), *times)))
        .chain([(r#"kith_job_delay_seconds_count{queue="email"}"#.to_owned(), 1)])
        .collect();
    let sums: Vec<_> = sums.iter().map(|(series, times)| (series.as_str(), *times)).collect();
    let shown = come_to(&[&window], &sums).await;
    shown[0].is(r#"kith_mails_total{mail="password_reset",outcome="accepted"}"#, 0);
    world.finish().await;
}
