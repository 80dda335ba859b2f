//! A clock that tests turn, so that nobody sleeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;

use crate::ports::clock::{Clock, SystemClock, Timestamp};

/// The machine's clock, some way ahead of itself. Clones are turned together.
#[derive(Debug, Clone, Default)]
pub struct TurnedClock(Arc<AtomicI64>);

impl TurnedClock {
    /// Turns the clock forward.
    pub fn turn(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + TimeDelta::microseconds(self.0.load(Ordering::SeqCst))
    }
}
