//! Restoring on SQLite. Everything is done to a copy beside the database, which then takes its name.
//!
//! Killed at any point, this leaves the old database or the new one, whole:
//! 1. The backup is copied beside the database, checked, brought up to date, given its epoch, and synced.
//!    The database is not touched; what is left of an earlier copy is overwritten.
//! 2. The database's write-ahead log is taken into it, and is gone. SQLite does that, and goes on with it
//!    at the next opening if it was interrupted. The log must be gone before the new file comes: SQLite
//!    would read it into whatever file bears the name. And it must not be removed by hand, for then the
//!    old database would lack its latest changes until the new one comes.
//! 3. The copy is renamed over the database, at once or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use shared::backup::{self, BackupError, SqliteFile};
use shared::config::Config;

use super::{Refusal, may_go};
use crate::cli::backup_file::{FileError, beside, failed, private_file, sync_folder};
use crate::cli::{Failure, progress};
use crate::embedded::{DataFolder, EmbeddedError};

/// What SQLite keeps beside a database.
const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

pub(super) async fn restore(config: &Config, file: &Path, yes: bool) -> Result<(), Failure> {
    let database = config.database.sqlite_file()?;
    let _folder = DataFolder::lock(&config.server.data).map_err(|error| match error {
        EmbeddedError::Locked(_) => Failure::from(Refusal::Running),
        error => error.into(),
    })?;
    let there = database.try_exists().map_err(failed(&database))?;
    if there && fs::canonicalize(&database)? == fs::canonicalize(file)? {
        return Err(Refusal::Itself(file.display().to_string()).into());
    }
    if fs::metadata(beside(file, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(Refusal::Live(file.display().to_string()).into());
    }
    let readable = there && may_go_file(&database, yes).await?;
    if let Some(folder) = database.parent().filter(|_| !there) {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }

    let copy = Copy::make(file, &database)?;
    prepare(&copy.0).await?;
    File::open(&copy.0).and_then(|copy| copy.sync_all()).map_err(failed(&copy.0))?;
    if readable {
        SqliteFile::open(&database).await?.close().await?;
    } else {
        // What is left beside a database that is gone or damaged, SQLite would read into the new one.
        remove_side_files(&database)?;
    }
    fs::rename(&copy.0, &database).map_err(failed(&database))?;
    sync_folder(&database)?;
    Ok(())
}

/// Whether the database that is there may go; answers whether it can be read. Looking into it changes
/// nothing but that its log is taken in.
async fn may_go_file(database: &Path, yes: bool) -> Result<bool, Failure> {
    let counted = async {
        let open = SqliteFile::open(database).await?;
        let accounts = open.count_accounts().await?;
        open.close().await?;
        Ok(accounts)
    };
    match counted.await {
        Ok(accounts) => Ok(may_go(accounts, yes).map(|()| true)?),
        Err(BackupError::InUse) => Err(BackupError::InUse.into()),
        Err(_) if yes => Ok(false),
        Err(error) => Err(Refusal::Unreadable(error.to_string()).into()),
    }
}

/// Checks the copy, and makes of it what the database shall be.
async fn prepare(copy: &Path) -> Result<(), Failure> {
    let spinner = progress::spinner("checking");
    let open = SqliteFile::open(copy).await?;
    open.check(&migration::steps()).await?;
    migration::migrate(open.connection()).await?;
    open.set_epoch(&backup::new_epoch()).await?;
    open.close().await?;
    spinner.finish_and_clear();
    Ok(())
}

/// A copy beside the database, removed unless it takes the database's name.
struct Copy(std::path::PathBuf);

impl Copy {
    fn make(file: &Path, database: &Path) -> Result<Self, FileError> {
        let copy = Self(beside(database, ".restoring"));
        copy.remove()?; // that of a restore that was killed
        let mut into = private_file(&copy.0).map_err(failed(&copy.0))?;
        own_as(&copy.0, database)?;
        let mut from = File::open(file).map_err(failed(file))?;
        let bar = progress::bytes("copying", from.metadata().map_or(0, |file| file.len()));
        let mut piece = vec![0; 1024 * 1024];
        loop {
            let read = from.read(&mut piece).map_err(failed(file))?;
            if read == 0 {
                break;
            }
            into.write_all(&piece[..read]).map_err(failed(&copy.0))?;
            bar.inc(read as u64);
        }
        bar.finish_and_clear();
        Ok(copy)
    }

    fn remove(&self) -> Result<(), FileError> {
        remove_side_files(&self.0)?;
        remove(&self.0)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Not there any more, once it is the database.
        let _ = self.remove();
    }
}

/// Gives the copy to whom the database belongs: an operator may be root, and the server not.
#[cfg(unix)]
fn own_as(copy: &Path, database: &Path) -> Result<(), FileError> {
    use std::os::unix::fs::{MetadataExt as _, chown};

    let Ok(like) = fs::metadata(database) else { return Ok(()) };
    let own = fs::metadata(copy).map_err(failed(copy))?;
    if like.uid() != own.uid() || like.gid() != own.gid() {
        chown(copy, Some(like.uid()), Some(like.gid())).map_err(failed(copy))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn own_as(_: &Path, _: &Path) -> Result<(), FileError> {
    Ok(())
}

fn remove_side_files(database: &Path) -> Result<(), FileError> {
    SIDE_FILES.iter().try_for_each(|suffix| remove(&beside(database, suffix)))
}

fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(()),
    }
}
