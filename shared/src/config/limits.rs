//! Bounds on what people may do.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment};

/// Whether rates are limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RateLimits {
    /// They are.
    #[default]
    On,
    /// For load tests alone.
    Off,
}

/// `[limits]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// `on` or `off` (`KITH_RATE_LIMITS`).
    pub rate_limits: RateLimits,
    /// Pending requests that one account may have sent.
    pub pending_sent: u64,
    /// Pending requests that may wait for one account.
    pub pending_received: u64,
    /// Sign-ins a minute for one name.
    pub sign_ins_a_minute: u32,
    /// Registrations a minute from one address.
    pub registrations_a_minute: u32,
    /// Sockets a minute from one address that people open without being signed in.
    pub anonymous_sockets_a_minute: u32,
    /// How many of these one address may have open in one process.
    pub anonymous_sockets: usize,
    /// Messages a minute from one address that are said on these.
    pub anonymous_messages_a_minute: u32,
    /// Seconds between two mails of one kind to one account, where somebody asks for them.
    pub mail_pause: i64,
    /// Mails with links a minute to one address, whoever asks for them; more are not sent.
    pub mails_to_one_a_minute: u32,
    /// New emails a minute for one account.
    pub email_changes_a_minute: u32,
    /// Changes (everything but reads) a minute by one account.
    pub changes_a_minute: u32,
    /// Messages a minute by one account.
    pub messages_a_minute: u32,
    /// Password hashes that run at once; over it and a short queue, 503.
    pub password_hashes: usize,
    /// Pictures that one account uploads a minute.
    pub pictures_a_minute: u32,
    /// Pictures that one process takes in or makes smaller at once, each with up to 0.5 GB of memory; over it and a
    /// short queue, an upload is 503.
    pub pictures: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rate_limits: RateLimits::On,
            pending_sent: 500,
            pending_received: 5_000,
            sign_ins_a_minute: 60,
            registrations_a_minute: 300,
            anonymous_sockets_a_minute: 30,
            anonymous_sockets: 20,
            anonymous_messages_a_minute: 60,
            mail_pause: 30,
            mails_to_one_a_minute: 5,
            email_changes_a_minute: 10,
            changes_a_minute: 600,
            messages_a_minute: 120,
            password_hashes: 4,
            pictures_a_minute: 30,
            pictures: 2,
        }
    }
}

impl Limits {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        match environment.get("KITH_RATE_LIMITS") {
            None => {}
            Some("on") => self.rate_limits = RateLimits::On,
            Some("off") => self.rate_limits = RateLimits::Off,
            Some(other) => {
                return Err(ConfigError::invalid("KITH_RATE_LIMITS", format!("{other:?} is neither on nor off")));
            }
        }
        if self.mail_pause < 0 {
            return Err(ConfigError::invalid("limits.mail_pause", "must be at least 0 seconds"));
        }
        if self.password_hashes == 0 {
            return Err(ConfigError::invalid("limits.password_hashes", "must be at least 1"));
        }
        if self.pictures == 0 {
            return Err(ConfigError::invalid("limits.pictures", "must be at least 1"));
        }
        Ok(())
    }
}
