//! An account that its owner has deleted is taken out.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take what a deleted account told others, its chats with them, its reviews and its listings away, then the
/// account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeleted {
    /// The account.
    pub account_id: i64,
}

impl Payload for AccountDeleted {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "account_deleted";
    // Version 1 carried the same, for workers that knew no chats, and version 2 for those that knew no listings:
    // they leave this one to others.
    const VERSION: i32 = 3;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::NewJob;

    #[test]
    fn the_previous_versions_still_read_and_the_next_is_written() {
        let job = AccountDeleted { account_id: 1 };
        for version in [1, 2] {
            assert_eq!(AccountDeleted::decode(version, r#"{"account_id":1}"#).expect("it reads"), job);
        }
        let written = NewJob::new(&job);
        assert_eq!(written.version, 3);
        assert_eq!(AccountDeleted::decode(3, &written.payload).expect("version 3 reads"), job);
    }
}
