//! Kith's load generator: measurements that anybody can repeat on one machine, over loopback,
//! against the real `api` and `worker` on PostgreSQL and Redis. See `README.md`.

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

mod crowd;
mod decisions;
mod deliveries;
mod graph;
mod http;
mod idle;
mod kith;
mod latency;
mod listings;
mod machine;
mod market;
mod messages;
mod options;
mod people;
mod presence;
mod process;
mod questions;
mod report;
mod search;
mod servers;
mod sockets;
mod suggestions;
mod usage;
mod words;

use std::process::ExitCode;

use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::kith::{Kith, Scratch};
use crate::options::{Arguments, Measurement, Options};
use crate::report::Report;
use crate::servers::Servers;

/// Why a measurement could not be made, in words for whoever runs it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The generator's own threads. It shares the cores with what it measures, and one thread does the same
/// work with fewer wake-ups than two.
const THREADS: usize = 1;

fn main() -> ExitCode {
    let Arguments { measurement, options } = Arguments::parse();
    match prepared(measurement.unwrap_or(Measurement::All), &options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            println!("\nbench: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Sets the process's own limits before its threads and its children inherit them; answers whether
/// every target was met.
fn prepared(measurement: Measurement, options: &Options) -> Result<bool, Failure> {
    let cores = machine::keep_to_cores(options.cores)?;
    machine::raise_open_files(u64::from(options.sockets) + u64::from(options.concurrency) + 500)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    let options = options.clone();
    // On the worker thread, so that no other competes with it.
    runtime.block_on(async { tokio::spawn(Box::pin(measure_all(measurement, options, cores))).await? })
}

async fn measure_all(measurement: Measurement, options: Options, cores: usize) -> Result<bool, Failure> {
    let stop = stop_on_signal()?;
    let servers = unless_stopped(&stop, Box::pin(Servers::start(&options))).await?;
    println!("{}", machine::description(cores));
    println!("{}", unless_stopped(&stop, servers.versions()).await?);

    let mut report = Report::default();
    for one in measurement.each() {
        report.add(measure(one, &options, &servers, &stop).await?);
    }
    println!("\n{report}");
    Ok(report.met())
}

/// Makes one measurement on a database, an API and a worker of its own, and removes them however it
/// ends.
async fn measure(
    measurement: Measurement,
    options: &Options,
    servers: &Servers,
    stop: &CancellationToken,
) -> Result<Report, Failure> {
    let scratch = Scratch::create(servers).await?;
    let measuring = Box::pin(async {
        let kith = Kith::start(servers, &scratch, options, measurement.apis()).await?;
        match measurement {
            Measurement::Decisions => decisions::measure(&kith, servers, options).await,
            Measurement::Latency => latency::measure(&kith, servers, options).await,
            Measurement::Sockets => idle::measure(&kith, options).await,
            Measurement::Search => search::measure(&kith, servers, options).await,
            Measurement::Suggestions => suggestions::measure(&kith, servers, options).await,
            Measurement::Presence => presence::measure(&kith, servers, options).await,
            Measurement::Messages => messages::measure(&kith, servers, options).await,
            Measurement::Listings => listings::measure(&kith, servers, options).await,
            Measurement::All => Ok(Report::default()), // made of the others
        }
    });
    let measured = unless_stopped(stop, measuring).await;
    let removed = scratch.remove(servers).await;
    let report = measured?;
    removed?;
    Ok(report)
}

/// Cancelled by the first SIGINT or SIGTERM, after which everything is taken down in order.
fn stop_on_signal() -> Result<CancellationToken, Failure> {
    let stop = CancellationToken::new();
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let (mut signals, stop) = (signal(kind)?, stop.clone());
        tokio::spawn(async move {
            signals.recv().await;
            stop.cancel();
        });
    }
    Ok(stop)
}

/// Does the work, or drops it and fails when a signal comes.
async fn unless_stopped<T>(
    stop: &CancellationToken,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::select! {
        done = work => done,
        () = stop.cancelled() => Err("stopped by a signal".into()),
    }
}
