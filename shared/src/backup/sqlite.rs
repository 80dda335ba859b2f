//! SQLite files: a backup taken beside whoever writes, and a file that nobody else has open.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr};

use super::{BackupError, check_steps, count_accounts};
use crate::database::{Database, DatabaseError, Engine};

/// How long a file's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

impl Database {
    /// Its size, in bytes (SQLite).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn bytes(&self) -> Result<u64, DatabaseError> {
        let sql = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";
        let row = self.reader().query_one_raw(self.engine().statement(sql, [])).await?;
        let bytes: i64 = row.map_or(Ok(0), |row| row.try_get("", "bytes"))?;
        Ok(bytes.unsigned_abs())
    }

    /// Copies it into `file`, which is empty or not there, as it is at one moment; whoever writes goes on
    /// meanwhile (SQLite).
    ///
    /// # Errors
    /// The database refuses, or the file can't be written.
    pub async fn copy_into(&self, file: &Path) -> Result<(), DatabaseError> {
        let statement = self.engine().statement("VACUUM INTO $1", [file.display().to_string().into()]);
        self.reader().execute_raw(statement).await?;
        Ok(())
    }
}

/// A file that this process alone has open, without a write-ahead log beside it.
#[derive(Debug)]
pub struct SqliteFile(DatabaseConnection);

impl SqliteFile {
    /// Opens a file that is there, and takes in its log, if there is one beside it. From then on, and
    /// after [`Self::close`], everything is in the one file.
    ///
    /// # Errors
    /// Another process has it open; it can't be read.
    pub async fn open(file: &Path) -> Result<Self, BackupError> {
        let path = file.to_owned();
        let mut options = ConnectOptions::new("sqlite://");
        options
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_timeout(PATIENCE)
            .acquire_timeout(PATIENCE)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(move |options| {
                options
                    .filename(&path)
                    .in_memory(false)
                    .create_if_missing(false)
                    .journal_mode(SqliteJournalMode::Delete)
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(PATIENCE)
                    .foreign_keys(true)
            });
        let open = Self(sea_orm::Database::connect(options).await.map_err(in_use)?);
        let mode: String = open.value("PRAGMA journal_mode", "journal_mode").await?;
        if mode == "delete" { Ok(open) } else { Err(BackupError::InUse) }
    }

    /// The connection, for the migrations.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.0
    }

    /// How many accounts there are.
    ///
    /// # Errors
    /// The file can't be read.
    pub async fn count_accounts(&self) -> Result<i64, BackupError> {
        Ok(count_accounts(&self.0, Engine::Sqlite).await?)
    }

    /// Checks that it is whole, Kith's, and of no newer Kith than one that knows these `steps` of the
    /// schema.
    ///
    /// # Errors
    /// It is not.
    pub async fn check(&self, steps: &[String]) -> Result<(), BackupError> {
        let foreign = |error: DbErr| BackupError::Foreign(error.to_string());
        let whole: String = self.value("PRAGMA integrity_check(1)", "integrity_check").await?;
        if whole != "ok" {
            return Err(BackupError::Foreign(format!("it is damaged: {whole}")));
        }
        let sql = "SELECT value FROM settings WHERE key = 'epoch'";
        let epoch = self.0.query_one_raw(Engine::Sqlite.statement(sql, [])).await.map_err(foreign)?;
        if epoch.is_none() {
            return Err(BackupError::Foreign("it has no epoch".to_owned()));
        }
        let sql = "SELECT version FROM seaql_migrations ORDER BY version";
        let rows = self.0.query_all_raw(Engine::Sqlite.statement(sql, [])).await.map_err(foreign)?;
        let applied: Vec<String> = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?;
        check_steps(&applied, steps)
    }

    /// Gives it a new name of its life.
    ///
    /// # Errors
    /// The file can't be written.
    pub async fn set_epoch(&self, epoch: &str) -> Result<(), BackupError> {
        let sql = "UPDATE settings SET value = $1 WHERE key = 'epoch'";
        self.0.execute_raw(Engine::Sqlite.statement(sql, [epoch.into()])).await?;
        // What was signed since the backup names sessions that are gone; no session shall have their numbers again.
        for sql in [
            "INSERT INTO sqlite_sequence (name, seq)
             SELECT 'sessions', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'sessions')",
            "UPDATE sqlite_sequence SET seq = MAX(seq, unixepoch() * 1000) WHERE name = 'sessions'",
        ] {
            self.0.execute_unprepared(sql).await?;
        }
        Ok(())
    }

    /// Closes it.
    ///
    /// # Errors
    /// What was written last may not be in the file.
    pub async fn close(self) -> Result<(), BackupError> {
        Ok(self.0.close().await?)
    }

    async fn value(&self, sql: &str, column: &str) -> Result<String, BackupError> {
        let row = self.0.query_one_raw(Engine::Sqlite.statement(sql, [])).await.map_err(in_use)?;
        Ok(row.map_or(Ok(String::new()), |row| row.try_get("", column))?)
    }
}

/// A file that stays locked is in use; one that SQLite does not read is something else.
fn in_use(error: DbErr) -> BackupError {
    let text = error.to_string();
    match DatabaseError::from(error) {
        DatabaseError::Busy(_) if text.contains("locked") => BackupError::InUse,
        _ => BackupError::Foreign(text),
    }
}
