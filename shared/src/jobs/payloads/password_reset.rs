//! A mail whose link sets a new password.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Mail the account a link that sets a new password. The link's token is made when the mail is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    /// Who gets the mail.
    pub account_id: i64,
}

impl Payload for PasswordReset {
    const QUEUE: Queue = Queue::Email;
    const NAME: &'static str = "password_reset";
    const VERSION: i32 = 1;
}
