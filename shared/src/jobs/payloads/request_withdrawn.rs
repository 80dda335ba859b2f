//! A request was cancelled by its sender.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Take the notification of the request back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestWithdrawn {
    /// The request.
    pub request_id: i64,
    /// Whose inbox may hold the notification.
    pub to_id: i64,
}

impl Payload for RequestWithdrawn {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "request_withdrawn";
    const VERSION: i32 = 1;
}
