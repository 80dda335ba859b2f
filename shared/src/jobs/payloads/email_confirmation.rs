//! A mail whose link confirms a new email.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Mail the new email of an account a link that confirms it. The address is in the database, and the
/// link's token is made when the mail is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailConfirmation {
    /// Whose email it is to be.
    pub account_id: i64,
    /// The change that asks for it; once another takes its place, there is nothing to send.
    pub change_id: i64,
}

impl Payload for EmailConfirmation {
    const QUEUE: Queue = Queue::Email;
    const NAME: &'static str = "email_confirmation";
    const VERSION: i32 = 1;
}
