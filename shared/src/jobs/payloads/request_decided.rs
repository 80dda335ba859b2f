//! A request was accepted or rejected.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Tell the sender of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDecided {
    /// The request.
    pub request_id: i64,
    /// Who decided.
    pub actor_id: i64,
    /// Who is told.
    pub recipient_id: i64,
    /// Accepted, else rejected.
    pub accepted: bool,
}

/// Version 1 had a word where version 2 has a flag.
#[derive(Deserialize)]
struct Version1 {
    request_id: i64,
    actor_id: i64,
    recipient_id: i64,
    decision: String,
}

impl Payload for RequestDecided {
    const QUEUE: Queue = Queue::Notifications;
    const NAME: &'static str = "request_decided";
    const VERSION: i32 = 2;

    fn decode(version: i32, payload: &str) -> Result<Self, serde_json::Error> {
        if version >= 2 {
            return serde_json::from_str(payload);
        }
        let Version1 { request_id, actor_id, recipient_id, decision } = serde_json::from_str(payload)?;
        Ok(Self { request_id, actor_id, recipient_id, accepted: decision == "accept" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_previous_version_still_reads() {
        let old = r#"{"request_id":1,"actor_id":2,"recipient_id":3,"decision":"accept"}"#;
        let read = RequestDecided::decode(1, old).expect("version 1 reads");
        assert_eq!(read, RequestDecided { request_id: 1, actor_id: 2, recipient_id: 3, accepted: true });
    }
}
