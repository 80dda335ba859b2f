//! The runner of the `email` queue, with a fence: a job's row is held while its mail is on its way,
//! and no transaction is open meanwhile.
//!
//! A mail can be sent twice only when the process dies between the server's acceptance and the
//! commit, and then both bear the same `Message-ID`.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use shared::Core;
use shared::accounts::{AccountError, LinkJob, MailOrder};
use shared::database::DatabaseError;
use shared::jobs::payloads::{AccountActivation, EmailConfirmation, PasswordReset};
use shared::jobs::{DecodeError, Envelope, Failure, Payload, Queue};
use shared::ports::mail::{MailError, Mailer};
use shared::ports::queue::{JobHandler, QueuedJob};

use super::{backoff, envelope, record, undecodable};
use crate::mail::templates;

/// How long a row is held for one try: longer than an exchange with the server may take.
const HELD: TimeDelta = TimeDelta::seconds(120);
/// The first and the longest wait before another try, in seconds.
const BACKOFF: (i64, i64) = (5, 3_600);

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
    Again(String),
    Never(String),
}

impl From<DatabaseError> for Trouble {
    fn from(error: DatabaseError) -> Self {
        Self::Again(error.to_string())
    }
}

impl From<AccountError> for Trouble {
    fn from(error: AccountError) -> Self {
        Self::Again(error.to_string())
    }
}

impl From<MailError> for Trouble {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Temporary(_) => Self::Again(error.to_string()),
            MailError::Permanent(_) => Self::Never(error.to_string()),
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

    async fn work(&self, envelope: &Envelope, job: &LinkJob) -> Result<(), DatabaseError> {
        let now = self.core.writer.now();
        let Some(attempts) = self.core.outbox.hold(envelope.id, &self.holder, now, now + HELD).await? else {
            return Ok(()); // done, or in other hands
        };
        let trouble = match self.send(envelope.id, job).await {
            Ok(()) => return Ok(()),
            Err(trouble) => trouble,
        };
        let failure = match trouble {
            Trouble::Never(error) => Failure::Dead { error },
            Trouble::Again(error) if attempts >= self.core.config.worker.mail_attempts => Failure::Dead { error },
            Trouble::Again(error) => {
                let at = self.core.writer.now() + backoff(attempts, BACKOFF.0, BACKOFF.1);
                Failure::Retry { at, error }
            }
        };
        record(&self.core, envelope.id, Some(&self.holder), failure).await;
        Ok(())
    }

    async fn send(&self, id: i64, job: &LinkJob) -> Result<(), Trouble> {
        let Some(order) = self.core.links.order(job).await? else {
            return self.finish(id, None).await; // active by now, or gone
        };
        let message_id = format!("<{}.{id}@kith>", self.core.epoch);
        let config = &self.core.config;
        let mail = templates::account_activation(
            &order,
            &config.public_url(),
            config.secrets.lifetimes.activation,
            message_id,
        )
        .map_err(|error| Trouble::Never(error.to_string()))?;
        let patience = Duration::from_secs(config.mail.exchange_timeout);
        match tokio::time::timeout(patience, self.mailer.send(&mail)).await {
            Ok(sent) => sent?,
            Err(_) => return Err(Trouble::Again("the mail server did not answer in time".to_owned())),
        }
        self.finish(id, Some(&order)).await
    }

    /// Takes the job out, if it is still held here, and lets the link's life begin.
    async fn finish(&self, id: i64, sent: Option<&MailOrder>) -> Result<(), Trouble> {
        let work = self.core.writer.begin().await?;
        if !self.core.outbox.finish_held(work.tx(), id, &self.holder).await? {
            tracing::warn!(job = id, "the hold on a mail passed before it was sent; it may be sent twice");
        }
        if let Some(order) = sent {
            self.core.links.sent(work.tx(), order).await?;
        }
        work.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl JobHandler for EmailRunner {
    async fn handle(&self, job: QueuedJob) {
        let Some(envelope) = envelope(&self.core, &job).await else { return };
        let payload = match envelope.name.as_str() {
            AccountActivation::NAME => envelope.decode().map(LinkJob::Activation),
            EmailConfirmation::NAME => envelope.decode().map(LinkJob::EmailChange),
            PasswordReset::NAME => envelope.decode().map(LinkJob::PasswordReset),
            other => Err(DecodeError::Unknown(other.to_owned())),
        };
        match payload {
            Ok(job) => {
                if let Err(error) = self.work(&envelope, &job).await {
                    tracing::warn!(job = envelope.id, %error, "a mail waits for the database");
                }
            }
            Err(error) => {
                tracing::warn!(job = envelope.id, %error, "a job can't be read here");
                record(&self.core, envelope.id, None, undecodable(&self.core, &error)).await;
            }
        }
        self.core.sweeper.progress(Queue::Email);
    }
}
