//! The runners: decode, call one core service, record what failed.

mod email;
mod mails;
mod notifications;
mod pictures;

pub use email::EmailRunner;
pub use notifications::NotificationRunner;
pub use pictures::PictureRunner;

use chrono::TimeDelta;
use shared::Core;
use shared::jobs::{BornJob, DecodeError, Envelope, Failure, InHand, Outcome, Queue};
use shared::ports::queue::QueuedJob;

/// When a job of a newer version of Kith may be looked at again, by a worker that knows it.
const FOR_NEWER: TimeDelta = TimeDelta::seconds(5);

/// The wait before a job's next try, in seconds: doubled each time, at most `longest`.
fn backoff(attempts: i64, first: i64, longest: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 30)).unwrap_or(30);
    TimeDelta::seconds(first.saturating_mul(1 << doublings).min(longest))
}

/// Reads a job's envelope, or sees to it that one that can't be read ends in `dead_jobs`.
async fn envelope(core: &Core, queue: Queue, job: &QueuedJob) -> Option<(Envelope, InHand)> {
    match serde_json::from_str(&job.body) {
        Ok(envelope) => {
            let hand = InHand::of(queue, &envelope);
            Some((envelope, hand))
        }
        Err(error) => {
            tracing::error!(task = job.task_id, %error, "a job's envelope does not read");
            if let Some(id) = BornJob::id_of(&job.task_id) {
                let hand = InHand::unreadable(queue, id);
                record(core, &hand, None, Failure::Dead { error: format!("envelope: {error}") }).await;
            }
            None
        }
    }
}

/// What becomes of a job whose payload can't be read.
fn undecodable(core: &Core, error: &DecodeError) -> Failure {
    match error {
        DecodeError::Newer { .. } | DecodeError::Unknown(_) => Failure::PutBack { at: core.writer.now() + FOR_NEWER },
        DecodeError::Malformed(_) => Failure::Dead { error: error.to_string() },
    }
}

/// Notes that a job is done: by this process if its row was there (`mine`), else by another before.
fn done(core: &Core, hand: &InHand, mine: bool) {
    core.jobs_seen.record(hand, if mine { Outcome::Done } else { Outcome::Duplicate });
}

/// Records a failure; when even that fails, the job's lease passes by itself.
async fn record(core: &Core, hand: &InHand, holder: Option<&str>, failure: Failure) {
    let id = hand.id;
    let outcome = match &failure {
        Failure::Dead { .. } => Outcome::Dead,
        Failure::Retry { .. } => Outcome::Retried,
        Failure::Early { .. } | Failure::PutBack { .. } => Outcome::PutBack,
    };
    match &failure {
        Failure::Dead { error } => tracing::error!(parent: &hand.span, error, "a job failed for good"),
        Failure::Retry { at, error } => {
            tracing::warn!(parent: &hand.span, %at, error, "a job failed; it will be tried again");
        }
        Failure::Early { at } | Failure::PutBack { at } => {
            tracing::debug!(parent: &hand.span, %at, "a job was put back");
        }
    }
    match core.outbox.fail(id, holder, &failure, core.writer.now()).await {
        Ok(mine) => core.jobs_seen.record(hand, if mine { outcome } else { Outcome::Duplicate }),
        Err(error) => {
            tracing::warn!(parent: &hand.span, %error, "a failure was not recorded; the job's lease passes by itself");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest() {
        let waits: Vec<_> = (1..=5).map(|attempts| backoff(attempts, 2, 20).num_seconds()).collect();
        assert_eq!(waits, [2, 4, 8, 16, 20]);
        assert_eq!(backoff(i64::MAX, 2, 20).num_seconds(), 20);
    }
}
