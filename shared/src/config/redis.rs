//! Redis: the job queue, events, tickets and rate limits of more than one process.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};

/// `[redis]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedisConfig {
    /// `redis://…` or `rediss://…` (`REDIS_URL`). Set, the API no longer runs the worker.
    pub url: Option<String>,
    /// What every key and channel begins with (`REDIS_PREFIX`).
    pub prefix: String,
}

impl Default for RedisConfig {
    fn default() -> Self {
        Self { url: None, prefix: "kith".to_owned() }
    }
}

impl RedisConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        if let Some(url) = environment.get("REDIS_URL") {
            self.url = Some(url.to_owned());
        }
        environment.set("REDIS_PREFIX", &mut self.prefix)?;
        if let Some(url) = &self.url
            && !["redis://", "rediss://"].iter().any(|scheme| url.starts_with(scheme))
        {
            return Err(ConfigError::invalid("REDIS_URL", "must begin with redis:// or rediss://"));
        }
        if let Some(url) = &self.url {
            server_address("REDIS_URL", url)?;
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        if self.prefix.is_empty() || !self.prefix.chars().all(plain) {
            return Err(ConfigError::invalid("REDIS_PREFIX", "letters, digits and -_.: only, at least one"));
        }
        Ok(())
    }
}
