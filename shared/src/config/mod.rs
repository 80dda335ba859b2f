//! What an operator sets: environment variables over `kith.toml` over defaults.
//!
//! The only place that reads the environment. One struct a section; each validates itself and
//! says which name is wrong.

mod database;
mod delivery;
mod limits;
mod mail;
mod media;
mod proxies;
mod redis;
mod retention;
mod secret;
mod server;
mod summary;
mod traces;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use database::DatabaseConfig;
pub use delivery::{GatewayConfig, OutboxConfig, WorkerConfig};
pub use limits::{Limits, RateLimits};
pub use mail::{MailConfig, MailTransport};
pub use media::{MediaConfig, MediaPlace};
pub use proxies::ProxyRange;
pub use redis::RedisConfig;
pub use retention::Retention;
pub use secret::{Activation, Lifetimes, SecretError, Secrets, admin_password};
pub use server::{LogConfig, LogFormat, ServerConfig, link_under};
pub use summary::Process;
pub use traces::{TracesConfig, TracesProtocol};

/// The whole configuration in force.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the API listens and what it is called from outside.
    pub server: ServerConfig,
    /// Which database, and how many connections to it.
    pub database: DatabaseConfig,
    /// Redis; without it everything runs in one process.
    pub redis: RedisConfig,
    /// Signing keys, token lifetimes, activation.
    pub secrets: Secrets,
    /// How mail leaves.
    pub mail: MailConfig,
    /// Where pictures are kept.
    pub media: MediaConfig,
    /// Bounds on what people may do.
    pub limits: Limits,
    /// How long swept rows are kept.
    pub retention: Retention,
    /// The outbox and its relay.
    pub outbox: OutboxConfig,
    /// The worker.
    pub worker: WorkerConfig,
    /// The WebSocket gateway.
    pub gateway: GatewayConfig,
    /// Logs.
    pub log: LogConfig,
    /// Traces.
    pub traces: TracesConfig,
}

/// A setting that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there and can't be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not TOML, or names a setting that does not exist.
    #[error("{path}: line {line}: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// Why, without what was written there: it may be a secret.
        reason: String,
    },
    /// A value that does not fit its name.
    #[error("{name}: {reason}")]
    Invalid {
        /// The environment variable or `section.key`.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl ConfigError {
    pub(crate) fn invalid(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { name, reason: reason.into() }
    }
}

/// The environment as the sections see it.
pub(crate) struct Environment(HashMap<String, String>);

impl Environment {
    /// The value of `name`; an empty one counts as unset.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// What is set under the names that begin with `prefix`.
    pub(crate) fn beginning_with(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let set = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        set.filter(move |(name, value)| name.starts_with(prefix) && !value.is_empty())
    }

    /// Reads `name` as an address and a port, if it is set.
    pub(crate) fn address(&self, name: &'static str) -> Result<Option<SocketAddr>, ConfigError> {
        let read = |value: &str| {
            let reason = || format!("{value:?} is not an address with a port, such as 127.0.0.1:8000");
            value.parse().map_err(|_| ConfigError::invalid(name, reason()))
        };
        self.get(name).map(read).transpose()
    }

    /// Parses `name` into `slot`, if it is set.
    pub(crate) fn set<T>(&self, name: &'static str, slot: &mut T) -> Result<(), ConfigError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        if let Some(value) = self.get(name) {
            *slot = value.parse().map_err(|error: T::Err| ConfigError::invalid(name, error.to_string()))?;
        }
        Ok(())
    }
}

impl Config {
    /// Reads `kith.toml` (or the file that `KITH_CONFIG` names) and the environment.
    ///
    /// # Errors
    /// The first setting that is wrong, by its name.
    pub fn load() -> Result<Self, ConfigError> {
        let environment: HashMap<String, String> = std::env::vars().collect();
        let named = environment.get("KITH_CONFIG").map(PathBuf::from);
        let path = named.clone().unwrap_or_else(|| PathBuf::from("kith.toml"));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => String::new(),
            Err(source) => return Err(ConfigError::Unreadable { path, source }),
        };
        Self::from_parts(&path, &text, environment)
    }

    /// The same from given parts: a file's text and an environment.
    ///
    /// # Errors
    /// The first setting that is wrong, by its name.
    pub fn from_parts(path: &Path, text: &str, environment: HashMap<String, String>) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| malformed(path, text, &error))?;
        let environment = Environment(environment);
        config.server.apply(&environment)?;
        config.database.apply(&environment, &config.server.data)?;
        config.redis.apply(&environment)?;
        config.secrets.apply(&environment)?;
        config.mail.apply(&environment)?;
        config.media.apply(&environment, &config.server.data)?;
        config.limits.apply(&environment)?;
        config.outbox.apply(&environment)?;
        config.worker.apply(&environment)?;
        config.gateway.apply(&environment)?;
        config.retention.validate()?;
        config.log.apply(&environment)?;
        config.traces.apply(&environment)?;
        Ok(config)
    }

    /// Whether what a process needs that serves or works is there: several processes share PostgreSQL,
    /// and production names its own signing key.
    ///
    /// # Errors
    /// It is not.
    pub fn check_complete(&self) -> Result<(), ConfigError> {
        if !self.embedded() && !self.database.postgres() {
            return Err(ConfigError::invalid("DATABASE_URL", "with REDIS_URL it must name a PostgreSQL server"));
        }
        if self.secrets.named() || (self.embedded() && !self.database.postgres()) {
            return Ok(());
        }
        Err(ConfigError::invalid(
            "KITH_SECRET",
            "required with REDIS_URL or PostgreSQL: at least 32 bytes, the same in every process",
        ))
    }

    /// What links begin with: `PUBLIC_URL`, else the address that the API listens on.
    #[must_use]
    pub fn public_url(&self) -> url::Url {
        self.server.public_url()
    }

    /// Whether everything runs in this one process.
    #[must_use]
    pub fn embedded(&self) -> bool {
        self.redis.url.is_none()
    }

    /// The configuration as TOML with every secret hidden, for `check-config`.
    #[must_use]
    pub fn redacted(&self) -> String {
        let mut shown = self.clone();
        shown.server.metrics_bind.get_or_insert(ServerConfig::METRICS_BIND);
        shown.secrets.hide();
        shown.database.url = hide_password(&shown.database.url);
        shown.redis.url = shown.redis.url.as_deref().map(hide_password);
        shown.mail.smtp_url = shown.mail.smtp_url.as_deref().map(hide_password);
        shown.media.url = shown.media.url.as_deref().map(hide_password);
        shown.traces.endpoint = shown.traces.endpoint.as_deref().map(hide_password);
        toml::to_string_pretty(&shown).unwrap_or_else(|error| format!("# not printable: {error}\n"))
    }
}

/// What is wrong with a file, without quoting it.
fn malformed(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let reason = error.message().split('"').step_by(2).collect::<Vec<_>>().join("…");
    ConfigError::Malformed { path: path.to_owned(), line: before.matches('\n').count() + 1, reason }
}

/// Reads the address of a server, and says what is wrong without repeating it.
fn server_address(name: &'static str, address: &str) -> Result<url::Url, ConfigError> {
    let url =
        url::Url::parse(address).map_err(|error| ConfigError::invalid(name, format!("not an address: {error}")))?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(ConfigError::invalid(name, "not an address: it names no host"));
    }
    Ok(url)
}

/// The address without what is secret in it: a password, and all of the query, where some put one. Of
/// what does not read as an address, nothing but the scheme is shown.
#[must_use]
pub fn hide_password(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address) else {
        let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
        return format!("{scheme}://***");
    };
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return format!("{}://***", url.scheme());
    }
    if url.query().is_some() {
        url.set_query(Some("***"));
    }
    if url.fragment().is_some() {
        url.set_fragment(Some("***"));
    }
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::from_parts(Path::new("kith.toml"), text, environment)
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load("[server]\nbind = \"127.0.0.1:1\"\n", &[("KITH_BIND", "127.0.0.1:2")]).expect("valid");
        assert_eq!(config.server.bind.port(), 2);
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        assert!(matches!(load("[server]\nbnd = 1\n", &[]), Err(ConfigError::Malformed { .. })));
    }

    #[test]
    fn metrics_are_not_shown_where_people_are_served() {
        let at = |bind, metrics| load("", &[("KITH_BIND", bind), ("KITH_METRICS_BIND", metrics)]);
        for (bind, metrics) in
            [("0.0.0.0:80", "127.0.0.1:80"), ("[::1]:80", "[::]:80"), ("127.0.0.2:80", "127.0.0.2:80")]
        {
            let refused = at(bind, metrics);
            assert!(matches!(refused, Err(ConfigError::Invalid { name: "KITH_METRICS_BIND", .. })), "{bind} {metrics}");
        }
        for (bind, metrics) in [("0.0.0.0:80", "0.0.0.0:81"), ("127.0.0.2:80", "127.0.0.1:80"), ("[::]:0", "[::]:0")] {
            assert!(at(bind, metrics).is_ok(), "{bind} {metrics}");
        }
    }

    #[test]
    fn a_word_that_is_no_level_does_not_silence_all() {
        for level in ["info", "WARN", "off", "3", "warn,kith=debug, sqlx=off", "shared::jobs=trace,", "[request]"] {
            assert!(load("", &[("RUST_LOG", level)]).is_ok(), "{level}");
        }
        for level in ["inof", "info,verbose", "shared"] {
            let refused = load("", &[("RUST_LOG", level)]);
            assert!(matches!(refused, Err(ConfigError::Invalid { name: "RUST_LOG", .. })), "{level}");
        }
    }

    #[test]
    fn a_killed_process_is_not_held_for_present_for_long() {
        for (lease, refresh) in [(45, 10), (2, 1), (36, 18)] {
            let text = format!("[gateway]\npresence_lease = {lease}\npresence_refresh = {refresh}\n");
            assert!(load(&text, &[]).is_ok(), "{text}");
        }
        for (lease, refresh) in [(46, 10), (19, 10), (1, 0), (-2, -1), (40, 16)] {
            let text = format!("[gateway]\npresence_lease = {lease}\npresence_refresh = {refresh}\n");
            assert!(matches!(load(&text, &[]), Err(ConfigError::Invalid { .. })), "{text}");
        }
    }

    #[test]
    fn production_needs_a_secret() {
        let error = load("", &[("REDIS_URL", "redis://127.0.0.1")]).expect("parses").secrets.keys(None);
        assert!(error.is_err());
    }

    #[test]
    fn printed_configuration_hides_secrets() {
        let secret = "s".repeat(32);
        let config = load(
            "",
            &[
                ("KITH_SECRET", &secret),
                ("DATABASE_URL", "postgres://kith:hunter2@localhost/kith"),
                ("SMTP_URL", "smtp://user:hunter2@localhost"),
            ],
        )
        .expect("valid");
        let shown = config.redacted();
        assert!(!shown.contains("hunter2") && !shown.contains(&secret), "{shown}");
    }
}
