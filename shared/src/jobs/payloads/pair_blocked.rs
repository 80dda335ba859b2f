//! What two people told each other goes, after a block.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take out of both inboxes what the two told each other (of requests that the block silenced, and in notices), and
/// their chat.
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
    // Earlier versions carried the same, for workers that knew no chats, and then no notices: those leave this one to
    // others.
    const VERSION: i32 = 3;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::NewJob;

    #[test]
    fn the_previous_version_still_reads_and_the_next_is_written() {
        let job = PairBlocked { blocker_id: 1, blocked_id: 2 };
        assert_eq!(PairBlocked::decode(2, r#"{"blocker_id":1,"blocked_id":2}"#).expect("version 2 reads"), job);
        let written = NewJob::new(&job);
        assert_eq!(written.version, 3);
        assert_eq!(PairBlocked::decode(3, &written.payload).expect("version 3 reads"), job);
    }
}
