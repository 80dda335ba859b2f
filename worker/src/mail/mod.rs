//! Mail: what it says (`templates`), what it looks like on the wire (`message`), and the two ways in
//! which it leaves, through a server (`smtp`) or as files (`files`).

mod files;
mod message;
#[cfg(test)]
mod reading;
mod smtp;
pub mod templates;

use std::sync::Arc;
use std::time::Duration;

use shared::config::{Config, ConfigError, MailTransport};
use shared::ports::mail::{Mailer, mail_folder};

pub use files::FileMailer;
pub use message::{Sender, SenderError};
pub use smtp::{Server, ServerError, SmtpMailer};

/// Why no mail can leave under this configuration.
#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    /// The sender can't be read.
    #[error("MAIL_FROM: {0}")]
    Sender(#[from] SenderError),
    /// The server can't be read.
    #[error("SMTP_URL: {0}")]
    Server(#[from] ServerError),
    /// Nobody can be trusted by the file that is named.
    #[error(transparent)]
    Authority(#[from] ConfigError),
}

/// The mailer that `config` asks for: a server if it names one, else files in the data folder.
///
/// # Errors
/// The sender, the server or the file of its authority is malformed; nothing is connected yet.
pub fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, MailSetupError> {
    let sender: Sender = config.mail.from.parse()?;
    Ok(match config.mail.transport() {
        MailTransport::Smtp(url) => {
            let patience = Duration::from_secs(config.mail.exchange_timeout.into());
            let server = Server::new(&url, config.mail.authority()?.as_ref())?;
            Arc::new(SmtpMailer::new(server, sender, patience))
        }
        MailTransport::Files => Arc::new(FileMailer::new(mail_folder(&config.server.data), sender)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_chooses() {
        let mut config = Config::default();
        assert!(format!("{:?}", mailer(&config).unwrap()).starts_with("FileMailer"));

        config.mail.smtp_url = Some("smtp://localhost".to_owned());
        assert!(format!("{:?}", mailer(&config).unwrap()).starts_with("SmtpMailer"));
    }

    #[test]
    fn what_is_malformed_is_named() {
        let mut config = Config::default();
        config.mail.smtp_url = Some("smtp://ann:s3cret@".to_owned());
        let error = mailer(&config).unwrap_err().to_string();
        assert!(error.starts_with("SMTP_URL: "), "{error}");
        assert!(!error.contains("s3cret"), "{error}");

        config.mail.smtp_url = Some("smtps://localhost".to_owned());
        config.mail.ca_file = Some("/nowhere/ca.pem".into());
        let error = mailer(&config).unwrap_err().to_string();
        assert!(error.starts_with("SMTP_CA_FILE: /nowhere/ca.pem: "), "{error}");

        config.mail.from = "nobody".to_owned();
        let error = mailer(&config).unwrap_err().to_string();
        assert!(error.starts_with("MAIL_FROM: "), "{error}");
    }
}
