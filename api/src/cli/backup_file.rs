//! The files of backups: how they are called, and that they are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use shared::config::Config;
use shared::ports::clock::Timestamp;

/// A backup's file can't be written or found.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    /// Nothing is overwritten.
    #[error("{0}: is there already; nothing was written")]
    Exists(String),
    /// Another backup writes it, or was killed while it did.
    #[error("{0}: is there; another backup writes it, or one was ended while it did: then remove it")]
    Unfinished(String),
    /// Nothing to restore.
    #[error("{folder}: no backup of this kind of database (kith-….{ending}) is there; name a file")]
    NoneThere {
        /// Where it was looked for.
        folder: String,
        /// What its name ends with.
        ending: &'static str,
    },
    /// What the system said.
    #[error("{path}: {source}")]
    System {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Says which file it was.
pub(super) fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> FileError {
    let path = path.display().to_string();
    move |source| FileError::System { path, source }
}

fn folder(config: &Config) -> PathBuf {
    config.server.data.join("backups")
}

fn ending(config: &Config) -> &'static str {
    if config.database.postgres() { "dump" } else { "db" }
}

/// Where a backup of this moment goes when nobody says.
pub(super) fn by_time(config: &Config, now: Timestamp) -> PathBuf {
    folder(config).join(format!("kith-{}.{}", now.format("%Y%m%dT%H%M%SZ"), ending(config)))
}

/// The newest backup, by its name, that fits the database.
pub(super) fn newest(config: &Config) -> Result<PathBuf, FileError> {
    let (folder, ending) = (folder(config), ending(config));
    let none = || FileError::NoneThere { folder: folder.display().to_string(), ending };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(none()),
        entries => entries.map_err(failed(&folder))?,
    };
    let fits = |name: &str| name.starts_with("kith-") && Path::new(name).extension().is_some_and(|end| end == ending);
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| fits(name)).max().map(|name| folder.join(name)).ok_or_else(none)
}

/// A file that is being written under another name; dropped before it is finished, it is removed.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
    finished: PathBuf,
}

impl Unfinished {
    /// Makes an empty file, which its owner alone may read, beside where `finished` shall be.
    pub(super) fn create(finished: &Path) -> Result<Self, FileError> {
        if finished.try_exists().map_err(failed(finished))? {
            return Err(FileError::Exists(finished.display().to_string()));
        }
        let finished = std::path::absolute(finished).map_err(failed(finished))?;
        if let Some(folder) = finished.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        let path = beside(&finished, ".unfinished");
        match private_file(&path) {
            Ok(_) => Ok(Self { path, finished }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(FileError::Unfinished(path.display().to_string()))
            }
            Err(error) => Err(failed(&path)(error)),
        }
    }

    /// What is to be written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, once everything is on the disk. Answers its size, in bytes.
    pub(super) fn finish(self) -> Result<u64, FileError> {
        let file = File::open(&self.path).map_err(failed(&self.path))?;
        file.sync_all().map_err(failed(&self.path))?;
        let size = file.metadata().map_err(failed(&self.path))?.len();
        // Somebody may have been quicker.
        if self.finished.try_exists().map_err(failed(&self.finished))? {
            return Err(FileError::Exists(self.finished.display().to_string()));
        }
        fs::rename(&self.path, &self.finished).map_err(failed(&self.finished))?;
        sync_folder(&self.finished)?;
        Ok(size)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Not there any more, once it has its name.
        let _ = fs::remove_file(&self.path);
    }
}

/// The path with something behind its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes a file that its owner alone may read; it must not be there.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Sees to it that a file's new name outlives a loss of power.
pub(super) fn sync_folder(file: &Path) -> Result<(), FileError> {
    let Some(folder) = file.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))
}
