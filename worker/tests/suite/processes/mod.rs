//! Real `worker` processes, each test with a database and a Redis of its own; `commands` needs neither.

mod commands;
mod kills;
mod losses;
mod mail;
mod pictures;
mod start;
mod stops;

use std::path::Path;

use shared::config::Config;

use crate::children::{Process, Redis, SECRET, eventually};
use crate::world::World;

const WORKER: &str = env!("CARGO_BIN_EXE_worker");

/// A world whose Redis may be hurt.
struct Scene {
    world: World,
    redis: Redis,
}

/// The environment of a worker on a database and a Redis.
fn environment(database: &str, redis: &Redis, prefix: &str) -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", database.to_owned()),
        ("REDIS_URL", redis.url()),
        ("REDIS_PREFIX", prefix.to_owned()),
        ("KITH_SECRET", SECRET.to_owned()),
        ("KITH_OUTBOX_LEASE", "1".to_owned()),
        ("KITH_WORKER_BIND", "127.0.0.1:0".to_owned()),
    ]
}

fn start(folder: &Path, environment: &[(&str, String)]) -> Process {
    Process::start(WORKER, &[], folder, environment)
}

impl Scene {
    async fn new(people: i64) -> Self {
        Self::with(people, |_| {}).await
    }

    async fn with(people: i64, change: impl FnOnce(&mut Config)) -> Self {
        let redis = Redis::start();
        let world = World::with(people, |config| {
            config.redis.url = Some(redis.url());
            config.outbox.lease = 1;
            change(config);
        })
        .await;
        Self { world, redis }
    }

    /// A worker that has started.
    async fn worker(&self) -> Process {
        let prefix = &self.world.bed.config.redis.prefix;
        let mut environment = environment(self.world.bed.database_url(), &self.redis, prefix);
        let media = format!("file://{}", self.world.bed.folder().join("media").display());
        environment.push(("MEDIA_URL", media));
        environment.push(("RUST_LOG", "warn,worker=info".to_owned()));
        environment.extend(self.world.bed.config.mail.smtp_url.clone().map(|address| ("SMTP_URL", address)));
        let worker = start(self.world.bed.folder(), &environment);
        eventually("the worker starts", async || worker.stderr().contains("worker started")).await;
        worker
    }

    /// A number that Redis answers about a key of the `notifications` queue.
    fn queue(&self, command: &str, key: &str) -> u64 {
        self.redis.number(&format!("{command} {}:queue:notifications:{key}", self.world.bed.config.redis.prefix))
    }

    /// Waits until Redis holds nothing of any job: each was done, acknowledged and swept.
    async fn drained(&self) {
        let empty = async || {
            let left = [("LLEN", "active"), ("ZCARD", "scheduled"), ("HLEN", "data"), ("SCARD", "done")];
            left.iter().all(|(command, key)| self.queue(command, key) == 0)
        };
        eventually("the queue is empty", empty).await;
    }

    async fn some_are_done(&self, at_least: i64) {
        eventually("some jobs are done", async || self.world.notifications().await >= at_least).await;
    }
}
