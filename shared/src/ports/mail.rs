//! Mail. SMTP is the worker's; files are the embedded mode's.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use url::Url;

/// A mail, ready to leave.
#[derive(Clone)]
pub struct Mail {
    /// The receiver's address.
    pub to: String,
    /// Fixed by the job that asks for it: a mail that had to be sent twice bears it twice.
    pub message_id: String,
    /// One line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Where one click ends mails of its kind (RFC 8058); `None` for what its receiver asked for, as a
    /// link to activate an account.
    pub unsubscribe: Option<Url>,
}

impl std::fmt::Debug for Mail {
    /// Names the mail without its bodies, which bear tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server is away or asks to come back: worth another try.
    #[error("not now: {0}")]
    Temporary(String),
    /// The server refuses this mail for good, or it can't be built.
    #[error("refused: {0}")]
    Permanent(String),
}

/// Sends mail.
#[async_trait]
pub trait Mailer: std::fmt::Debug + Send + Sync {
    /// Returns when the mail has been accepted.
    ///
    /// # Errors
    /// Whether another try may help.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// The folder of a [`crate::config::MailTransport::Files`] mailbox within the data folder.
#[must_use]
pub fn mail_folder(data: &Path) -> PathBuf {
    data.join("mail")
}
