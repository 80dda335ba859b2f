//! Kith's background worker: takes jobs from the queue, decodes them, calls one core service each,
//! and publishes what came of it. A library, so that the embedded mode runs it in the API's process.

pub mod cli;
pub mod health;
pub mod jobs;
pub mod mail;

use std::sync::Arc;

use shared::Core;
use shared::jobs::Queue;
use shared::ports::mail::Mailer;
use shared::ports::queue::JobHandler;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::jobs::{EmailRunner, NotificationRunner, PictureRunner};

/// What a worker serves, and how much at once.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The queues.
    pub queues: Vec<Queue>,
    /// Jobs in hand at once in `notifications`.
    pub concurrency: usize,
    /// Mails in hand at once in `email`.
    pub mail_concurrency: usize,
}

/// Runs jobs until `stop`, then finishes what is in hand. `core.run` must be running beside it, and
/// stop after it: it carries the events that jobs make.
pub async fn run(core: &Core, mailer: Arc<dyn Mailer>, plan: &Plan, stop: CancellationToken) {
    let mut tasks = JoinSet::new();
    for queue in plan.queues.iter().copied() {
        core.metrics.jobs().expect(queue);
        let (handler, concurrency): (Arc<dyn JobHandler>, usize) = match queue {
            Queue::Notifications => (Arc::new(NotificationRunner::start(core.clone())), plan.concurrency),
            Queue::Email => {
                core.metrics.mails().expect();
                (Arc::new(EmailRunner::new(core.clone(), Arc::clone(&mailer))), plan.mail_concurrency)
            }
            // As many as one process works on at once: more would only wait.
            Queue::Media => (Arc::new(PictureRunner::new(core.clone())), core.config.limits.pictures),
        };
        let jobs = Arc::clone(&core.ports.queue);
        let stopped = stop.clone();
        tasks.spawn(async move { jobs.consume(queue, concurrency, handler, stopped).await });
        let (sweeper, stopped) = (core.sweeper.clone(), stop.clone());
        tasks.spawn(async move { sweeper.run(queue, stopped).await });
    }
    let (janitor, stopped) = (core.janitor.clone(), stop.clone());
    tasks.spawn(async move { janitor.run(stopped).await });
    let (seen, stopped) = (core.jobs_seen.clone(), stop.clone());
    tasks.spawn(async move { seen.run(stopped).await });
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a part of the worker ended; the process stops, so that it is started anew");
            stop.cancel();
        }
    }
    core.jobs_seen.write().await;
}
