//! A database on the tests' server that nobody has migrated.

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};

/// It goes with this value.
pub(crate) struct EmptyDatabase {
    server: String,
    name: String,
}

impl EmptyDatabase {
    pub(crate) async fn create() -> Self {
        let server = std::env::var("KITH_TEST_DATABASE_URL").expect("the tests' server");
        let name = format!("kith_test_{:016x}", rand::random::<u64>());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Self { server, name }
    }

    pub(crate) fn url(&self) -> String {
        let (address, query) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (begin, _) = address.rsplit_once('/').expect("an address with a database");
        format!("{begin}/{}?{query}", self.name)
    }

    pub(crate) async fn connect(&self) -> DatabaseConnection {
        connect(&self.url()).await
    }
}

impl Drop for EmptyDatabase {
    fn drop(&mut self) {
        let server = self.server.clone();
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A thread of its own: the test's runtime may be on its way out.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run(&server, &sql));
        });
        drop(dropped.join());
    }
}

async fn run(server: &str, sql: &str) {
    let connection = connect(server).await;
    connection.execute_unprepared(sql).await.expect("the server obeys");
    connection.close().await.expect("the connection closes");
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("the database answers")
}
