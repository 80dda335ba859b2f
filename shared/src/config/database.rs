//! Which database, and how its connections behave.

use std::path::{Path, PathBuf};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};

/// `[database]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `postgres://…` or `sqlite://…` (`DATABASE_URL`); by default the SQLite file in the data folder.
    pub url: String,
    /// Connections a process keeps at most (`KITH_DATABASE_CONNECTIONS`).
    pub connections: u32,
    /// Seconds to wait for a free connection before the request is answered with 503.
    pub acquire_timeout: u64,
    /// Seconds that one statement may run (PostgreSQL).
    pub statement_timeout: u64,
    /// Seconds that one statement may wait for a lock (PostgreSQL).
    pub lock_timeout: u64,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: String::new(), connections: 20, acquire_timeout: 5, statement_timeout: 15, lock_timeout: 5 }
    }
}

impl DatabaseConfig {
    pub(super) fn apply(&mut self, environment: &Environment, data: &Path) -> Result<(), ConfigError> {
        environment.set("DATABASE_URL", &mut self.url)?;
        environment.set("KITH_DATABASE_CONNECTIONS", &mut self.connections)?;
        if self.url.is_empty() {
            self.url = format!("sqlite://{}", data.join("kith.db").display());
        }
        if !self.postgres() && !self.url.starts_with("sqlite:") {
            return Err(ConfigError::invalid("DATABASE_URL", "must begin with postgres:// or sqlite://"));
        }
        // A PostgreSQL address may name its socket in the query and no host.
        if self.postgres() && !self.url.contains("host=") {
            server_address("DATABASE_URL", &self.url)?;
        }
        if self.connections == 0 {
            return Err(ConfigError::invalid("KITH_DATABASE_CONNECTIONS", "must be at least 1"));
        }
        if self.acquire_timeout == 0 || self.statement_timeout == 0 || self.lock_timeout == 0 {
            return Err(ConfigError::invalid("database", "time-outs must be at least 1 second"));
        }
        Ok(())
    }

    /// Whether the address names a PostgreSQL server.
    #[must_use]
    pub fn postgres(&self) -> bool {
        self.url.starts_with("postgres:") || self.url.starts_with("postgresql:")
    }
    /// The file of a SQLite database.
    ///
    /// # Errors
    /// The address names none: PostgreSQL, or a database in memory.
    pub fn sqlite_file(&self) -> Result<PathBuf, ConfigError> {
        let invalid = |reason: String| ConfigError::invalid("DATABASE_URL", reason);
        if self.postgres() || self.url.contains(":memory:") || self.url.contains("mode=memory") {
            return Err(invalid("names no file".to_owned()));
        }
        let options: SqliteConnectOptions =
            self.url.parse().map_err(|error: sea_orm::sqlx::Error| invalid(error.to_string()))?;
        Ok(options.get_filename().to_owned())
    }
}
