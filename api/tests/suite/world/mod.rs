//! A running Kith a test: API processes, workers, and the people who use them.

#![expect(clippy::expect_used, reason = "a world that does not run has nothing to test")]

mod documented;
pub(crate) mod frames;
mod mail;
mod person;
mod socket;
mod wayward;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use shared::accounts::TokenKind;
use shared::config::Config;
use shared::jobs::Queue;
use shared::ports::clock::Clock;
use shared::ports::mail::Mailer;
use shared::ports::presence::PresenceStore;
use shared::testing::{Statements, TestBed};
use shared::{Core, Ports};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use worker::Plan;

pub(crate) use documented::complaint;
pub(crate) use mail::{Sent, mails};
pub(crate) use person::{Answer, PASSWORD, Person};
pub(crate) use socket::Socket;
pub(crate) use wayward::{Fault, Wayward};

/// How long anything may take before a test says that it never came.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An API process, though it shares this one.
pub(crate) struct Api {
    pub(crate) core: Core,
    pub(crate) address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Api {
    /// Stops as on SIGTERM, and waits.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.serving.await.expect("the server ends").expect("and ends well");
    }
}

/// A worker process, though it shares this one.
pub(crate) struct Worker {
    stop: CancellationToken,
    carrying: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Stops as on SIGTERM, and waits.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        let mut tasks = self.tasks.into_iter();
        tasks.next().expect("the work").await.expect("the worker ends");
        self.carrying.cancel();
        for task in tasks {
            task.await.expect("the carrier ends");
        }
    }
}

/// One Kith.
pub(crate) struct World {
    pub(crate) bed: TestBed,
    pub(crate) apis: Vec<Api>,
    pub(crate) workers: Vec<Worker>,
}

impl World {
    /// One API process and one worker.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The same under a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut world = Self::without_worker(change).await;
        world.add_worker().await;
        world
    }

    /// One API process and nobody to do background work.
    pub(crate) async fn without_worker(change: impl FnOnce(&mut Config)) -> Self {
        let bed = TestBed::new(change).await;
        let mut world = Self { bed, apis: Vec::new(), workers: Vec::new() };
        world.add_api().await;
        world
    }

    /// One API process whose presence store may fail, and nobody to do background work.
    pub(crate) async fn wayward(change: impl FnOnce(&mut Config)) -> (Self, Arc<Wayward>) {
        let mut store = None;
        let put = |ports: &mut Ports| {
            let wayward = Arc::new(Wayward::over(Arc::clone(&ports.presence)));
            ports.presence = Arc::clone(store.insert(wayward)) as Arc<dyn PresenceStore>;
        };
        let world = Self::over(change, put).await;
        (world, store.expect("the core has it"))
    }

    /// One API process over changed ports, and nobody to do background work.
    pub(crate) async fn over(change: impl FnOnce(&mut Config), put: impl FnOnce(&mut Ports)) -> Self {
        let bed = TestBed::new(change).await;
        let core = Box::pin(bed.core_with(put)).await;
        let mut world = Self { bed, apis: Vec::new(), workers: Vec::new() };
        Box::pin(world.add_api_of(core)).await;
        world
    }

    /// One API process, nobody to do background work, and what the process asks of its database.
    pub(crate) async fn heard() -> (Self, Statements) {
        let bed = TestBed::new(|_| {}).await;
        let (core, statements) = Box::pin(bed.core_heard()).await;
        let mut world = Self { bed, apis: Vec::new(), workers: Vec::new() };
        Box::pin(world.add_api_of(core)).await;
        (world, statements)
    }

    /// One more API process.
    pub(crate) async fn add_api(&mut self) -> &Api {
        let core = self.bed.core().await;
        Box::pin(self.add_api_of(core)).await
    }

    /// One more API process over `core`.
    async fn add_api_of(&mut self, core: Core) -> &Api {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let stop = CancellationToken::new();
        let serving = tokio::spawn(api::server::serve(core.clone(), listener, stop.clone()));
        self.apis.push(Api { core, address, stop, serving });
        self.apis.last().expect("just pushed")
    }

    /// One more worker, for every queue.
    pub(crate) async fn add_worker(&mut self) {
        let core = self.bed.core().await;
        let mailer = worker::mail::mailer(&core.config).expect("a mailer");
        self.add_worker_of(core, mailer);
    }

    /// One more worker that sends through `mailer`.
    pub(crate) fn add_worker_of(&mut self, core: Core, mailer: Arc<dyn Mailer>) {
        let plan = Plan { queues: Queue::ALL.to_vec(), concurrency: 64, mail_concurrency: 4 };
        let (stop, carrying) = (CancellationToken::new(), CancellationToken::new());
        let work = tokio::spawn({
            let (core, stop) = (core.clone(), stop.clone());
            async move { worker::run(&core, mailer, &plan, stop).await }
        });
        let carrier = tokio::spawn({
            let carrying = carrying.clone();
            async move { core.run(carrying).await }
        });
        self.workers.push(Worker { stop, carrying, tasks: vec![work, carrier] });
    }

    /// The first API process's core.
    pub(crate) fn core(&self) -> &Core {
        &self.apis[0].core
    }

    /// Somebody new, signed in at the first API process.
    pub(crate) async fn person(&self, name: &str) -> Person {
        Person::join(self.apis[0].address, name).await
    }

    /// Turns the clock to `left` before somebody's token ends; answers when that is. What is done with the token
    /// then may come too late on a machine that is slow: it is to be done again with a new session.
    pub(crate) async fn turn_to_the_last(&self, left: TimeDelta, person: &Person) -> DateTime<Utc> {
        let token = person.token.as_deref().expect("signed in");
        let kinds = [TokenKind::Access, TokenKind::Sliding];
        let ends = self.core().sessions.authenticate(token, &kinds).await.expect("it lives").expires_at;
        self.bed.clock.turn((ends - left - self.bed.clock.now()).max(TimeDelta::zero()));
        ends
    }

    /// Waits until no job is left in the outbox.
    pub(crate) async fn settle(&self) {
        let core = self.core();
        eventually("every job is done", async || core.outbox.depth().await.expect("the outbox answers") == 0).await;
    }

    /// Stops everything. Jobs left in the outbox fail the test.
    pub(crate) async fn finish(self) {
        if !self.workers.is_empty() {
            self.settle().await;
        }
        for worker in self.workers {
            worker.stop().await;
        }
        for api in self.apis {
            Box::pin(api.stop()).await;
        }
    }
}

/// Waits until `condition` holds.
pub(crate) async fn eventually(what: &str, condition: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !condition().await {
        assert!(tokio::time::Instant::now() < deadline, "it never came that {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
