//! The core, put together: every service over the ports of a configuration.

mod account_services;
mod ports;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use self::account_services::AccountServices;
pub use self::ports::Ports;
use crate::accounts::{
    Credentials, Deletions, Links, Preferences, Profiles, Registrations, Sessions, Suspensions, TokenSigner,
};
use crate::audit::AuditLog;
use crate::chats::Chats;
use crate::config::{Config, ConfigError, SecretError};
use crate::connections::{Blocks, Decisions, Requests, Ties};
use crate::contact::ContactMessages;
use crate::database::{Database, DatabaseError};
use crate::events::Publisher;
use crate::exports::Exports;
use crate::inboxes::CatchUps;
use crate::jobs::{JobBoard, JobsSeen, Outbox, Relay, Sweeper, Writer};
use crate::listings::{Catalogue, ListingPictures, Listings, Reviews, Thumbnails};
use crate::media::{Avatars, Media, MediaStore};
use crate::metrics::{Lookout, Metrics};
use crate::moderation::{Curation, Reports};
use crate::notifications::{Delivery, Notifications};
use crate::places::{Addresses, Places};
use crate::ports::clock::{Clock, SystemClock};
use crate::ports::queue::QueueError;
use crate::presence::Presence;
use crate::retention::Janitor;
use crate::suggestions::Suggestions;
use crate::support::Cases;

/// Between two looks at a database that is not migrated.
const MIGRATION_PAUSE: Duration = Duration::from_secs(1);

/// The core can't be put together.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No signing key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The media store can't be used as configured.
    #[error(transparent)]
    Media(#[from] ConfigError),
    /// The database is away or refuses.
    #[error("database: {0}")]
    Database(#[from] DatabaseError),
    /// The Redis address is not one.
    #[error("REDIS_URL: {0}")]
    Redis(#[from] crate::ports::RedisError),
    /// The job queue is not as Kith needs it.
    #[error("{0}")]
    Queue(#[from] QueueError),
}

/// Every service, and the loops that carry what they ask for.
#[derive(Debug, Clone)]
pub struct Core {
    /// The configuration in force.
    pub config: Arc<Config>,
    /// The outside.
    pub ports: Ports,
    /// The database.
    pub database: Database,
    /// Begins units of work.
    pub writer: Writer,
    /// Makes accounts.
    pub registrations: Registrations,
    /// Links that are mailed.
    pub links: Links,
    /// Signs people in and tells who calls.
    pub sessions: Sessions,
    /// Profiles and people.
    pub profiles: Profiles,
    /// Passwords and emails, changed by whoever holds the account.
    pub credentials: Credentials,
    /// What people choose of how they are met.
    pub preferences: Preferences,
    /// The end of accounts.
    pub deletions: Deletions,
    /// What is kept of accounts, for their owners.
    pub exports: Arc<Exports>,
    /// Pictures that people upload.
    pub media: Media,
    /// People's own pictures.
    pub avatars: Avatars,
    /// The pictures of listings.
    pub listing_pictures: ListingPictures,
    /// Their small forms, which workers make.
    pub thumbnails: Thumbnails,
    /// Connection requests.
    pub requests: Requests,
    /// Decisions about them.
    pub decisions: Decisions,
    /// Connections.
    pub ties: Ties,
    /// Blocks.
    pub blocks: Blocks,
    /// Chats and messages.
    pub chats: Chats,
    /// Whom people may want to connect with.
    pub suggestions: Suggestions,
    /// Inboxes.
    pub notifications: Notifications,
    /// Who is there.
    pub presence: Presence,
    /// Provinces and cities.
    pub places: Places,
    /// The addresses that people keep.
    pub addresses: Addresses,
    /// What listings are sorted by, and what they take.
    pub catalogue: Catalogue,
    /// What people offer.
    pub listings: Listings,
    /// What people say of it.
    pub reviews: Reviews,
    /// Messages to whoever runs this Kith.
    pub contact: ContactMessages,
    /// What people ask whoever runs this Kith.
    pub cases: Cases,
    /// What people report.
    pub reports: Reports,
    /// What staff keep in order.
    pub curation: Curation,
    /// Suspending accounts.
    pub suspensions: Suspensions,
    /// What staff did.
    pub audit: AuditLog,
    /// What clients missed.
    pub catch_ups: CatchUps,
    /// What workers put into inboxes.
    pub delivery: Delivery,
    /// The outbox.
    pub outbox: Outbox,
    /// Jobs, for whoever looks after them.
    pub job_board: JobBoard,
    /// What became of the jobs that this process had in hand.
    pub jobs_seen: JobsSeen,
    /// The workers' relay.
    pub sweeper: Sweeper,
    /// Retention.
    pub janitor: Janitor,
    /// The random name of the database's life.
    pub epoch: String,
    /// What this process counts.
    pub metrics: Metrics,
    lookout: Lookout,
    relay: Relay,
    publisher: Publisher,
}

/// What takes changes to the database, and what follows from them away.
struct Carriers {
    outbox: Outbox,
    relay: Relay,
    publisher: Publisher,
    sweeper: Sweeper,
    writer: Writer,
}

impl Carriers {
    fn new(database: &Database, ports: &Ports, epoch: &str, config: &Config, metrics: &Metrics) -> Self {
        let outbox = Outbox::new(database.clone());
        let clock = || Arc::clone(&ports.clock);
        let queue = Arc::clone(&ports.queue);
        let (epoch, settings) = (epoch.to_owned(), config.outbox.clone());
        let sweeper =
            Sweeper::new(Arc::clone(&queue), outbox.clone(), clock(), epoch.clone(), settings.clone(), metrics.clone());
        let relay = Relay::new(queue, outbox.clone(), clock(), epoch, settings, metrics.clone());
        let publisher = Publisher::new(Arc::clone(&ports.bus), metrics.clone());
        let writer = Writer::new(database.clone(), relay.clone(), publisher.clone(), clock());
        Self { outbox, relay, publisher, sweeper, writer }
    }
}

impl Core {
    /// Puts the core together over a migrated database.
    ///
    /// # Errors
    /// No signing key; the media store can't be used as configured; the database refuses or is not migrated.
    #[expect(clippy::too_many_lines, reason = "a list: a line or two for each service")]
    pub async fn new(config: Config, database: Database, ports: Ports) -> Result<Self, StartError> {
        let folder = (config.embedded() && !config.database.postgres()).then_some(config.server.data.as_path());
        let keys = config.secrets.keys(folder)?;
        let store = MediaStore::open(&config.media, &config.server.data)?;
        let epoch = database.epoch().await?;
        if let Some((clients, _)) = &ports.redis {
            clients.first_connections().await;
        }
        let metrics = Metrics::default();
        let carriers = Carriers::new(&database, &ports, &epoch, &config, &metrics);
        let Carriers { outbox, relay, publisher, sweeper, writer } = carriers;
        let notifications = Notifications::new(writer.clone());
        let media = Media::new(writer.clone(), store, Arc::clone(&ports.limiter), &config.limits);
        let avatars = Avatars::new(media.clone());
        let presence = Presence::new(writer.clone(), Arc::clone(&ports.presence), &config.gateway);
        let signer = TokenSigner::new(&keys);
        let accounts = AccountServices::new(&config, &writer, &ports.limiter, signer, &avatars, &presence);
        let AccountServices { registrations, links, sessions, profiles, credentials, preferences } = accounts;
        let delivery = Delivery::new(writer.clone());
        let chats = Chats::new(writer.clone(), Arc::clone(&ports.limiter), &config);
        let (requests, ties) = (Requests::new(writer.clone(), config.limits.clone()), Ties::new(writer.clone()));
        let (blocks, addresses) = (Blocks::new(writer.clone()), Addresses::new(writer.clone()));
        let suggestions = Suggestions::new(writer.clone());
        let contact = ContactMessages::new(writer.clone(), Arc::clone(&ports.limiter), &config.limits);
        let (listings, reviews) = (Listings::new(writer.clone()), Reviews::new(writer.clone()));
        let cases = Cases::new(writer.clone());
        let suspensions = Suspensions::new(writer.clone(), sessions.clone());
        let reports = Reports::new(writer.clone(), chats.clone(), suspensions.clone());
        let exports = Arc::new(Exports {
            profiles: profiles.clone(),
            preferences: preferences.clone(),
            sessions: sessions.clone(),
            addresses: addresses.clone(),
            ties: ties.clone(),
            requests: requests.clone(),
            blocks: blocks.clone(),
            suggestions: suggestions.clone(),
            notifications: notifications.clone(),
            chats: chats.clone(),
            contact: contact.clone(),
            listings: listings.clone(),
            reviews: reviews.clone(),
            cases: cases.clone(),
            reports: reports.clone(),
            limiter: Arc::clone(&ports.limiter),
        });
        Ok(Self {
            exports,
            preferences,
            suggestions,
            requests,
            ties,
            blocks,
            addresses,
            deletions: Deletions::new(
                writer.clone(),
                sessions.clone(),
                credentials.clone(),
                delivery.clone(),
                chats.clone(),
                reviews.clone(),
            ),
            contact,
            cases,
            reports,
            curation: Curation::new(writer.clone()),
            suspensions,
            audit: AuditLog::new(writer.clone()),
            registrations,
            avatars,
            listing_pictures: ListingPictures::new(media.clone()),
            thumbnails: Thumbnails::new(media.clone()),
            decisions: Decisions::new(writer.clone()),
            places: Places::new(writer.clone()),
            catalogue: Catalogue::new(writer.clone()),
            listings,
            reviews,
            catch_ups: CatchUps::new(database.clone()),
            job_board: JobBoard::new(writer.clone(), Arc::clone(&ports.queue)),
            jobs_seen: JobsSeen::new(writer.clone(), metrics.clone()),
            sweeper,
            janitor: Janitor::new(
                writer.clone(),
                notifications.clone(),
                chats.clone(),
                profiles.clone(),
                media.clone(),
                config.retention.clone(),
            ),
            links,
            sessions,
            profiles,
            credentials,
            delivery,
            chats,
            notifications,
            presence,
            media,
            outbox,
            epoch,
            lookout: Lookout::new(database.clone(), ports.clone()),
            metrics,
            relay,
            publisher,
            writer,
            database,
            ports,
            config: Arc::new(config),
        })
    }

    /// Connects to what `config` names and puts the core together, by the machine's clock: for commands, which wait for
    /// nothing.
    ///
    /// # Errors
    /// Something that must be there is not, or the database is not migrated.
    pub async fn start_migrated(config: Config) -> Result<Self, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let database = Database::connect(&config.database, clock.as_ref()).await?;
        database.epoch().await?;
        let ports = Ports::connect(&config, clock)?;
        Self::new(config, database, ports).await
    }

    /// Connects to what `config` names and puts the core together, by the machine's clock. Waits for
    /// a database that is not migrated yet: the API, which migrates it, may start a moment later.
    ///
    /// # Errors
    /// Something that must be there is not.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let database = Database::connect(&config.database, clock.as_ref()).await?;
        while matches!(database.epoch().await, Err(DatabaseError::NotMigrated)) {
            tracing::warn!("the database is not migrated yet; waiting");
            tokio::time::sleep(MIGRATION_PAUSE).await;
        }
        let ports = Ports::connect(&config, clock)?;
        Self::new(config, database, ports).await
    }

    /// Carries jobs and events away until `stop`; then what is still here, and returns. Stop it after
    /// whatever makes them.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(self.relay.run(stop.clone()), self.publisher.run(stop));
    }

    /// What this process counts, and what the database and Redis say, as Prometheus reads it.
    pub async fn scrape(&self) -> String {
        self.metrics.scrape(&self.lookout).await
    }

    /// Hears the events of other processes until `stop`, for whoever subscribes to the bus.
    pub async fn hear(&self, stop: CancellationToken) {
        match &self.ports.redis {
            Some((_, bus)) => bus.listen(stop).await,
            None => stop.cancelled().await, // in one process, what is published is heard
        }
    }

    /// Closes connections. Nothing may be running any more.
    pub fn close(self) -> impl Future<Output = ()> + Send {
        let Self { ports: Ports { redis, .. }, database, .. } = self;
        async move {
            if let Some((clients, _)) = &redis {
                clients.close().await;
            }
            database.close().await;
        }
    }
}
