//! So many mails a minute, over all workers.

use chrono::TimeDelta;
use shared::config::{Config, RateLimits};

use super::{jobs, receivers, register, through};
use crate::mail_server::MailServer;
use crate::world::{World, eventually};

const NAMES: [&str; 7] = ["ann", "bob", "cem", "dee", "eli", "fay", "gus"];

/// Seven people who wait for their mails at the beginning of a minute, when two workers begin.
async fn seven(server: &MailServer, change: impl FnOnce(&mut Config)) -> World {
    let mut world = World::without_worker(|config| {
        through(server)(config);
        config.mail.per_minute = Some(3);
        change(config);
    })
    .await;
    let cores = [world.bed.core().await, world.bed.core().await];
    for name in NAMES {
        register(&world, name).await;
    }
    world.bed.clock.turn(TimeDelta::seconds(60 - world.core().writer.now().timestamp().rem_euclid(60)));
    for core in cores {
        let mailer = worker::mail::mailer(&core.config).expect("a mailer");
        world.add_worker_of(core, mailer);
    }
    world
}

#[tokio::test]
async fn three_a_minute_are_three_in_the_first_six_by_the_second_and_seven_by_the_third() {
    let server = MailServer::start();
    let world = Box::pin(seven(&server, |_| {})).await;
    for (sent, waiting) in [(3, 4), (6, 1)] {
        let now = world.core().writer.now();
        let next = now + TimeDelta::seconds(60 - now.timestamp().rem_euclid(60));
        let wait = async || {
            let jobs = jobs(&world).await;
            jobs.len() == waiting && jobs.iter().all(|job| job.lease_until.timestamp() == next.timestamp())
        };
        eventually("the rest waits for the next minute", wait).await;
        assert_eq!(server.mails().len(), sent);
        for job in jobs(&world).await {
            assert_eq!((job.attempts, job.held, job.last_error.clone()), (0, false, None), "{job:?}");
        }
        world.bed.clock.turn(next - world.core().writer.now());
    }
    world.settle().await;
    assert_eq!(receivers(&server.mails()), NAMES.map(|name| format!("{name}@example.org")));
    world.finish().await;
}

#[tokio::test]
async fn without_rate_limits_mails_have_none() {
    let server = MailServer::start();
    let world = Box::pin(seven(&server, |config| config.limits.rate_limits = RateLimits::Off)).await;
    world.settle().await;
    assert_eq!(receivers(&server.mails()).len(), 7);
    world.finish().await;
}
