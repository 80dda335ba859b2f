//! A database a test.

use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};

/// The server on which tests make their databases, if there is one.
pub(super) fn server_url() -> Option<String> {
    std::env::var("KITH_TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A migrated database of one test; on a server, it is dropped with this.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    /// The server's address and the database's name.
    on_server: Option<(String, String)>,
}

impl TestDatabase {
    /// Makes one: on the tests' server, else in `folder`.
    pub(super) async fn create(folder: &Path) -> Self {
        let made = match server_url() {
            None => Self { url: format!("sqlite://{}", folder.join("kith.db").display()), on_server: None },
            Some(server) => {
                let name = format!("kith_test_{:016x}", rand::random::<u64>());
                let connection = connect(&server).await;
                connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
                connection.close().await.expect("the connection closes");
                let mut url = url::Url::parse(&server).expect("KITH_TEST_DATABASE_URL is an address");
                url.set_path(&name);
                Self { url: url.to_string(), on_server: Some((server, name)) }
            }
        };
        let address = if made.on_server.is_some() { made.url.clone() } else { format!("{}?mode=rwc", made.url) };
        let connection = connect(&address).await;
        migration::migrate(&connection).await.expect("the schema is made");
        connection.close().await.expect("the connection closes");
        made
    }

    /// Its address.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
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
