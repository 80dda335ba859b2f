//! The clock. Times come from here and are bound to statements, so that a test can turn it.

use chrono::{DateTime, SubsecRound, Utc};

/// An instant in UTC, cut to microseconds: what both databases keep.
pub type Timestamp = DateTime<Utc>;

/// What time it is.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Now, cut to microseconds.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Utc::now().trunc_subsecs(6)
    }
}
