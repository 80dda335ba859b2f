//! What a backup and a restore ask of a database, and what a file must be to be restored. The
//! operator's commands, `api db-backup` and `api db-restore`, do the rest.

mod postgres;
mod sqlite;

use sea_orm::{ConnectionTrait, DatabaseConnection};

pub use postgres::{SAFE_NAME, after_restore, before_restore};
pub use sqlite::SqliteFile;

use crate::database::{Database, DatabaseError, Engine, is_undefined_table};

/// A file can't be restored, or not now.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It is something else.
    #[error("not a backup of Kith: {0}")]
    Foreign(String),
    /// Its schema has steps that this program does not know.
    #[error(
        "made by a newer Kith than this one, which does not know {}; restore it with that version",
        .0.join(", ")
    )]
    Newer(Vec<String>),
    /// Somebody has the database open.
    #[error("another process has the database open; stop it first")]
    InUse,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Checks that this program knows every step of a backup's schema.
///
/// # Errors
/// It does not, or the backup has no schema at all.
pub fn check_steps(of_backup: &[String], known: &[String]) -> Result<(), BackupError> {
    if of_backup.is_empty() {
        return Err(BackupError::Foreign("no migration was ever applied to it".to_owned()));
    }
    let newer: Vec<_> = of_backup.iter().filter(|step| !known.contains(step)).cloned().collect();
    if newer.is_empty() { Ok(()) } else { Err(BackupError::Newer(newer)) }
}

/// A new name for a database's life: 128 random bits in hexadecimal.
#[must_use]
pub fn new_epoch() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}

impl Database {
    /// How many accounts there are; none, where there are no tables.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_accounts(&self) -> Result<i64, DatabaseError> {
        count_accounts(self.reader(), self.engine()).await
    }

    /// How many tables a backup of it holds (PostgreSQL).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_tables(&self) -> Result<i64, DatabaseError> {
        let sql = "SELECT count(*) AS count FROM pg_class
                   WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
        count(self.reader(), self.engine(), sql).await
    }

    /// How many connections other Kith processes have to it (PostgreSQL).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_other_connections(&self) -> Result<i64, DatabaseError> {
        let sql = "SELECT count(*) AS count FROM pg_stat_activity
                   WHERE datname = current_database() AND application_name = 'kith' AND pid <> pg_backend_pid()";
        count(self.reader(), self.engine(), sql).await
    }
}

async fn count_accounts(db: &DatabaseConnection, engine: Engine) -> Result<i64, DatabaseError> {
    match db.query_one_raw(engine.statement("SELECT count(*) AS count FROM accounts", [])).await {
        Ok(row) => Ok(row.map_or(Ok(0), |row| row.try_get("", "count"))?),
        Err(error) if is_undefined_table(&error) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

async fn count(db: &DatabaseConnection, engine: Engine, sql: &str) -> Result<i64, DatabaseError> {
    let row = db.query_one_raw(engine.statement(sql, [])).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "count"))?)
}
