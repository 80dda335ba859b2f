//! A mail about messages that stay unread.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};
use crate::ports::clock::Timestamp;

/// Mail the account how many messages it has not read, if one that came from the named message on has
/// stayed unread for long enough. The token that ends such mails is made when the mail is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadMessages {
    /// Who gets the mail.
    pub account_id: i64,
    /// The message that it was asked for with.
    pub message_id: i64,
    /// When it was asked for: once another has taken its place, there is nothing to send.
    pub asked_at: Timestamp,
}

impl Payload for UnreadMessages {
    const QUEUE: Queue = Queue::Email;
    const NAME: &'static str = "unread_messages";
    const VERSION: i32 = 1;
}
