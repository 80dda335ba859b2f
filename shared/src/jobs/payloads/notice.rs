//! Somebody is told of something that is neither a request nor a decision about one.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};
use crate::notifications::Kind;

/// Tell an account of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who is told.
    pub recipient_id: i64,
    /// What the notification is to be.
    pub kind: Kind,
    /// Who caused it, where the recipient is to know.
    pub actor_id: Option<i64>,
    /// The listing, the case or the report that it is about.
    pub subject_id: i64,
}

impl Payload for Notice {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "notice";
    // One more for a kind that older workers do not know, or they would write it down as `other`.
    const VERSION: i32 = 1;
}
