//! What two people told each other goes, after a block.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take out of both inboxes what the two told each other of requests that the block silenced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairBlocked {
    /// Who blocks.
    pub blocker_id: i64,
    /// Who is blocked.
    pub blocked_id: i64,
}

impl Payload for PairBlocked {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "pair_blocked";
    const VERSION: i32 = 1;
}
