//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, value_parser};
use url::Url;

/// Measures Kith on this machine, and exits with 1 when a target is missed.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// What to measure.
    #[command(subcommand)]
    pub(crate) measurement: Option<Measurement>,
    /// How.
    #[command(flatten)]
    pub(crate) options: Options,
}

/// A measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub(crate) enum Measurement {
    /// The three that follow, with a table of their targets; not the others. This is the default.
    All,
    /// Decisions a second, each delivered to its socket.
    Decisions,
    /// From one accept to the frame at the other's socket, nothing else going on.
    Latency,
    /// Memory of the API for each idle socket.
    Sockets,
    /// Search by parts of any field, among a million accounts. Loading them takes minutes, so it is
    /// made only when it is asked for.
    Search,
    /// Suggestions for people with very many connections, in a graph of ten million; as long.
    Suggestions,
    /// Lists of who is there, with very many online. Made only when it is asked for.
    Presence,
    /// From sending a message to the frame at the other's socket, on another API process; and messages a second.
    Messages,
    /// Filtered search of very many listings, and lists of a thousand of them. Made only when it is asked for.
    Listings,
}

impl Measurement {
    /// How many API processes it needs.
    pub(crate) fn apis(self) -> usize {
        if let Self::Messages = self { 2 } else { 1 }
    }

    /// The single measurements that it is made of.
    pub(crate) fn each(self) -> Vec<Self> {
        match self {
            Self::All => vec![Self::Decisions, Self::Latency, Self::Sockets],
            one => vec![one],
        }
    }
}

/// How to measure.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// A PostgreSQL server that runs; a database `kith_bench_…` is made there, and dropped at the
    /// end. Without it, one is started for the measurement.
    #[arg(long, global = true)]
    pub(crate) database_url: Option<Url>,
    /// A Redis server that runs; keys begin with `kith_bench_…`, and are deleted at the end.
    /// Without it, one is started for the measurement.
    #[arg(long, global = true)]
    pub(crate) redis_url: Option<Url>,
    /// Where servers that are started keep their data; on a disk, not in memory, to measure
    /// durable commits. By default the system's folder for temporary files.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) scratch: Option<PathBuf>,
    /// Cores for everything that is started here, this generator included; 0 for all.
    #[arg(long, global = true, default_value_t = 2)]
    pub(crate) cores: usize,
    /// Database connections of the API, and of the worker. On two cores more of them only wait for
    /// one another.
    #[arg(long, global = true, default_value_t = 10, value_parser = value_parser!(u32).range(1..))]
    pub(crate) database_connections: u32,
    /// People who are told of decisions, each with an open socket.
    #[arg(long, global = true, default_value_t = 40, value_parser = value_parser!(u32).range(1..=10_000))]
    pub(crate) people: u32,
    /// Decisions that are measured.
    #[arg(long, global = true, default_value_t = 60_000, value_parser = value_parser!(u32).range(1..))]
    pub(crate) decisions: u32,
    /// Decisions made before, not measured.
    #[arg(long, global = true, default_value_t = 5_000)]
    pub(crate) decisions_warm_up: u32,
    /// HTTP connections that decide at once.
    #[arg(long, global = true, default_value_t = 64, value_parser = value_parser!(u32).range(1..=10_000))]
    pub(crate) concurrency: u32,
    /// Accepts whose latency is measured.
    #[arg(long, global = true, default_value_t = 2_000, value_parser = value_parser!(u32).range(1..))]
    pub(crate) accepts: u32,
    /// Accepts made before, not measured.
    #[arg(long, global = true, default_value_t = 200)]
    pub(crate) accepts_warm_up: u32,
    /// Idle sockets.
    #[arg(long, global = true, default_value_t = 10_000, value_parser = value_parser!(u32).range(1..))]
    pub(crate) sockets: u32,
    /// Seconds that they are idle before memory is read.
    #[arg(long, global = true, default_value_t = 5)]
    pub(crate) idle: u64,
    /// Accounts that are searched, or connected.
    #[arg(long, global = true, default_value_t = 1_000_000, value_parser = value_parser!(u32).range(1_000..=10_000_000))]
    pub(crate) accounts: u32,
    /// Searches of each kind that are measured.
    #[arg(long, global = true, default_value_t = 300, value_parser = value_parser!(u32).range(1..))]
    pub(crate) searches: u32,
    /// Searches of each kind made before, not measured.
    #[arg(long, global = true, default_value_t = 60)]
    pub(crate) searches_warm_up: u32,
    /// Connections among them, in all.
    #[arg(long, global = true, default_value_t = 10_000_000, value_parser = value_parser!(u32).range(1_000..=100_000_000))]
    pub(crate) connections: u32,
    /// Connections that each has to whom people are suggested.
    #[arg(long, global = true, default_value_t = 500, value_parser = value_parser!(u32).range(1..=10_000))]
    pub(crate) friends: u32,
    /// People to whom others are suggested, measured.
    #[arg(long, global = true, default_value_t = 300, value_parser = value_parser!(u32).range(1..=10_000))]
    pub(crate) suggestions: u32,
    /// The same before, not measured.
    #[arg(long, global = true, default_value_t = 60, value_parser = value_parser!(u32).range(0..=10_000))]
    pub(crate) suggestions_warm_up: u32,
    /// Accounts that are online.
    #[arg(long, global = true, default_value_t = 100_000, value_parser = value_parser!(u32).range(2_000..=1_000_000))]
    pub(crate) online: u32,
    /// Lists of each kind that are measured.
    #[arg(long, global = true, default_value_t = 500, value_parser = value_parser!(u32).range(1..))]
    pub(crate) lists: u32,
    /// Listings that are searched.
    #[arg(long, global = true, default_value_t = 200_000, value_parser = value_parser!(u32).range(2_000..=2_000_000))]
    pub(crate) listings: u32,
    /// Messages, one at a time.
    #[arg(long, global = true, default_value_t = 2_000, value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub(crate) messages: u32,
    /// The same before, not measured.
    #[arg(long, global = true, default_value_t = 200, value_parser = value_parser!(u32).range(0..=1_000_000))]
    pub(crate) messages_warm_up: u32,
    /// Pairs of people who write at once.
    #[arg(long, global = true, default_value_t = 32, value_parser = value_parser!(u32).range(1..=500))]
    pub(crate) pairs: u32,
}
