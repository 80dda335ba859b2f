//! `api check-config`.

use shared::config::{Config, Process};
use shared::media::MediaStore;

use super::{Failure, print};

/// The process that sends mails would not take how they are configured.
#[derive(Debug, thiserror::Error)]
#[error("{reason} ({process} would refuse it)")]
pub(super) struct RefusedMail {
    reason: String,
    /// Which that is.
    process: &'static str,
}

/// Prints the configuration and what it means, and refuses what `serve` or a worker would refuse when it starts.
pub(super) fn check_config(config: &Config) -> Result<(), Failure> {
    print(&config.redacted())?;
    let processes = [("api", Process::Api), ("worker", Process::Worker)];
    // The embedded mode has one.
    for (name, process) in processes.into_iter().take(if config.embedded() { 1 } else { 2 }) {
        print(&format!("\n# {name} connects to: {}\n", config.connects_to(process)))?;
        let missing = config.missing(process);
        if !missing.is_empty() {
            print(&format!("# {name} misses: {}\n", missing.join("; ")))?;
        }
    }
    config.check_complete()?;
    MediaStore::open(&config.media, &config.server.data)?;
    let process = if config.embedded() { "`api serve`" } else { "a worker" };
    let refused = |error: worker::mail::MailSetupError| RefusedMail { reason: error.to_string(), process };
    worker::mail::mailer(config).map_err(refused)?;
    Ok(())
}
