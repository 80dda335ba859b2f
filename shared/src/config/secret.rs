//! Signing keys, token lifetimes, and whether accounts need activation.

use std::path::Path;

use rand::Rng as _;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use super::{ConfigError, Environment};

/// Whether an account of `/api/v1` signs in before its email is confirmed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activation {
    /// It does.
    #[default]
    Off,
    /// It first follows the link in its mail.
    Required,
}

/// How long each token lives, in seconds (DESIGN, "Tokens").
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lifetimes {
    /// Access token.
    pub access: i64,
    /// Refresh token, from its last rotation.
    pub refresh: i64,
    /// Session, from sign-in, however often it is refreshed.
    pub session: i64,
    /// For how long the parent of the newest refresh token is answered with the newest again (two tabs).
    pub refresh_grace: i64,
    /// A dialect's session and refresh token, from sign-in.
    pub dialect_session: i64,
    /// A dialect's sliding token.
    pub sliding: i64,
    /// For how long from sign-in a sliding token gets the next.
    pub sliding_refresh: i64,
    /// Activation link, from the moment the mail server accepts the mail.
    pub activation: i64,
    /// Link that confirms a new email, likewise.
    pub email_change: i64,
    /// Link that sets a new password, likewise.
    pub password_reset: i64,
    /// Socket ticket.
    pub ticket: i64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            access: 15 * 60,
            refresh: 30 * 24 * 3600,
            session: 90 * 24 * 3600,
            refresh_grace: 10,
            dialect_session: 30 * 24 * 3600,
            sliding: 15 * 60,
            sliding_refresh: 7 * 24 * 3600,
            activation: 120,
            email_change: 120,
            password_reset: 3600,
            ticket: 30,
        }
    }
}

/// `[secrets]`
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// Signing keys, at least 32 bytes each (`KITH_SECRET`, separated by commas); the first signs.
    #[serde(serialize_with = "hidden")]
    secret: Vec<SecretString>,
    /// `off` or `required` (`KITH_ACTIVATION`).
    pub activation: Activation,
    /// Token lifetimes.
    pub lifetimes: Lifetimes,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("activation", &self.activation).finish_non_exhaustive()
    }
}

fn hidden<S: Serializer>(keys: &[SecretString], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(keys.iter().map(|_| "***"))
}

/// No usable signing key.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Production names its own.
    #[error("KITH_SECRET: required with REDIS_URL or PostgreSQL; at least 32 bytes, the same in every process")]
    Missing,
    /// The embedded mode keeps its own in the data folder.
    #[error("{path}: {source}")]
    File {
        /// The key file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The shortest signing key that is taken, in bytes (RFC 7518, section 3.2, for HS256).
const SHORTEST_KEY: usize = 32;

impl Secrets {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        if let Some(list) = environment.get("KITH_SECRET") {
            self.secret = list.split(',').map(|key| SecretString::from(key.trim().to_owned())).collect();
        }
        if self.secret.iter().any(|key| key.expose_secret().len() < SHORTEST_KEY) {
            return Err(ConfigError::invalid("KITH_SECRET", "each key needs at least 32 bytes"));
        }
        match environment.get("KITH_ACTIVATION") {
            None => {}
            Some("off") => self.activation = Activation::Off,
            Some("required") => self.activation = Activation::Required,
            Some(other) => {
                let reason = format!("{other:?} is neither off nor required");
                return Err(ConfigError::invalid("KITH_ACTIVATION", reason));
            }
        }
        let Lifetimes {
            access,
            refresh,
            session,
            refresh_grace,
            dialect_session,
            sliding,
            sliding_refresh,
            activation,
            email_change,
            password_reset,
            ticket,
        } = self.lifetimes;
        let links = [activation, email_change, password_reset];
        let tokens = [access, refresh, session, dialect_session, sliding, sliding_refresh, ticket];
        if tokens.iter().chain(&links).any(|seconds| *seconds <= 0) || refresh_grace < 0 {
            return Err(ConfigError::invalid("secrets.lifetimes", "must be more than 0 seconds"));
        }
        Ok(())
    }

    /// Whether a signing key is set.
    pub(super) fn named(&self) -> bool {
        !self.secret.is_empty()
    }

    /// With one signing key, for whoever makes a configuration without an environment.
    #[must_use]
    pub fn with_key(key: &str) -> Self {
        Self { secret: vec![SecretString::from(key.to_owned())], ..Self::default() }
    }

    pub(super) fn hide(&mut self) {
        for key in &mut self.secret {
            *key = SecretString::from("***");
        }
    }

    /// The signing keys: those that are set, else (in the embedded mode) one that is made at first
    /// start and kept in `folder` with mode 0600.
    ///
    /// # Errors
    /// No key is set and there is no folder to keep one in, or the folder refuses.
    pub fn keys(&self, folder: Option<&Path>) -> Result<Vec<SecretString>, SecretError> {
        if !self.secret.is_empty() {
            return Ok(self.secret.clone());
        }
        let path = folder.ok_or(SecretError::Missing)?.join("signing.key");
        let failed = |source| SecretError::File { path: path.display().to_string(), source };
        match std::fs::read_to_string(&path) {
            Ok(key) if key.trim().len() >= SHORTEST_KEY => return Ok(vec![SecretString::from(key.trim().to_owned())]),
            Ok(_) => {
                let short = std::io::Error::new(std::io::ErrorKind::InvalidData, "shorter than 32 bytes");
                return Err(failed(short));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        let key = hex::encode(bytes);
        write_private(&path, &key).map_err(failed)?;
        Ok(vec![SecretString::from(key)])
    }
}

/// The password for `api create-admin` (`KITH_ADMIN_PASSWORD`), if it is set. No part of the configuration,
/// which lives longer than the one use of this.
#[must_use]
pub fn admin_password() -> Option<String> {
    std::env::var("KITH_ADMIN_PASSWORD").ok().filter(|password| !password.is_empty())
}

/// Writes a file that its owner alone may read; it must not exist.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;

    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
