//! How many conversations people who are not signed in have open at once from one address, in this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ports::rate_limits::TooMany;

/// When to come back, in seconds: nobody knows when a conversation ends.
const LATER: u64 = 60;

/// The conversations that are open, by address.
#[derive(Debug, Clone)]
pub(super) struct Seats {
    taken: Arc<Mutex<HashMap<String, usize>>>,
    most: usize,
}

impl Seats {
    /// At most `most` for each address.
    pub(super) fn new(most: usize) -> Self {
        Self { taken: Arc::default(), most }
    }

    /// Takes one for an address.
    ///
    /// # Errors
    /// It has all that it may have.
    pub(super) fn take(&self, address: &str) -> Result<Seat, TooMany> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.get(address).copied().unwrap_or_default();
        if count >= self.most {
            return Err(TooMany { retry_after: LATER });
        }
        taken.insert(address.to_owned(), count + 1);
        Ok(Seat { taken: Arc::clone(&self.taken), address: address.to_owned() })
    }
}

/// One of them; dropped, it is free.
#[derive(Debug)]
pub(super) struct Seat {
    taken: Arc<Mutex<HashMap<String, usize>>>,
    address: String,
}

impl Seat {
    /// Where whoever has it calls from.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
