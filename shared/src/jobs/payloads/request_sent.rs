//! Someone asks to connect.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Tell the receiver, if the request still waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSent {
    /// The request.
    pub request_id: i64,
    /// Who asks.
    pub from_id: i64,
    /// Who is asked, and told.
    pub to_id: i64,
}

impl Payload for RequestSent {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "request_sent";
    const VERSION: i32 = 1;
}
