//! An account that its owner has deleted is taken out.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take what a deleted account told others out of their inboxes, then the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeleted {
    /// The account.
    pub account_id: i64,
}

impl Payload for AccountDeleted {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "account_deleted";
    const VERSION: i32 = 1;
}
