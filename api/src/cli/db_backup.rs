//! `api db-backup`: the whole database in one file, taken while everything runs.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use shared::config::Config;
use shared::database::Database;
use shared::ports::clock::{Clock, SystemClock};

use super::backup_file::{Unfinished, by_time};
use super::postgres_tools::{Running, ToolError, Tools};
use super::{Failure, print, progress};

/// Between two looks at the file that grows.
const LOOK: Duration = Duration::from_millis(100);

/// Writes a backup of the database into `file`, else into the data folder under the time's name.
pub(super) async fn db_backup(config: &Config, file: Option<PathBuf>) -> Result<(), Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if !config.database.postgres() {
        let database = config.database.sqlite_file()?;
        // Else it would be made.
        if !database.try_exists()? {
            return Err(format!("{}: there is no database to back up", database.display()).into());
        }
    }
    let database = Database::connect(&config.database, clock.as_ref()).await?;
    database.epoch().await?; // whether there is a schema at all
    let file = file.unwrap_or_else(|| by_time(config, clock.now()));
    let unfinished = Unfinished::create(&file)?;
    if config.database.postgres() {
        let tables = database.count_tables().await?.unsigned_abs();
        database.close().await;
        let (tools, into) = (Tools::new(&config.database)?, unfinished.path().to_owned());
        tokio::task::spawn_blocking(move || dump(&tools, &into, tables)).await??;
    } else {
        copy(&database, &unfinished).await?;
        database.close().await;
    }
    let size = unfinished.finish()?;
    print(&format!("{} ({size} bytes)\n", file.display()))
}

/// PostgreSQL's own format, from one snapshot.
fn dump(tools: &Tools, into: &std::path::Path, tables: u64) -> Result<(), ToolError> {
    let bar = progress::bar("tables", tables);
    let mut command = tools.connected("pg_dump");
    command.args(["--format=custom", "--verbose", "--file"]).arg(into);
    let shown = bar.clone();
    let dumping = Running::start("pg_dump", &mut command, move |line| {
        if line.starts_with("pg_dump: dumping contents of table") {
            shown.inc(1);
        }
        !line.contains("error: ") && !line.contains("warning: ") && line.starts_with("pg_dump: ")
    })?;
    dumping.wait()?;
    bar.finish_and_clear();
    Ok(())
}

/// SQLite's copy of one moment.
async fn copy(database: &Database, unfinished: &Unfinished) -> Result<(), Failure> {
    let bar = progress::bytes("copying", database.bytes().await?);
    let path = unfinished.path();
    let growing = async {
        loop {
            bar.set_position(std::fs::metadata(path).map_or(0, |file| file.len()));
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        copied = database.copy_into(path) => copied?,
        () = growing => {}
    }
    bar.finish_and_clear();
    Ok(())
}
