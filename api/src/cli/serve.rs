//! `api serve`.

use std::sync::Arc;
use std::time::Duration;

use shared::config::{Config, MailTransport, Process, hide_password};
use shared::database::Database;
use shared::ports::clock::{Clock, SystemClock};
use shared::ports::queue::QueueError;
use shared::{Core, Ports};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Failure, generate_city, print};
use crate::embedded::{self, DataFolder};
use crate::{metrics, server};

/// How long whoever reads metrics has to finish when the process stops.
const LAST_LOOK: Duration = Duration::from_secs(5);

pub(super) async fn serve(mut config: Config) -> Result<(), Failure> {
    config.check_complete()?;
    // Held until the end: one process owns the data.
    let _folder = config.embedded().then(|| DataFolder::lock(&config.server.data)).transpose()?;
    let listener = TcpListener::bind(config.server.bind)
        .await
        .map_err(|error| format!("KITH_BIND {}: {error}", config.server.bind))?;
    config.server.bind = listener.local_addr()?;
    let metrics = metrics::listen(&config.server).await?;
    config.server.metrics_bind = metrics.as_ref().map(TcpListener::local_addr).transpose()?;

    config.log_summary(Process::Api);
    let stop = shared::shutdown::on_signal();
    let Some(core) = stop.run_until_cancelled(Box::pin(start(config))).await.transpose()? else { return Ok(()) };
    if core.config.embedded() && !core.config.database.postgres() {
        // The lock on the folder says that whoever had these leases is dead.
        core.outbox.release_all(core.writer.now()).await?;
    }
    if core.config.embedded() && core.places.is_empty().await? {
        generate_city::load(&core).await?;
    }
    let working = CancellationToken::new();
    let worker = if core.config.embedded() { Some(embedded::start_worker(&core, working.clone())?) } else { None };
    greet(&core.config)?;
    // Until the last: a stop is worth looking at too.
    let looking = CancellationToken::new();
    let looked_at = metrics.map(|listener| {
        let (core, looking) = (Arc::new(core.clone()), looking.clone());
        tokio::spawn(async move {
            let ended = metrics::serve(core, listener, looking.clone()).await;
            if !looking.is_cancelled() {
                tracing::error!(error = ?ended.err(), "metrics are no longer shown");
            }
        })
    });
    // The worker goes on while the last requests ask for work, and stops before what it tells is
    // carried away.
    let ending = CancellationToken::new();
    let order = tokio::spawn({
        let (stop, ending) = (stop, ending.clone());
        async move {
            stop.cancelled().await;
            working.cancel();
            if let Some(worker) = worker
                && let Err(error) = worker.await
            {
                tracing::error!(%error, "the worker ended early");
            }
            ending.cancel();
        }
    });
    let served = server::serve(core.clone(), listener, ending).await;
    order.abort(); // over already, unless the listener failed
    looking.cancel();
    if let Some(looked_at) = looked_at {
        match tokio::time::timeout(LAST_LOOK, looked_at).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the listener of metrics ended early"),
            Err(_) => tracing::warn!("somebody still reads metrics"),
        }
    }
    core.close().await;
    Ok(served?)
}

/// Connects, migrates, and puts the core together.
async fn start(config: Config) -> Result<Core, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let database = Database::connect(&config.database, clock.as_ref()).await?;
    migration::migrate(database.writer()).await?;
    let ports = Ports::connect(&config, clock)?;
    let core = Core::new(config, database, ports).await?;

    match core.ports.queue.check().await {
        Err(error @ QueueError::Misconfigured(_)) => return Err(error.into()),
        Err(error) => tracing::warn!(%error, "serving all the same; jobs wait in the outbox"),
        Ok(()) => {}
    }
    Ok(core)
}

/// Says where everything is.
fn greet(config: &Config) -> Result<(), Failure> {
    let public = config.public_url();
    let at = |path: &str| public.join(path).map_or_else(|_| path.to_owned(), |url| url.to_string());
    let mut lines = vec![("page", public.to_string()), ("API", at("docs"))];
    if config.embedded() && config.mail.transport() == MailTransport::Files {
        lines.push(("mailbox", at("dev/mailbox")));
    }
    lines.push(match &config.redis.url {
        None => ("data", config.server.data.display().to_string()),
        Some(url) => ("Redis", hide_password(url)),
    });
    if let Some(bind) = config.server.metrics_bind {
        lines.push(("metrics", format!("http://{bind}/metrics")));
    }
    lines.push(("database", hide_password(&config.database.url)));
    let lines: Vec<String> = lines.into_iter().map(|(what, at)| format!("  {what:<9} {at}\n")).collect();
    print(&format!("Kith is ready\n{}", lines.concat()))
}
