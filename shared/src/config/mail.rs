//! How mail leaves: through a server, or as files in the data folder.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};
use crate::tls::Authority;

/// `[mail]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// `smtp://user:pass@host:587` (STARTTLS when the server offers it) or `smtps://…` (`SMTP_URL`).
    pub smtp_url: Option<String>,
    /// Certificates (PEM) that the server's may be signed by, beside the usual ones (`SMTP_CA_FILE`). Named,
    /// an `smtp://` server must offer STARTTLS and be who its certificate says.
    pub ca_file: Option<PathBuf>,
    /// The sender (`MAIL_FROM`).
    pub from: String,
    /// Mails that may leave in a minute, over all workers; as many as come when unset (`KITH_MAIL_PER_MINUTE`).
    pub per_minute: Option<u32>,
    /// Hours after which a mail that a server only ever put off is given up, from when it was asked for.
    pub give_up_hours: u32,
    /// Seconds that one exchange with the server may take.
    pub exchange_timeout: u32,
    /// Minutes for which messages stay unread before a mail tells of them, to whoever wants such mails.
    pub unread_after: u32,
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
        Self {
            smtp_url: None,
            ca_file: None,
            from: "Kith <kith@localhost>".to_owned(),
            per_minute: None,
            give_up_hours: 24,
            exchange_timeout: 60,
            unread_after: 10,
        }
    }
}

impl MailConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        if let Some(url) = environment.get("SMTP_URL") {
            self.smtp_url = Some(url.to_owned());
        }
        if let Some(path) = environment.get("SMTP_CA_FILE") {
            self.ca_file = Some(path.into());
        }
        self.authority()?;
        environment.set("MAIL_FROM", &mut self.from)?;
        if environment.get("KITH_MAIL_PER_MINUTE").is_some() {
            environment.set("KITH_MAIL_PER_MINUTE", self.per_minute.get_or_insert(1))?;
        }
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
        if self.per_minute == Some(0) {
            return Err(ConfigError::invalid("KITH_MAIL_PER_MINUTE", "must be at least 1; unset, there is no limit"));
        }
        if !(1..=8_760).contains(&self.give_up_hours) {
            return Err(ConfigError::invalid("mail.give_up_hours", "must be from 1 to 8760, which is a year"));
        }
        if !(1..=3_600).contains(&self.exchange_timeout) {
            return Err(ConfigError::invalid("mail.exchange_timeout", "must be from 1 to 3600 seconds"));
        }
        if !(1..=10_080).contains(&self.unread_after) {
            return Err(ConfigError::invalid("mail.unread_after", "must be from 1 to 10080 minutes, which is a week"));
        }
        Ok(())
    }

    /// Who vouches for the server, if the configuration names somebody.
    ///
    /// # Errors
    /// The file can't be read, or holds no certificate.
    pub fn authority(&self) -> Result<Option<Authority>, ConfigError> {
        let read = |path: &PathBuf| {
            let wrong = |error| ConfigError::invalid("SMTP_CA_FILE", format!("{}: {error}", path.display()));
            Authority::read(path).map_err(wrong)
        };
        self.ca_file.as_ref().map(read).transpose()
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<MailConfig, ConfigError> {
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Ok(Config::from_parts(Path::new("kith.toml"), text, environment)?.mail)
    }

    #[test]
    fn there_is_no_limit_unless_one_is_named() {
        assert_eq!(load("", &[]).expect("valid").per_minute, None);
        let both = load("[mail]\nper_minute = 5\n", &[("KITH_MAIL_PER_MINUTE", "7")]).expect("valid");
        assert_eq!(both.per_minute, Some(7));
        for wrong in ["0", "-1", "many"] {
            let error = load("", &[("KITH_MAIL_PER_MINUTE", wrong)]).expect_err(wrong).to_string();
            assert!(error.starts_with("KITH_MAIL_PER_MINUTE: "), "{error}");
        }
    }

    #[test]
    fn mails_are_given_up_after_a_day_unless_told_otherwise() {
        assert_eq!(load("", &[]).expect("valid").give_up_hours, 24);
        let error = load("[mail]\ngive_up_hours = 0\n", &[]).expect_err("too soon").to_string();
        assert!(error.starts_with("mail.give_up_hours: "), "{error}");
    }

    #[test]
    fn unread_messages_are_mailed_about_after_ten_minutes_unless_told_otherwise() {
        assert_eq!(load("", &[]).expect("valid").unread_after, 10);
        assert_eq!(load("[mail]\nunread_after = 1\n", &[]).expect("valid").unread_after, 1);
        for wrong in ["0", "10081"] {
            let error = load(&format!("[mail]\nunread_after = {wrong}\n"), &[]).expect_err(wrong).to_string();
            assert!(error.starts_with("mail.unread_after: "), "{error}");
        }
    }
}
