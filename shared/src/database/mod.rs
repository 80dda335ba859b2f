//! The database port: PostgreSQL or SQLite behind one handle, and the few places where their SQL
//! differs.
//!
//! Placeholders are `$1`, `$2`… on both. Times are bound, never asked of the database, so that
//! they come from the clock port in one format.

mod engine;

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

pub use engine::{Engine, like_pattern};

use crate::config::DatabaseConfig;
use crate::ports::clock::{Clock, Timestamp};
use crate::private_folder;

/// A transaction; dropped without a commit, it is rolled back.
pub type Transaction = DatabaseTransaction;

/// How far a process may be from its database's clock before it refuses to start.
const CLOCK_TOLERANCE: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// What the database refused or could not do.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No free connection, a lock or a statement that took too long, a server that is away: worth
    /// another try.
    #[error("the database is busy: {0}")]
    Busy(DbErr),
    /// Anything else.
    #[error("the database refused: {0}")]
    Failed(DbErr),
    /// The schema is not there yet.
    #[error("the database is not migrated; run `api migrate`")]
    NotMigrated,
    /// This process and the database disagree about the time.
    #[error("this machine's clock is {0} s away from the database's; at most 5 s is safe")]
    ClockSkew(i64),
}

impl From<DbErr> for DatabaseError {
    fn from(error: DbErr) -> Self {
        if is_busy(&error) { Self::Busy(error) } else { Self::Failed(error) }
    }
}

fn is_busy(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match error.as_ref() {
                sea_orm::sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                    // deadlock, serialization, lock and statement time-outs, a server shutting
                    // down or starting, too many connections; SQLITE_BUSY
                    matches!(
                        code.as_ref(),
                        "40P01" | "40001" | "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "53300" | "5"
                    )
                }),
                sea_orm::sqlx::Error::Io(_)
                | sea_orm::sqlx::Error::PoolTimedOut
                | sea_orm::sqlx::Error::PoolClosed
                | sea_orm::sqlx::Error::WorkerCrashed => true,
                _ => false,
            }
        }
        _ => false,
    }
}

pub(crate) fn is_undefined_table(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(error)) = error else { return false };
    let sea_orm::sqlx::Error::Database(error) = error.as_ref() else { return false };
    error.code().is_some_and(|code| code == "42P01") || error.message().starts_with("no such table")
}

/// The database: one writer and one reader pool on SQLite, one pool for both on PostgreSQL.
#[derive(Debug, Clone)]
pub struct Database {
    engine: Engine,
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Database {
    /// Connects and checks the clock; migrates nothing.
    ///
    /// # Errors
    /// The database is away, or its clock and this process's differ by more than 5 s.
    pub async fn connect(config: &DatabaseConfig, clock: &dyn Clock) -> Result<Self, DatabaseError> {
        let database = if config.postgres() {
            Self::connect_postgres(config, "kith").await?
        } else {
            Self::connect_sqlite(config).await?
        };
        database.check_clock(clock).await?;
        Ok(database)
    }

    /// Connects to PostgreSQL with one connection that bears another name than those of processes that
    /// serve or work, which a restore looks for.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub async fn connect_aside(
        config: &DatabaseConfig,
        name: &'static str,
        clock: &dyn Clock,
    ) -> Result<Self, DatabaseError> {
        let config = DatabaseConfig { connections: 1, ..config.clone() };
        let database = Self::connect_postgres(&config, name).await?;
        database.check_clock(clock).await?;
        Ok(database)
    }

    async fn connect_postgres(config: &DatabaseConfig, name: &'static str) -> Result<Self, DatabaseError> {
        let timeouts = [
            ("statement_timeout", format!("{}s", config.statement_timeout)),
            ("lock_timeout", format!("{}s", config.lock_timeout)),
            ("idle_in_transaction_session_timeout", "60s".to_owned()),
        ];
        let mut options = ConnectOptions::new(&config.url);
        options
            .max_connections(config.connections)
            .acquire_timeout(Duration::from_secs(config.acquire_timeout))
            .connect_timeout(Duration::from_secs(config.acquire_timeout))
            .test_before_acquire(false)
            .sqlx_logging(false)
            .map_sqlx_postgres_opts(move |options| options.application_name(name).options(timeouts.clone()));
        let pool = sea_orm::Database::connect(options).await?;
        Ok(Self { engine: Engine::Postgres, writer: pool.clone(), reader: pool })
    }

    async fn connect_sqlite(config: &DatabaseConfig) -> Result<Self, DatabaseError> {
        let pool = async |connections: u32| {
            let mut options = ConnectOptions::new(&config.url);
            options
                .max_connections(connections)
                .min_connections(1)
                // Closing the last connection would checkpoint and delete the log under a reader.
                .idle_timeout(None)
                .max_lifetime(None)
                .acquire_timeout(Duration::from_secs(config.acquire_timeout))
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(|options| {
                    // SQLite would let everybody read it, and its log and index have the file's own mode. Whether it
                    // can't be made, opening it says.
                    let file = options.get_filename();
                    if !file.starts_with("file:") {
                        let _ = private_folder::create_file(file);
                    }
                    options
                        .create_if_missing(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .busy_timeout(Duration::from_secs(5))
                        .foreign_keys(true)
                });
            sea_orm::Database::connect(options).await
        };
        // A pool of one writes, so that writers queue here and never meet SQLITE_BUSY; nothing may
        // acquire it twice at once.
        let writer = pool(1).await?;
        let reader = pool(config.connections.clamp(1, 8)).await?;
        Ok(Self { engine: Engine::Sqlite, writer, reader })
    }

    async fn check_clock(&self, clock: &dyn Clock) -> Result<(), DatabaseError> {
        if self.engine == Engine::Sqlite {
            return Ok(()); // the same machine's
        }
        let statement = self.engine.statement("SELECT clock_timestamp() AS now", []);
        let row = self.reader.query_one_raw(statement).await?;
        let Some(row) = row else { return Ok(()) };
        let theirs: Timestamp = row.try_get("", "now")?;
        let skew = clock.now() - theirs;
        if skew.abs() > CLOCK_TOLERANCE {
            return Err(DatabaseError::ClockSkew(skew.num_seconds()));
        }
        Ok(())
    }

    /// Has `heard` told of each statement of this handle, and of clones that are made of it from now on.
    #[cfg(feature = "testing")]
    pub(crate) fn tell(&mut self, heard: impl Fn(&str) + Clone + Send + Sync + 'static) {
        for pool in [&mut self.writer, &mut self.reader] {
            let heard = heard.clone();
            pool.set_metric_callback(move |info| heard(&info.statement.sql));
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For reads that may run beside a write.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single writing statements.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// A transaction that holds SQLite's write lock from its first moment.
    ///
    /// # Errors
    /// No connection is free in time.
    pub async fn begin(&self) -> Result<Transaction, DatabaseError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Runs a query that PostgreSQL shall plan for its values each time. A statement that stays prepared
    /// is after some runs planned for any value, and of a pattern in `LIKE` that guess is wrong by
    /// orders of magnitude. Costs about 0.4 ms more; on SQLite, which does not guess, nothing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn query_by_value(&self, statement: Statement) -> Result<Vec<QueryResult>, DatabaseError> {
        if self.engine == Engine::Sqlite {
            return Ok(self.reader.query_all_raw(statement).await?);
        }
        let tx = self.reader.begin().await?;
        tx.execute_unprepared("SET LOCAL plan_cache_mode = force_custom_plan").await?;
        let rows = tx.query_all_raw(statement).await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Locks the pair of accounts until the transaction ends, so that send, accept, block and
    /// remove of the same two people follow one another. On SQLite the write lock does it.
    ///
    /// # Errors
    /// The lock is not had in time.
    pub async fn lock_pair(&self, tx: &Transaction, one: i64, other: i64) -> Result<(), DatabaseError> {
        if self.engine == Engine::Postgres {
            let (low, high) = (one.min(other), one.max(other));
            let sql = format!("SELECT {PAIR_LOCK} FROM (SELECT $1::bigint AS low_id, $2::bigint AS high_id) AS pair");
            tx.execute_raw(self.engine.statement(sql, [low.into(), high.into()])).await?;
        }
        Ok(())
    }

    /// Locks a word until the transaction ends, for uniqueness that no index can hold: of two
    /// registrations with one email, the second sees the first. On SQLite the write lock does it.
    ///
    /// # Errors
    /// The lock is not had in time.
    pub async fn lock_word(&self, tx: &Transaction, word: &str) -> Result<(), DatabaseError> {
        if self.engine == Engine::Postgres {
            let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            tx.execute_raw(self.engine.statement(sql, [word.into()])).await?;
        }
        Ok(())
    }

    /// Answers whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        self.reader.query_one_raw(self.engine.statement("SELECT 1", [])).await?;
        Ok(())
    }

    /// The random name of this database's life; new after a restore.
    ///
    /// # Errors
    /// The database has not been migrated.
    pub async fn epoch(&self) -> Result<String, DatabaseError> {
        let statement = self.engine.statement("SELECT value FROM settings WHERE key = 'epoch'", []);
        let row = match self.reader.query_one_raw(statement).await {
            Ok(row) => row.ok_or(DatabaseError::NotMigrated)?,
            Err(error) if is_undefined_table(&error) => return Err(DatabaseError::NotMigrated),
            Err(error) => return Err(error.into()),
        };
        Ok(row.try_get("", "value")?)
    }

    /// Closes the pools; what runs is finished first.
    pub async fn close(self) {
        // Both are being thrown away: an error on closing changes nothing.
        let _ = self.writer.close().await;
        let _ = self.reader.close().await;
    }
}

/// The advisory lock of a pair, for a row with `low_id` and `high_id`. Two pairs that share a hash
/// wait for each other; nothing else follows from it.
pub const PAIR_LOCK: &str = "pg_advisory_xact_lock(hashint8extended(low_id, high_id))";
