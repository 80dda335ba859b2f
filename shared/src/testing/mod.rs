//! For tests alone: a database a test, a clock to turn, and cores that are alike in both sizes.
//!
//! `KITH_TEST_DATABASE_URL` names a PostgreSQL server on which each test makes its own database;
//! without it each test has a SQLite file. `KITH_TEST_REDIS_URL` names a Redis in which each test
//! has its own prefix; without it everything is in memory. `KITH_TEST_S3` names an S3 server with a bucket
//! `kith`, for whoever signs with the key `kith` and the secret `kith-secret`; without it the client talks to a
//! stand-in. `KITH_TEST_LOG` is a `tracing` filter for
//! whoever wants to see what a test's processes log.

#![expect(clippy::expect_used, reason = "a test that can't be set up has nothing to test")]

mod clock;
mod database;
mod statements;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use tempfile::TempDir;

pub use clock::TurnedClock;
pub use database::TestDatabase;
pub use statements::Statements;

use crate::config::Config;
use crate::database::Database;
use crate::jobs::{Asker, DeadJob, JobBoardError, JobFilter};
use crate::listings::{ListingChange, NewListing, Whereby};
use crate::page::Span;
use crate::places::{NewCity, NewProvince};
use crate::ports::clock::Clock;
use crate::{Core, Ports};

/// The Redis of the tests, if they have one.
#[must_use]
pub fn redis_url() -> Option<String> {
    std::env::var("KITH_TEST_REDIS_URL").ok().filter(|url| !url.is_empty())
}

/// The address of the S3 server of the tests, if they have one.
#[must_use]
pub fn s3_endpoint() -> Option<String> {
    std::env::var("KITH_TEST_S3").ok().filter(|url| !url.is_empty())
}

/// Whether the tests run on PostgreSQL and Redis.
#[must_use]
pub fn production() -> bool {
    database::server_url().is_some() && redis_url().is_some()
}

/// What the processes of one test share: the database, the outside, the clock, a data folder.
#[derive(Debug)]
pub struct TestBed {
    /// The configuration that [`Self::core`] begins from.
    pub config: Config,
    /// The clock of every core of this bed.
    pub clock: TurnedClock,
    database: TestDatabase,
    /// In the embedded size all cores share one set of ports, as one process does.
    embedded: Option<Ports>,
    folder: TempDir,
}

impl TestBed {
    /// A fresh bed with a migrated database. `change` may change the configuration.
    ///
    /// # Panics
    /// When the database can't be made: there is nothing to test then.
    pub async fn new(change: impl FnOnce(&mut Config)) -> Self {
        if let Ok(level) = std::env::var("KITH_TEST_LOG") {
            static LINES: std::sync::OnceLock<crate::telemetry::Telemetry> = std::sync::OnceLock::new();
            let log = crate::config::LogConfig { level, ..Default::default() };
            let config = Config { log, ..Config::default() };
            LINES.get_or_init(|| crate::telemetry::init(&config, "test").expect("KITH_TEST_LOG is a filter"));
        }
        crate::tls::choose_provider();
        let folder = tempfile::tempdir().expect("a scratch folder");
        let database = TestDatabase::create(folder.path()).await;
        let mut config = Config::default();
        folder.path().clone_into(&mut config.server.data);
        config.server.bind = ([127, 0, 0, 1], 0).into();
        database.url().clone_into(&mut config.database.url);
        config.database.connections = 10;
        config.redis.url = redis_url();
        config.redis.prefix = format!("test-{:016x}", rand::random::<u64>());
        config.secrets = crate::config::Secrets::with_key("a key that is for tests and for nothing else");
        change(&mut config);
        let clock = TurnedClock::default();
        let embedded =
            config.embedded().then(|| Ports::connect(&config, Arc::new(clock.clone())).expect("ports in memory"));
        Self { config, clock, database, embedded, folder }
    }

    /// The scratch folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> &str {
        self.database.url()
    }

    /// A core as one more process has it: its own connections, the bed's clock.
    ///
    /// # Panics
    /// When it can't be put together: there is nothing to test then.
    pub async fn core(&self) -> Core {
        Box::pin(self.core_with(|_| {})).await
    }

    /// The same, over changed ports.
    ///
    /// # Panics
    /// When it can't be put together: there is nothing to test then.
    pub async fn core_with(&self, change: impl FnOnce(&mut Ports)) -> Core {
        let (database, mut ports) = self.outside().await;
        change(&mut ports);
        Box::pin(Core::new(self.config.clone(), database, ports)).await.expect("a core")
    }

    /// The same, with what it asks of its database.
    ///
    /// # Panics
    /// When it can't be put together: there is nothing to test then.
    pub async fn core_heard(&self) -> (Core, Statements) {
        let (mut database, ports) = self.outside().await;
        let statements = Statements::default();
        let heard = statements.clone();
        database.tell(move |sql| heard.note(sql));
        let core = Box::pin(Core::new(self.config.clone(), database, ports)).await.expect("a core");
        (core, statements)
    }

    /// A database and ports as one more process has them.
    async fn outside(&self) -> (Database, Ports) {
        let clock: Arc<dyn Clock> = Arc::new(self.clock.clone());
        let database = Database::connect(&self.config.database, clock.as_ref()).await.expect("the database answers");
        let ports = match &self.embedded {
            Some(ports) => ports.clone(),
            None => Ports::connect(&self.config, clock).expect("a Redis address"),
        };
        (database, ports)
    }

    /// Makes a listing of an account, and a place for it when there is none; answers its id.
    ///
    /// # Panics
    /// When the core refuses it.
    pub async fn listing(core: &Core, account_id: i64) -> i64 {
        if core.places.is_empty().await.expect("the database answers") {
            let province = NewProvince { id: 1, name_fa: "province".to_owned(), name_en: None };
            let city = NewCity { id: 1, province_id: 1, name_fa: "city".to_owned(), name_en: None };
            core.places.load(vec![province], vec![city], |_| {}).await.expect("they are loaded");
        }
        let listing = NewListing {
            title: "Plumbing".to_owned(),
            subcategory_id: 1,
            place: Whereby::City(1),
            rest: ListingChange::default(),
            idempotency_key: None,
        };
        core.listings.create(account_id, listing).await.expect("a listing").card.id
    }

    /// The keys of all that the folder of pictures holds.
    ///
    /// # Panics
    /// When it can't be read.
    #[must_use]
    pub fn pictures(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for folder in ["avatars", "listings", "thumbnails"] {
            // Made by the first picture in it.
            let Ok(entries) = std::fs::read_dir(self.folder().join("media").join(folder)) else { continue };
            keys.extend(entries.map(|entry| {
                let name = entry.expect("an entry").file_name();
                format!("{folder}/{}", name.display())
            }));
        }
        keys
    }

    /// The dead jobs, newest first, at most ten.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn dead_jobs(core: &Core) -> Vec<DeadJob> {
        let page = core.job_board.dead(Asker::Operator, &JobFilter::default(), Span::newest(10)).await;
        page.expect("the database answers").items
    }

    /// Puts a dead job back, as an operator does; answers whether there was one.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn retry_dead(core: &Core, id: i64) -> bool {
        match core.job_board.retry(Asker::Operator, id).await {
            Ok(_) => true,
            Err(JobBoardError::NotFound) => false,
            Err(error) => panic!("{error}"),
        }
    }

    /// Runs a statement on the database of `core`, for tests of what knows no SQL.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn execute(core: &Core, sql: &str) {
        let statement = core.database.engine().statement(sql, []);
        core.database.writer().execute_raw(statement).await.expect("the statement runs");
    }
}
