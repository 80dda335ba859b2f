//! The runner of the `media` queue: each job's row goes in the transaction that refers to what was made.

use async_trait::async_trait;
use chrono::TimeDelta;
use shared::Core;
use shared::database::DatabaseError;
use shared::jobs::payloads::PictureThumbnail;
use shared::jobs::{DecodeError, Envelope, Failure, InHand, Payload, Queue};
use shared::listings::ThumbnailError;
use shared::media::MediaError;
use shared::ports::queue::{JobHandler, QueuedJob};
use tracing::Instrument;

use super::{backoff, done, envelope, record, undecodable};

/// When a job that met a busy process or database may be claimed again.
const AFTER_BUSY: TimeDelta = TimeDelta::seconds(1);
/// The same of one that met a store that is away.
const AFTER_AWAY: TimeDelta = TimeDelta::seconds(60);
/// The first and the longest wait before another try, in seconds.
const BACKOFF: (i64, i64) = (5, 3_600);

/// Makes what jobs ask for of pictures.
#[derive(Debug)]
pub struct PictureRunner {
    core: Core,
}

impl PictureRunner {
    /// Over `core`.
    #[must_use]
    pub fn new(core: Core) -> Self {
        Self { core }
    }

    async fn make(&self, hand: &InHand, picture_id: i64) -> Result<bool, ThumbnailError> {
        self.core.thumbnails.make(hand.id, picture_id).instrument(hand.span.clone()).await
    }

    /// What becomes of a job that was not done; `None` when another has done it.
    async fn failure(&self, id: i64, error: ThumbnailError) -> Option<Failure> {
        let now = self.core.writer.now();
        let error = match error {
            // No fault of the job's.
            ThumbnailError::Database(DatabaseError::Busy(_))
            | ThumbnailError::Media(MediaError::Busy | MediaError::Database(DatabaseError::Busy(_))) => {
                return Some(Failure::PutBack { at: now + AFTER_BUSY });
            }
            ThumbnailError::Media(MediaError::Store(error)) => {
                tracing::warn!(job = id, %error, "the media store is away; a job is put back");
                return Some(Failure::PutBack { at: now + AFTER_AWAY });
            }
            // It is no other picture the next time.
            ThumbnailError::Media(MediaError::Refused(error)) => {
                return Some(Failure::Dead { error: error.to_string() });
            }
            error => error.to_string(),
        };
        let attempts = match self.core.outbox.attempts(id).await {
            Ok(Some(attempts)) => attempts + 1,
            Ok(None) => return None,
            Err(_) => 1,
        };
        Some(if attempts >= self.core.config.worker.attempts {
            Failure::Dead { error }
        } else {
            Failure::Retry { at: now + backoff(attempts, BACKOFF.0, BACKOFF.1), error }
        })
    }
}

#[async_trait]
impl JobHandler for PictureRunner {
    async fn handle(&self, job: QueuedJob) {
        let Some((envelope, hand)) = envelope(&self.core, Queue::Media, &job).await else { return };
        let failure = match read(&envelope) {
            Ok(PictureThumbnail { picture_id }) => match self.make(&hand, picture_id).await {
                Ok(mine) => {
                    done(&self.core, &hand, mine);
                    None
                }
                Err(error) => {
                    let failure = self.failure(envelope.id, error).await;
                    if failure.is_none() {
                        done(&self.core, &hand, false);
                    }
                    failure
                }
            },
            Err(error) => {
                tracing::warn!(parent: &hand.span, %error, "a job can't be read here");
                Some(undecodable(&self.core, &error))
            }
        };
        if let Some(failure) = failure {
            record(&self.core, &hand, None, failure).await;
        }
        self.core.sweeper.progress(Queue::Media);
    }
}

fn read(envelope: &Envelope) -> Result<PictureThumbnail, DecodeError> {
    match envelope.name.as_str() {
        PictureThumbnail::NAME => envelope.decode(),
        other => Err(DecodeError::Unknown(other.to_owned())),
    }
}
