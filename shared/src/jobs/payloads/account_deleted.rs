//! An account that its owner has deleted is taken out.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take what a deleted account told others, and its chats with them, out of their inboxes, then the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeleted {
    /// The account.
    pub account_id: i64,
}

impl Payload for AccountDeleted {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "account_deleted";
    // Version 1 carried the same, for workers that knew no chats: those leave this one to others.
    const VERSION: i32 = 2;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::NewJob;

    #[test]
    fn the_previous_version_still_reads_and_the_next_is_written() {
        let job = AccountDeleted { account_id: 1 };
        assert_eq!(AccountDeleted::decode(1, r#"{"account_id":1}"#).expect("version 1 reads"), job);
        let written = NewJob::new(&job);
        assert_eq!(written.version, 2);
        assert_eq!(AccountDeleted::decode(2, &written.payload).expect("version 2 reads"), job);
    }
}
