//! How long rows that nobody waits for are kept.

use serde::{Deserialize, Serialize};

use super::ConfigError;

/// `[retention]`, in days unless the name says otherwise. The worker sweeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Notifications, after they were read.
    pub read_notifications: i64,
    /// Traces of removed notifications, which a resuming client needs to hear of the removal.
    pub tombstones: i64,
    /// Ended sessions and spent tokens.
    pub tokens: i64,
    /// Dead jobs.
    pub dead_jobs: i64,
    /// Messages to whoever runs this Kith, of people who were not signed in.
    pub unverified_messages: i64,
    /// Idempotency keys, in hours.
    pub idempotency_hours: i64,
    /// Seconds between two sweeps.
    pub sweep_every: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            read_notifications: 90,
            tombstones: 30,
            tokens: 30,
            dead_jobs: 30,
            unverified_messages: 90,
            idempotency_hours: 24,
            sweep_every: 600,
        }
    }
}

impl Retention {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let Self {
            read_notifications,
            tombstones,
            tokens,
            dead_jobs,
            unverified_messages,
            idempotency_hours,
            sweep_every,
        } = *self;
        let periods = [read_notifications, tombstones, tokens, dead_jobs, unverified_messages, idempotency_hours];
        if periods.iter().any(|period| *period < 1) || sweep_every == 0 {
            return Err(ConfigError::invalid("retention", "every period must be at least 1"));
        }
        Ok(())
    }
}
