//! The embedded mode: the worker in the API's process.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use shared::Core;
use shared::config::Config;
use shared::jobs::Queue;
use tokio_util::sync::CancellationToken;
use worker::Plan;

/// The embedded mode can't begin.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// The data folder can't be used.
    #[error("KITH_DATA {path}: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process owns the data.
    #[error("KITH_DATA {0}: another Kith process uses this folder")]
    Locked(String),
    /// Mail is configured wrongly.
    #[error("{0}")]
    Mail(String),
}

/// Holds the data folder for this process until it is dropped.
#[derive(Debug)]
pub struct DataFolder(#[expect(dead_code, reason = "held for its lock")] File);

impl DataFolder {
    /// Makes the folder if need be, and takes its lock file.
    ///
    /// # Errors
    /// The folder can't be made, or another process has it.
    pub fn lock(folder: &Path) -> Result<Self, EmbeddedError> {
        let failed = |source| EmbeddedError::Folder { path: folder.display().to_string(), source };
        shared::private_folder::create(folder).map_err(failed)?;
        let file = File::create(folder.join("kith.lock")).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(EmbeddedError::Locked(folder.display().to_string())),
            Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// Begins the worker; it ends, with everything in hand done, after `stop`.
///
/// # Errors
/// Mail is configured wrongly.
pub fn start_worker(core: &Core, stop: CancellationToken) -> Result<tokio::task::JoinHandle<()>, EmbeddedError> {
    let mailer = worker::mail::mailer(&core.config).map_err(|error| EmbeddedError::Mail(error.to_string()))?;
    let Config { worker, .. } = core.config.as_ref();
    let plan = Plan {
        queues: Queue::ALL.to_vec(),
        concurrency: worker.concurrency,
        mail_concurrency: worker.mail_concurrency,
    };
    let core = core.clone();
    Ok(tokio::spawn(async move { worker::run(&core, Arc::clone(&mailer), &plan, stop).await }))
}
