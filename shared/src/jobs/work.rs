//! A change and what follows from it: one transaction, the jobs it asks for, the events it makes.

use std::sync::Arc;

use super::{BornJob, NewJob, Origin, Outbox, Payload, Relay};
use crate::database::{Database, DatabaseError, Engine, Transaction};
use crate::events::{Event, Publisher};
use crate::ports::clock::{Clock, Timestamp};

/// Begins units of work, and hands over what they leave behind. Every service has one: cheap to clone.
#[derive(Debug, Clone)]
pub struct Writer(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    database: Database,
    outbox: Outbox,
    relay: Relay,
    publisher: Publisher,
    clock: Arc<dyn Clock>,
}

impl Writer {
    /// Over the given parts.
    pub fn new(database: Database, relay: Relay, publisher: Publisher, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Parts { outbox: Outbox::new(database.clone()), database, relay, publisher, clock }))
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.0.database.engine()
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The relay, for the statements that write a job themselves.
    #[must_use]
    pub fn relay(&self) -> &Relay {
        &self.0.relay
    }

    /// Tells sockets what is kept nowhere.
    pub fn publish(&self, events: impl IntoIterator<Item = Event>) {
        self.0.publisher.publish(events);
    }

    /// Begins.
    ///
    /// # Errors
    /// No connection is free in time.
    pub async fn begin(&self) -> Result<UnitOfWork, DatabaseError> {
        let tx = self.0.database.begin().await?;
        Ok(UnitOfWork { writer: self.clone(), tx, now: self.0.clock.now(), jobs: Vec::new(), events: Vec::new() })
    }
}

/// One transaction. Dropped, it leaves nothing; committed, its jobs go to the relay and its events
/// to the publisher.
#[derive(Debug)]
pub struct UnitOfWork {
    writer: Writer,
    tx: Transaction,
    now: Timestamp,
    jobs: Vec<BornJob>,
    events: Vec<Event>,
}

impl UnitOfWork {
    /// The transaction, for statements.
    #[must_use]
    pub fn tx(&self) -> &Transaction {
        &self.tx
    }

    /// When the work began: the one time that all its rows bear.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.writer.engine()
    }

    /// Makes work on the pair wait for one another.
    ///
    /// # Errors
    /// The lock is not had in time.
    pub async fn lock_pair(&self, one: i64, other: i64) -> Result<(), DatabaseError> {
        self.writer.0.database.lock_pair(&self.tx, one, other).await
    }

    /// Makes work on the word wait for one another.
    ///
    /// # Errors
    /// The lock is not had in time.
    pub async fn lock_word(&self, word: &str) -> Result<(), DatabaseError> {
        self.writer.0.database.lock_word(&self.tx, word).await
    }

    /// Asks for background work.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn ask<P: Payload>(&mut self, payload: &P) -> Result<(), DatabaseError> {
        let job = NewJob::new(payload);
        let lease_until = self.writer.0.relay.lease_until(job.queue, self.now);
        let origin = Origin::here(self.now);
        let id = self.writer.0.outbox.write(&self.tx, &job, &origin, lease_until).await?;
        if lease_until > self.now {
            let NewJob { queue, name, version, payload } = job;
            self.jobs.push(BornJob { id, queue, name: name.to_owned(), version, payload, pushes: 0, origin });
        }
        Ok(())
    }

    /// Asks for background work at `at`: workers' sweepers claim it then.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn ask_at<P: Payload>(&self, payload: &P, at: Timestamp) -> Result<(), DatabaseError> {
        self.writer.0.outbox.write_for(&self.tx, &NewJob::new(payload), &Origin::here(self.now), at).await?;
        Ok(())
    }

    /// Tells sockets, once committed. What says nothing of its origin comes from here.
    pub fn tell(&mut self, mut event: Event) {
        if let Event::Inbox(event) = &mut event {
            event.origin.get_or_insert_with(|| Origin::here(self.now));
        }
        self.events.push(event);
    }

    /// Undoes everything, and returns when it is undone: dropped, the work is undone too, but perhaps
    /// later than the next look at its rows.
    pub async fn rollback(self) {
        if let Err(error) = self.tx.rollback().await {
            // The connection is broken; the server undoes what it had begun.
            tracing::debug!(%error, "a rollback was not heard");
        }
    }

    /// Commits, and hands over.
    ///
    /// # Errors
    /// The commit failed; whether it took effect is unknown only when the connection broke.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        self.tx.commit().await?;
        self.writer.0.relay.hand_over(self.jobs);
        self.writer.0.publisher.publish(self.events);
        Ok(())
    }
}
