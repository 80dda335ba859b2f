//! How mail leaves: through a server, or as files in the data folder.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};

/// `[mail]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// `smtp://user:pass@host:587` (STARTTLS when the server offers it) or `smtps://…` (`SMTP_URL`).
    pub smtp_url: Option<String>,
    /// The sender (`MAIL_FROM`).
    pub from: String,
    /// Seconds that one exchange with the server may take.
    pub exchange_timeout: u64,
}

/// Where mails go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailTransport {
    /// To an SMTP server.
    Smtp(String),
    /// To `mail/*.eml` in the data folder.
    Files,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self { smtp_url: None, from: "Kith <kith@localhost>".to_owned(), exchange_timeout: 60 }
    }
}

impl MailConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        if let Some(url) = environment.get("SMTP_URL") {
            self.smtp_url = Some(url.to_owned());
        }
        environment.set("MAIL_FROM", &mut self.from)?;
        if let Some(url) = &self.smtp_url
            && !["smtp://", "smtps://"].iter().any(|scheme| url.starts_with(scheme))
        {
            return Err(ConfigError::invalid("SMTP_URL", "must begin with smtp:// or smtps://"));
        }
        if let Some(url) = &self.smtp_url {
            server_address("SMTP_URL", url)?;
        }
        if !is_sender(&self.from) {
            return Err(ConfigError::invalid(
                "MAIL_FROM",
                "must be an address, or a name and an address: Kith <kith@example.org>",
            ));
        }
        if self.exchange_timeout == 0 {
            return Err(ConfigError::invalid("mail.exchange_timeout", "must be at least 1 second"));
        }
        Ok(())
    }

    /// Where mails go under this configuration.
    #[must_use]
    pub fn transport(&self) -> MailTransport {
        self.smtp_url.clone().map_or(MailTransport::Files, MailTransport::Smtp)
    }
}

/// Whether a text is `address` or `Name <address>`.
fn is_sender(text: &str) -> bool {
    let address = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((_, address)) => address,
        None => text.trim(),
    };
    let options = email_address::Options::default().without_display_text();
    email_address::EmailAddress::parse_with_options(address, options).is_ok()
}
