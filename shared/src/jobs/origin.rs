//! What a job, and an event that a job makes, comes from.

use serde::{Deserialize, Serialize};

use crate::ports::clock::Timestamp;
use crate::telemetry;

/// When something was asked for, and in which trace. Travels with the job and with the events that it makes, so that
/// the way from a decision to a socket can be measured and followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The span that comes before, as a W3C `traceparent`; `None` where nothing is traced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

impl Origin {
    /// Of what is asked for at `asked_at`, in the span that this is called in.
    #[must_use]
    pub fn here(asked_at: Timestamp) -> Self {
        Self { asked_at, traceparent: telemetry::traceparent() }
    }
}
