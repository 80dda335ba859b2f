//! Restoring on PostgreSQL: `pg_restore` writes the statements, and `psql` runs them in one transaction
//! with those that empty the database before and give it its new epoch after. Whoever dies meanwhile, the
//! server undoes what was begun, since nobody commits.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use shared::backup::{self, BackupError};
use shared::config::Config;
use shared::database::Database;
use shared::ports::clock::{Clock, SystemClock};

use super::{Refusal, may_go};
use crate::cli::postgres_tools::{Running, ToolError, Tools, local, written};
use crate::cli::{Failure, progress};

pub(super) async fn restore(config: &Config, file: PathBuf, yes: bool) -> Result<(), Failure> {
    let tools = Tools::new(&config.database)?;
    let (file, objects) = tokio::task::spawn_blocking(move || check(&file).map(|objects| (file, objects))).await??;

    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let connect = || Database::connect_aside(&config.database, backup::SAFE_NAME, clock.as_ref());
    let database = connect().await?;
    // Seen here for the sake of a plain answer; what holds is the same look under locks.
    if database.count_other_connections().await? > 0 {
        return Err(Refusal::Running.into());
    }
    may_go(database.count_accounts().await?, yes)?;
    database.close().await;

    tokio::task::spawn_blocking(move || replace(&tools, &file, objects)).await??;

    let database = connect().await?;
    migration::migrate(database.writer())
        .await
        .map_err(|error| format!("the backup is restored, but its schema is old; run `api migrate`: {error}"))?;
    database.close().await;
    Ok(())
}

/// Checks that the file is a backup of Kith that this program knows, and counts what is in it.
fn check(file: &Path) -> Result<u64, Failure> {
    let foreign = |error| match error {
        ToolError::Failed { said, .. } => Failure::from(BackupError::Foreign(said)),
        error => error.into(),
    };
    let list = written("pg_restore", local("pg_restore").arg("--list").arg(file)).map_err(foreign)?;
    let objects = list.lines().filter(|line| !line.is_empty() && !line.starts_with(';')).count();
    if !column(file, "settings", "key")?.iter().any(|key| key == "epoch") {
        return Err(BackupError::Foreign("it has no epoch".to_owned()).into());
    }
    backup::check_steps(&column(file, "seaql_migrations", "version")?, &migration::steps())?;
    Ok(objects as u64)
}

/// The values of a column in a backup's table; none, when there is no such table.
fn column(file: &Path, table: &str, column: &str) -> Result<Vec<String>, ToolError> {
    let mut command = local("pg_restore");
    command.args(["--data-only", "--file=-", "--table", table]).arg(file);
    let script = written("pg_restore", &mut command)?;
    let mut lines = script.lines().skip_while(|line| !line.starts_with("COPY "));
    let header = lines.next().unwrap_or_default();
    let columns = header.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(columns, _)| columns);
    let Some(place) = columns.split(", ").position(|name| name == column) else { return Ok(Vec::new()) };
    let rows = lines.take_while(|line| *line != "\\.");
    Ok(rows.filter_map(|row| row.split('\t').nth(place).map(str::to_owned)).collect())
}

/// Puts what is in the file in the place of what is in the database.
fn replace(tools: &Tools, file: &Path, objects: u64) -> Result<(), Failure> {
    let bar = progress::bar("objects", objects);
    let mut psql = tools.connected("psql");
    psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]).stdin(Stdio::piped());
    let mut psql = Running::start("psql", &mut psql, |line| line.contains("NOTICE: "))?;
    let Some(mut into) = psql.input() else { return Err("psql takes no input".into()) };

    let mut statements = local("pg_restore");
    // Without comments: that on an extension is its owner's to make, who may be another.
    statements
        .args(["--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--verbose", "--file=-"])
        .arg(file);
    let shown = bar.clone();
    let mut reading = Running::start("pg_restore", statements.stdout(Stdio::piped()), move |line| {
        let done = ["creating ", "processing ", "executing "];
        let of_progress =
            line.strip_prefix("pg_restore: ").is_some_and(|rest| done.iter().any(|d| rest.starts_with(d)));
        if of_progress {
            shown.inc(1);
        }
        of_progress
    })?;
    let Some(mut from) = reading.output() else { return Err("pg_restore gives no output".into()) };

    // Refused when psql has ended, which then says why.
    let carried = into
        .write_all(backup::before_restore(migration::MIGRATION_LOCK).as_bytes())
        .and_then(|()| carry(&mut from, &mut into));
    drop(from); // pg_restore, if it is not done, ends on it
    let read = reading.wait();
    let carried = match (carried, &read) {
        // Everything was read and passed on: only now is there something to commit.
        (Ok(()), Ok(())) => into.write_all(backup::after_restore(&backup::new_epoch()).as_bytes()),
        (carried, _) => carried,
    };
    drop(into);
    let ran = psql.wait();
    bar.finish_and_clear();
    ran?;
    read?;
    Ok(carried?)
}

fn carry(from: &mut impl std::io::Read, into: &mut impl std::io::Write) -> std::io::Result<()> {
    let mut piece = vec![0; 64 * 1024];
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(()),
            read => into.write_all(&piece[..read])?,
        }
    }
}
