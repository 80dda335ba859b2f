//! A mail whose link activates an account.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Mail the account a link that activates it. The link's token is made when the mail is, and is
/// never in a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountActivation {
    /// Who gets the mail.
    pub account_id: i64,
}

impl Payload for AccountActivation {
    const QUEUE: Queue = Queue::Email;
    const NAME: &'static str = "account_activation";
    const VERSION: i32 = 1;
}
