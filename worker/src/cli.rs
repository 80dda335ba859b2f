//! The `worker` command.

use clap::{Parser, Subcommand};
use shared::jobs::Queue;

/// Kith's background worker.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// The queues to serve, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "notifications,email,media")]
    pub queues: Vec<Queue>,
    /// Jobs in hand at once, a queue (but for `media`: `limits.pictures`); by default what the configuration says.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub concurrency: Option<u32>,
    /// Something else than to work.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What else the worker does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Jobs that failed for good: list them, try one again, drop one.
    Jobs {
        /// What to do; lists by default.
        #[command(subcommand)]
        action: Option<JobAction>,
    },
}

/// What to do with dead jobs.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum JobAction {
    /// List them, newest first.
    List,
    /// Put one back into its queue.
    Retry {
        /// Its number in the list.
        id: i64,
    },
    /// Forget one.
    Drop {
        /// Its number in the list.
        id: i64,
    },
}
