//! The `worker` binary: see the library.

mod operator;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use shared::Core;
use shared::config::{Config, ConfigError, Process};
use shared::jobs::Queue;
use shared::ports::queue::QueueError;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use worker::cli::{Arguments, Command};
use worker::mail::MailSetupError;
use worker::{Plan, health, mail};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code of a wrong configuration (`EX_CONFIG` of sysexits.h).
const EX_CONFIG: u8 = 78;

/// Between two looks at a queue that is away.
const QUEUE_PAUSE: Duration = Duration::from_secs(1);

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    shared::tls::choose_provider();
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => {
            report(&error);
            return ExitCode::from(EX_CONFIG);
        }
    };
    let _telemetry = match shared::telemetry::init(&config, "kith-worker") {
        Ok(telemetry) => telemetry,
        Err(error) => {
            report(&error);
            return ExitCode::from(EX_CONFIG);
        }
    };
    let result = match arguments.command {
        Some(Command::Jobs { json, action }) => Box::pin(operator::run(config, action, json)).await,
        None => Box::pin(work(config, arguments.queues, arguments.concurrency)).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            let wrong = error.is::<ConfigError>() || error.is::<MailSetupError>();
            if wrong { ExitCode::from(EX_CONFIG) } else { ExitCode::FAILURE }
        }
    }
}

/// Tells the operator, who may have turned logs off.
fn report(error: &dyn std::fmt::Display) {
    // A closed standard error is nobody to tell.
    let _ = writeln!(std::io::stderr(), "worker: {error}");
}

async fn work(config: Config, queues: Vec<Queue>, concurrency: Option<u32>) -> Result<(), Failure> {
    if config.embedded() {
        let reason = "not set: the API then runs the worker in its own process; set it to scale them apart";
        return Err(ConfigError::Invalid { name: "REDIS_URL", reason: reason.to_owned() }.into());
    }
    config.check_complete()?;
    let mailer = mail::mailer(&config)?;
    let concurrency = concurrency.map(|number| number as usize);
    let plan = Plan {
        queues,
        concurrency: concurrency.unwrap_or(config.worker.concurrency),
        mail_concurrency: concurrency.unwrap_or(config.worker.mail_concurrency),
    };
    let listener = TcpListener::bind(config.worker.bind)
        .await
        .map_err(|error| format!("KITH_WORKER_BIND {}: {error}", config.worker.bind))?;
    config.log_summary(Process::Worker);
    let stop = shared::shutdown::on_signal();
    let Some(core) = stop.run_until_cancelled(Box::pin(start(config))).await.transpose()? else { return Ok(()) };
    let names: Vec<_> = plan.queues.iter().map(|queue| queue.as_str()).collect();
    tracing::info!(
        queues = names.join(","),
        concurrency = plan.concurrency,
        health = %listener.local_addr()?,
        "worker started"
    );
    let carrying = CancellationToken::new();
    let carrier = tokio::spawn({
        let (core, carrying) = (core.clone(), carrying.clone());
        async move { core.run(carrying).await }
    });
    let pages = tokio::spawn(health::serve(core.clone(), listener, carrying.clone()));
    worker::run(&core, Arc::clone(&mailer), &plan, stop).await;
    carrying.cancel();
    carrier.await?;
    pages.await??;
    core.close().await;
    tracing::info!("worker stopped");
    Ok(())
}

/// Connects, and waits for a database that is not migrated yet and for a queue that is away.
async fn start(config: Config) -> Result<Core, Failure> {
    let core = Core::start(config).await?;
    while let Err(error) = core.ports.queue.check().await {
        if matches!(error, QueueError::Misconfigured(_)) {
            return Err(error.into());
        }
        tracing::warn!(%error, "waiting");
        tokio::time::sleep(QUEUE_PAUSE).await;
    }
    Ok(core)
}
