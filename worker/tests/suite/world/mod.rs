//! One Kith a test: people, the jobs that they ask for, the workers that do them.

mod jobs;
mod mailer;
mod queue;

use sea_orm::ConnectionTrait;
use shared::Core;
use shared::config::Config;
use shared::jobs::Queue;
use shared::ports::mail::Mailer;
use shared::testing::TestBed;
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use worker::Plan;

use crate::children::eventually;

pub(crate) use jobs::Job;
pub(crate) use mailer::{Answer, TestMailer};
pub(crate) use queue::FlakyQueue;

/// Who acts in every notification.
pub(crate) const ACTOR: i64 = 1;

/// A test's Kith. Its core stands for an API process: [`World::carry`] sets its relay to work.
pub(crate) struct World {
    pub(crate) bed: TestBed,
    pub(crate) core: Core,
}

/// A worker process, though it shares this one.
pub(crate) struct Worker {
    stop: CancellationToken,
    carrier: Carrier,
    work: JoinHandle<()>,
}

/// What carries jobs and events away.
pub(crate) struct Carrier(CancellationToken, JoinHandle<()>);

impl Carrier {
    pub(crate) fn start(core: Core) -> Self {
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        Self(stop, tokio::spawn(async move { core.run(stopped).await }))
    }

    /// Stops as on SIGTERM, and waits.
    pub(crate) async fn stop(self) {
        self.0.cancel();
        self.1.await.expect("the carrier ends");
    }
}

impl Worker {
    pub(crate) fn start(core: Core, mailer: Arc<dyn Mailer>) -> Self {
        let plan = Plan { queues: Queue::ALL.to_vec(), concurrency: 256, mail_concurrency: 4 };
        let stop = CancellationToken::new();
        let work = tokio::spawn({
            let (core, stop) = (core.clone(), stop.clone());
            async move { worker::run(&core, mailer, &plan, stop).await }
        });
        Self { carrier: Carrier::start(core), stop, work }
    }

    /// Stops as on SIGTERM, and waits.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.work.await.expect("the worker ends");
        self.carrier.stop().await;
    }
}

/// An inbox as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inbox {
    pub(crate) version: i64,
    pub(crate) unread: i64,
    /// Version, kind and request of each notification, by version.
    pub(crate) notifications: Vec<(i64, String, i64)>,
}

impl Inbox {
    pub(crate) fn kinds(&self) -> Vec<&str> {
        self.notifications.iter().map(|(_, kind, _)| kind.as_str()).collect()
    }
}

impl World {
    /// With `people` accounts, numbered from 1.
    pub(crate) async fn with(people: i64, change: impl FnOnce(&mut Config)) -> Self {
        let bed = Box::pin(TestBed::new(change)).await;
        let core = Box::pin(bed.core()).await;
        let world = Self { bed, core };
        for id in 1..=people {
            let now = world.core.writer.now();
            world
                .run(
                    "INSERT INTO accounts (id, username, username_key, password_hash, search, active, created_at, updated_at)
                     VALUES ($1, $2, $2, '', $2, TRUE, $3, $3)",
                    [id.into(), format!("person{id}").into(), now.into()],
                )
                .await;
            world.run("INSERT INTO inboxes (account_id) VALUES ($1)", [id.into()]).await;
        }
        world
    }

    pub(crate) async fn new(people: i64) -> Self {
        Self::with(people, |_| {}).await
    }

    /// A worker over a core that was made before the clock was turned: a process refuses to start
    /// far from its database's time.
    pub(crate) fn work(core: Core) -> Worker {
        Worker::start(core, TestMailer::new([]))
    }

    /// Sets the relay of the world's own core to work.
    pub(crate) fn carry(&self) -> Carrier {
        Carrier::start(self.core.clone())
    }

    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) {
        let statement = self.core.database.engine().statement(sql, values);
        self.core.database.writer().execute_raw(statement).await.expect("the database obeys");
    }

    pub(crate) async fn number<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) -> i64 {
        let statement = self.core.database.engine().statement(sql, values);
        let row = self.core.database.writer().query_one_raw(statement).await.expect("the database answers");
        row.expect("a row").try_get_by_index(0).expect("a number")
    }

    pub(crate) async fn inbox(&self, account: i64) -> Inbox {
        let unread = "SELECT unread_notifications FROM inboxes WHERE account_id = $1";
        let version = "SELECT version FROM inboxes WHERE account_id = $1";
        let statement = self.core.database.engine().statement(
            "SELECT version, kind, request_id FROM notifications WHERE account_id = $1 ORDER BY version",
            [account.into()],
        );
        let rows = self.core.database.writer().query_all_raw(statement).await.expect("the database answers");
        let notifications = rows.iter().map(|row| {
            let column = "a column";
            let kind: String = row.try_get("", "kind").expect(column);
            (row.try_get("", "version").expect(column), kind, row.try_get("", "request_id").expect(column))
        });
        Inbox {
            version: self.number(version, [account.into()]).await,
            unread: self.number(unread, [account.into()]).await,
            notifications: notifications.collect(),
        }
    }

    /// How many notifications there are in all.
    pub(crate) async fn notifications(&self) -> i64 {
        self.number("SELECT count(*) FROM notifications", []).await
    }

    /// Asks for `jobs` jobs, which two workers do and then stop, as on SIGTERM.
    pub(crate) async fn two_workers_do(&self, jobs: i64) {
        let (one, other) = (self.bed.core().await, self.bed.core().await);
        let carrier = self.carry();
        let workers = [Self::work(one), Self::work(other)];
        self.ask(1, jobs).await;
        self.settle().await;
        for worker in workers {
            worker.stop().await;
        }
        carrier.stop().await;
    }

    /// Waits until no job is left in the outbox.
    pub(crate) async fn settle(&self) {
        eventually("every job is done", async || self.core.outbox.depth().await.expect("an answer") == 0).await;
    }

    /// Checks that the jobs of [`World::write`] and [`World::ask`], `jobs` in all and spread over the
    /// people but the actor, made one notification each, and that every inbox's numbers are right.
    pub(crate) async fn check_exactly(&self, jobs: i64) {
        let people = self.number("SELECT count(*) FROM accounts", []).await;
        let mut requests = Vec::new();
        for account in 2..=people {
            let inbox = self.inbox(account).await;
            let versions: Vec<i64> = inbox.notifications.iter().map(|(version, ..)| *version).collect();
            let count = i64::try_from(versions.len()).expect("a count");
            assert_eq!(versions, (1..=count).collect::<Vec<_>>(), "the versions of inbox {account} have no gap");
            assert_eq!((inbox.version, inbox.unread), (count, count), "inbox {account}");
            requests.extend(inbox.notifications.into_iter().map(|(_, _, request)| request));
        }
        requests.sort_unstable();
        assert_eq!(requests, (1..=jobs).collect::<Vec<_>>(), "each job made one notification");
        assert_eq!(self.core.outbox.depth().await.expect("an answer"), 0, "the outbox is empty");
        assert_eq!(TestBed::dead_jobs(&self.core).await, [], "no job died");
    }
}
