//! The runner of the `email` queue, with a fence: a job's row is held while its mail is on its way,
//! and no transaction is open meanwhile.
//!
//! Only a worker or a server that dies between the server's acceptance and the commit can make a mail come
//! twice, and then both bear the same `Message-ID`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::TimeDelta;
use shared::Core;
use shared::database::DatabaseError;
use shared::jobs::{Failure, Held, InHand, Outcome, Queue};
use shared::metrics::MailOutcome;
use shared::ports::clock::Timestamp;
use shared::ports::mail::{MailError, Mailer};
use shared::ports::queue::{JobHandler, QueuedJob};
use tracing::Instrument;

use super::mails::{Due, MailJob, Order, Unordered, Unwritten};
use super::{backoff, done, envelope, record, undecodable};

/// For how much longer a row is held than an exchange with the server may take.
const MARGIN: TimeDelta = TimeDelta::seconds(60);
/// How long a worker goes on to record a mail that has left: less than that.
const RECORDING: Duration = Duration::from_secs(30);
/// Its wait between two tries.
const PAUSE: Duration = Duration::from_millis(250);
/// The first and the longest wait before another try, in seconds.
const BACKOFF: (i64, i64) = (5, 3_600);
/// How often a mail is tried at least, however old it is: for some ten minutes.
const FEWEST: i64 = 8;
/// The window of the limit on mails, in seconds.
const MINUTE: i64 = 60;

/// Sends the mails that jobs ask for.
#[derive(Debug)]
pub struct EmailRunner {
    core: Core,
    mailer: Arc<dyn Mailer>,
    /// This process, as the holder of rows.
    holder: String,
}

/// Why a mail did not leave.
enum Trouble {
    /// It was not given to the server; another try may help.
    Again(String),
    /// The server did not take it; another try may help.
    Unsent(String),
    /// It is to be sent later.
    Early(Timestamp),
    /// It can't be written.
    Unwritten(Unwritten),
    /// The server does not take it, now or ever.
    Refused { order: Box<Order>, error: String },
}

impl From<DatabaseError> for Trouble {
    fn from(error: DatabaseError) -> Self {
        Self::Again(error.to_string())
    }
}

impl From<Unordered> for Trouble {
    fn from(why: Unordered) -> Self {
        match why {
            Unordered::Failed(error) => Self::Again(error),
            Unordered::Early(at) => Self::Early(at),
        }
    }
}

impl EmailRunner {
    /// Sends through `mailer`.
    #[must_use]
    pub fn new(core: Core, mailer: Arc<dyn Mailer>) -> Self {
        let holder = format!("{}-{:016x}", std::process::id(), rand::random::<u64>());
        Self { core, mailer, holder }
    }

    async fn work(&self, hand: &InHand, job: &MailJob) -> Result<(), DatabaseError> {
        let (id, now) = (hand.id, self.core.writer.now());
        let due = job.due(&self.core).await?;
        if let Due::At(at) = due {
            record(&self.core, hand, None, Failure::Early { at }).await;
            return Ok(());
        }
        // What sends nothing uses nothing of the limit up.
        if due == Due::Now
            && let Err(at) = self.admit(now).await
        {
            // Those that wait are left in the database, or each would be claimed and put back every minute.
            self.core.sweeper.hold_back(Queue::Email, at);
            record(&self.core, hand, None, Failure::PutBack { at }).await;
            return Ok(());
        }
        let until = now + TimeDelta::seconds(self.core.config.mail.exchange_timeout.into()) + MARGIN;
        let Some(held) = self.core.outbox.hold(id, &self.holder, now, until).await? else {
            done(&self.core, hand, false); // or in other hands
            return Ok(());
        };
        let failure = match self.send(hand, job).await {
            Ok(mine) => {
                done(&self.core, hand, mine);
                return Ok(());
            }
            Err(Trouble::Refused { order, error }) => {
                self.core.metrics.mails().count(hand.name, MailOutcome::Refused);
                return self.refused(hand, &order, error).await;
            }
            Err(Trouble::Early(at)) => Failure::Early { at },
            Err(Trouble::Unwritten(error)) => Failure::Dead { error: error.to_string() },
            Err(Trouble::Again(error)) => self.again(held, error),
            Err(Trouble::Unsent(error)) => {
                let failure = self.again(held, error);
                let last = matches!(failure, Failure::Dead { .. });
                let outcome = if last { MailOutcome::GivenUp } else { MailOutcome::Failed };
                self.core.metrics.mails().count(hand.name, outcome);
                failure
            }
        };
        record(&self.core, hand, Some(&self.holder), failure).await;
        Ok(())
    }

    /// Counts a mail of this minute, over all workers; when there were enough, answers when the next begins.
    async fn admit(&self, now: Timestamp) -> Result<(), Timestamp> {
        let Some(limit) = self.core.config.mail.per_minute else { return Ok(()) };
        let minute = now.timestamp().div_euclid(MINUTE);
        // The minute is in the key, so that all workers mean the same one, whenever the limiter's began.
        let counted = self.core.ports.limiter.count(&format!("mail:{minute}"), limit).await;
        let next = Timestamp::from_timestamp((minute + 1) * MINUTE, 0);
        counted.map_err(|_| next.unwrap_or(now + TimeDelta::seconds(MINUTE)))
    }

    /// Tries later, for as long as mails are tried; the last try is when that time ends.
    fn again(&self, held: Held, error: String) -> Failure {
        let now = self.core.writer.now();
        let end = held.created_at + TimeDelta::hours(self.core.config.mail.give_up_hours.into());
        let wait = backoff(held.attempts, BACKOFF.0, BACKOFF.1);
        if held.attempts < FEWEST {
            return Failure::Retry { at: now + wait, error }; // it may have waited long for its first try
        }
        if now >= end {
            return Failure::Dead { error };
        }
        Failure::Retry { at: end.min(now + wait), error }
    }

    /// Sends the mail; answers whether the job was still held here when it was done.
    async fn send(&self, hand: &InHand, job: &MailJob) -> Result<bool, Trouble> {
        let id = hand.id;
        let Some(order) = job.order(&self.core).await? else {
            return Ok(self.finish(id, None).await?); // done without it, or gone
        };
        let message_id = format!("<{}.{id}@kith>", self.core.epoch);
        let mail = order.write(&self.core, message_id).map_err(Trouble::Unwritten)?;
        let patience = Duration::from_secs(self.core.config.mail.exchange_timeout.into());
        match tokio::time::timeout(patience, self.mailer.send(&mail)).await {
            Ok(Ok(())) => {
                self.core.metrics.mails().count(hand.name, MailOutcome::Accepted);
                Ok(self.accepted(id, &order).await?)
            }
            Ok(Err(error @ MailError::Temporary(_))) => Err(Trouble::Unsent(error.to_string())),
            Ok(Err(error @ MailError::Permanent(_))) => {
                Err(Trouble::Refused { order: Box::new(order), error: error.to_string() })
            }
            Err(_) => Err(Trouble::Unsent("the mail server did not answer in time".to_owned())),
        }
    }

    /// Records that the server has the mail. What is not recorded is sent again, so a database that is away
    /// is waited for while the row is held.
    async fn accepted(&self, id: i64, order: &Order) -> Result<bool, DatabaseError> {
        let begun = Instant::now();
        loop {
            match self.finish(id, Some(order)).await {
                Err(error) if begun.elapsed() < RECORDING => {
                    tracing::warn!(%error, "a mail has left, and the database does not hear of it");
                    tokio::time::sleep(PAUSE).await;
                }
                recorded => return recorded,
            }
        }
    }

    /// Takes the job out, if it is still held here, and notes what was sent: a link's life begins. Answers whether it
    /// was.
    async fn finish(&self, id: i64, sent: Option<&Order>) -> Result<bool, DatabaseError> {
        let work = self.core.writer.begin().await?;
        let mine = self.core.outbox.finish_held(work.tx(), id, &self.holder).await?;
        if !mine {
            tracing::warn!("the hold on a mail passed before that was recorded; it may be sent twice");
        }
        if let Some(order) = sent {
            order.sent(&self.core, &work).await?;
        }
        work.commit().await?;
        Ok(mine)
    }

    /// Buries the job, if it is still held here, and marks the address that is refused.
    async fn refused(&self, hand: &InHand, order: &Order, error: String) -> Result<(), DatabaseError> {
        let id = hand.id;
        let work = self.core.writer.begin().await?;
        if !self.core.outbox.bury_held(work.tx(), id, &self.holder, &error, work.now()).await? {
            tracing::warn!(error, "a mail was refused after the hold on it had passed");
            done(&self.core, hand, false);
            return Ok(()); // whoever holds it now hears for themselves
        }
        order.refused(&self.core, &work).await?;
        work.commit().await?;
        self.core.jobs_seen.record(hand, Outcome::Dead);
        tracing::error!(error, "a mail was refused for good");
        Ok(())
    }
}

#[async_trait]
impl JobHandler for EmailRunner {
    async fn handle(&self, job: QueuedJob) {
        let Some((envelope, hand)) = envelope(&self.core, Queue::Email, &job).await else { return };
        match MailJob::read(&envelope) {
            Ok(job) => {
                let work = self.work(&hand, &job).instrument(hand.span.clone());
                if let Err(error) = work.await {
                    tracing::warn!(parent: &hand.span, %error, "a mail waits for the database");
                }
            }
            Err(error) => {
                tracing::warn!(parent: &hand.span, %error, "a job can't be read here");
                record(&self.core, &hand, None, undecodable(&self.core, &error)).await;
            }
        }
        self.core.sweeper.progress(Queue::Email);
    }
}
