//! A database of a test and the data folder beside it, for commands that run while nothing serves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;

use crate::children::{EmptyDatabase, Ended, SECRET, production};
use crate::world::run;

/// How long a command may take.
const SOON: Duration = Duration::from_secs(30);

/// Every row of every table, but for the epoch.
pub(crate) type Rows = BTreeMap<String, Vec<String>>;

/// An empty database, and a folder.
pub(crate) struct House {
    folder: TempDir,
    /// On PostgreSQL; else a file in the folder.
    server: Option<EmptyDatabase>,
}

impl House {
    /// One on each kind of database that the tests have.
    pub(crate) async fn each() -> Vec<Self> {
        let mut houses = vec![Self::on_sqlite()];
        houses.extend(Self::on_postgres().await);
        houses
    }

    pub(crate) fn on_sqlite() -> Self {
        Self { folder: tempfile::tempdir().expect("a scratch folder"), server: None }
    }

    /// Nothing, where the tests have no PostgreSQL.
    pub(crate) async fn on_postgres() -> Option<Self> {
        if !production() {
            return None;
        }
        Some(Self { server: Some(EmptyDatabase::create().await), ..Self::on_sqlite() })
    }

    pub(crate) fn postgres(&self) -> bool {
        self.server.is_some()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.data().join("kith.db")
    }

    /// Where the database is; with a password, which the tests' server does not ask for.
    pub(crate) fn url(&self) -> String {
        match &self.server {
            None => format!("sqlite://{}", self.file().display()),
            Some(server) => {
                let mut url = url::Url::parse(&server.url()).expect("an address");
                url.set_password(Some("hunter2")).expect("it has a host");
                url.into()
            }
        }
    }

    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("KITH_DATA", self.data().display().to_string()),
            ("DATABASE_URL", self.url()),
            ("KITH_SECRET", SECRET.to_owned()),
            ("KITH_BIND", "127.0.0.1:0".to_owned()),
            ("KITH_METRICS_BIND", "127.0.0.1:0".to_owned()),
            ("KITH_RATE_LIMITS", "off".to_owned()),
        ]
    }

    /// Runs a command to its end.
    pub(crate) async fn command(&self, arguments: &[&str]) -> Ended {
        self.command_with(arguments, &[]).await
    }

    pub(crate) async fn command_with(&self, arguments: &[&str], more: &[(&'static str, &str)]) -> Ended {
        let mut environment = self.environment();
        environment.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        run(arguments, self.folder(), &environment).ended(SOON).await
    }

    /// Runs a command that must do what it is asked.
    #[track_caller]
    pub(crate) fn done(ended: &Ended) {
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    }

    /// Checks that a command said no, why, and how.
    #[track_caller]
    pub(crate) fn refused(ended: &Ended, why: &str) {
        assert_eq!(ended.status.code(), Some(1), "{ended:#?}");
        assert!(ended.stderr.contains("api: ") && ended.stderr.contains(why), "{why}: {ended:#?}");
        assert!(!ended.stderr.contains("hunter2") && !ended.stdout.contains("hunter2"), "{ended:#?}");
    }

    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(self.url());
        options.max_connections(1).sqlx_logging(false);
        sea_orm::Database::connect(options).await.expect("the database answers")
    }

    /// Runs statements.
    pub(crate) async fn run(&self, sql: &str) {
        let connection = self.connect().await;
        connection.execute_unprepared(sql).await.expect("the database obeys");
        connection.close().await.expect("the connection closes");
    }

    /// The one text that a query answers.
    pub(crate) async fn text(&self, sql: &str) -> String {
        self.texts(sql).await.remove(0)
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let connection = self.connect().await;
        let backend = if self.postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
        let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("the database answers");
        connection.close().await.expect("the connection closes");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }

    pub(crate) async fn epoch(&self) -> String {
        self.text("SELECT value FROM settings WHERE key = 'epoch'").await
    }

    /// Everything that is in the database: rows, and the numbers that come next, but for those of sessions, which
    /// a restore moves on.
    pub(crate) async fn rows(&self) -> Rows {
        let tables = if self.postgres() {
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        };
        let mut rows = Rows::new();
        for table in self.texts(tables).await {
            let row = if self.postgres() {
                format!("row_to_json({table})::text")
            } else {
                let columns = format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')");
                format!("concat_ws(', ', {})", self.texts(&columns).await.join(", "))
            };
            let which = match table.as_str() {
                "settings" => "WHERE key <> 'epoch'",
                "sqlite_sequence" => "WHERE name <> 'sessions'",
                _ => "",
            };
            let sql = format!("SELECT {row} AS shown FROM {table} {which} ORDER BY 1");
            rows.insert(table, self.texts(&sql).await);
        }
        if self.postgres() {
            let sql = "SELECT sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences
                       WHERE schemaname = 'public' AND sequencename <> 'sessions_id_seq' ORDER BY 1";
            rows.insert("sequences".to_owned(), self.texts(sql).await);
        }
        rows
    }
}
