//! `api db-restore`: puts a backup in the place of the database, whole or not at all.

mod postgres;
mod sqlite;

use std::path::PathBuf;

use shared::config::Config;

use super::backup_file::{failed, newest};
use super::{Failure, print};

/// The restore does not begin.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// Somebody's data would go.
    #[error(
        "the database has {0} account(s), which the backup would replace; `api db-backup` keeps them in a file, and \
         `--yes` says that they may go"
    )]
    HasAccounts(i64),
    /// Nobody can say what would go.
    #[error("the database can't be read ({0}); `--yes` says that it may go all the same")]
    Unreadable(String),
    /// A Kith serves or works.
    #[error("a Kith process uses the database; stop the API and the workers first")]
    Running,
    /// It would replace itself.
    #[error("{0}: is the database itself")]
    Itself(String),
    /// It is the file of a database, and a part of that is in another one.
    #[error("{0}: has a write-ahead log beside it, so it is no backup; make one with `api db-backup`")]
    Live(String),
}

/// Restores `file`, else the newest backup in the data folder. `yes` lets accounts go that are there.
pub(super) async fn db_restore(config: &Config, file: Option<PathBuf>, yes: bool) -> Result<(), Failure> {
    let file = match file {
        Some(file) => file,
        None => newest(config)?,
    };
    let read = std::fs::File::open(&file).map_err(failed(&file))?;
    if !read.metadata().map_err(failed(&file))?.is_file() {
        return Err(format!("{}: not a file", file.display()).into());
    }
    print(&format!("restoring {}\n", file.display()))?;
    if config.database.postgres() {
        postgres::restore(config, file, yes).await?;
    } else {
        sqlite::restore(config, &file, yes).await?;
    }
    print("restored\n")
}

/// Accounts that are there go only when somebody says so.
fn may_go(accounts: i64, yes: bool) -> Result<(), Refusal> {
    if accounts > 0 && !yes { Err(Refusal::HasAccounts(accounts)) } else { Ok(()) }
}
