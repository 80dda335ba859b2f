//! A database a test.

use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// The advisory lock of whoever makes the schema on a server.
const MAKING: i64 = 0x006b_6974_685f_7465;

/// The server on which tests make their databases, if there is one.
pub(super) fn server_url() -> Option<String> {
    std::env::var("KITH_TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A migrated database of one test; on a server, it is dropped with this.
///
/// The schema is made once and copied from then on: on a server from a template database, `kith_schema_` with
/// [`migration::DIGEST`] behind it, else from a file of that name beside the tests' binary. Both stay for the next run.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    /// The server's address and the database's name.
    on_server: Option<(String, String)>,
}

impl TestDatabase {
    /// Makes one: on the tests' server, else in `folder`.
    pub(super) async fn create(folder: &Path) -> Self {
        match server_url() {
            None => Self { url: in_folder(folder).await, on_server: None },
            Some(server) => {
                let name = on_server(&server).await;
                Self { url: url_of(&server, &name), on_server: Some((server, name)) }
            }
        }
    }

    /// Its address.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// Makes a SQLite file in `folder`; answers its address.
async fn in_folder(folder: &Path) -> String {
    let file = folder.join("kith.db");
    let url = format!("sqlite://{}", file.display());
    let binary = std::env::current_exe().expect("a path");
    let schema = binary.with_file_name(format!("kith_schema_{}.db", migration::DIGEST));
    if std::fs::copy(&schema, &file).is_err() {
        migrated(&format!("{url}?mode=rwc")).await;
        // Whole or not at all: others look for it meanwhile.
        let made = schema.with_added_extension(random());
        std::fs::copy(&file, &made).expect("the schema is copied");
        std::fs::rename(&made, &schema).expect("the schema is kept");
    }
    url
}

/// Makes a database on the server; answers its name.
async fn on_server(server: &str) -> String {
    let connection = connect(server).await;
    let execute = async |sql: String| connection.execute_unprepared(&sql).await.expect("the server obeys");
    let schema = format!("kith_schema_{}", migration::DIGEST);
    let there = format!("SELECT 1 FROM pg_database WHERE datname = '{schema}'");
    let is_there = async || {
        let found = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, &there)).await;
        found.expect("the server answers").is_some()
    };
    if !is_there().await {
        execute(format!("SELECT pg_advisory_lock({MAKING})")).await;
        if !is_there().await {
            let made = format!("kith_test_{}", random());
            execute(format!("CREATE DATABASE {made}")).await;
            migrated(&url_of(server, &made)).await;
            execute(format!("ALTER DATABASE {made} RENAME TO {schema}")).await;
        }
        execute(format!("SELECT pg_advisory_unlock({MAKING})")).await;
    }
    let name = format!("kith_test_{}", random());
    execute(format!("CREATE DATABASE {name} TEMPLATE {schema}")).await;
    connection.close().await.expect("the connection closes");
    name
}

/// The address of a database of the server.
fn url_of(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).expect("KITH_TEST_DATABASE_URL is an address");
    url.set_path(name);
    url.into()
}

/// Migrates the database at `url`, and leaves it.
async fn migrated(url: &str) {
    let connection = connect(url).await;
    migration::migrate(&connection).await.expect("the schema is made");
    connection.close().await.expect("the connection closes");
}

fn random() -> String {
    format!("{:016x}", rand::random::<u64>())
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("the test database answers")
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some((server, name)) = self.on_server.take() else { return };
        // A thread of its own: a test's runtime may be on its way out.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let connection = connect(&server).await;
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                connection.execute_unprepared(&sql).await.expect("the database is dropped");
            });
        });
        drop(dropped.join());
    }
}
