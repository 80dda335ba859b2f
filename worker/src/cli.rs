//! The `worker` command.

use clap::{Args, Parser, Subcommand};
use shared::jobs::Queue;

/// Kith's background worker.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
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
    /// Look after jobs: count and list them, try failed ones again, drop dead ones. Without more, lists the queues and the
    /// dead jobs.
    Jobs {
        /// A JSON object a line, for scripts.
        #[arg(long, global = true)]
        json: bool,
        /// What to do.
        #[command(subcommand)]
        action: Option<JobAction>,
    },
}

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub enum JobAction {
    /// Count the jobs of each queue.
    Queues,
    /// List jobs, newest first; the dead ones, unless it is said otherwise.
    List {
        /// Where they stand.
        #[command(flatten)]
        state: StateFlags,
        /// Which.
        #[command(flatten)]
        filter: FilterOptions,
        /// How many at most.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
        /// Those before the job of this number, to go on with a list that was cut off.
        #[arg(long)]
        below: Option<i64>,
    },
    /// Put a dead job back into its queue, or all of them.
    Retry(Target),
    /// Forget a dead job, or all of them.
    Drop(Target),
    /// Try a failed job now that waits for its next try, or all of them.
    Try(Target),
}

/// Where jobs stand.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "a flag each on the command line")]
pub struct StateFlags {
    /// Those that failed for good.
    #[arg(long)]
    pub dead: bool,
    /// Those that failed and wait for their next try.
    #[arg(long)]
    pub failed: bool,
    /// Those that are handed to a worker.
    #[arg(long)]
    pub running: bool,
    /// Those that wait for their first try.
    #[arg(long)]
    pub waiting: bool,
}

/// Which jobs.
#[derive(Debug, Clone, Args)]
pub struct FilterOptions {
    /// Those of a queue.
    #[arg(long)]
    pub queue: Option<Queue>,
    /// Those of a name, as `account_activation`.
    #[arg(long)]
    pub name: Option<String>,
}

/// One job, or all of a kind.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// Its number in the list.
    #[arg(required_unless_present = "all", conflicts_with_all = ["all", "queue", "name"])]
    pub id: Option<i64>,
    /// All of them, of a queue or name if one is given.
    #[arg(long)]
    pub all: bool,
    /// Which.
    #[command(flatten)]
    pub filter: FilterOptions,
}
