//! What a process tells of itself: log lines, for people or for machines, and traces.
//!
//! A trace follows one decision from its request through the queue and the worker to the socket. Between processes the
//! place in it travels as a W3C `traceparent` (<https://www.w3.org/TR/trace-context/>), see [`crate::jobs::Origin`].

mod traces;

use std::io::IsTerminal as _;

use tracing::Subscriber;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Config, ConfigError, LogConfig, LogFormat};

pub use traces::{follow, traced, traceparent, traceparent_of};

/// Hands over what is not written yet when it is dropped: hold it until the process ends.
#[must_use = "dropped, the last lines may be lost"]
#[derive(Debug)]
pub struct Telemetry {
    // In this order: the end of the traces may have something to say.
    _traces: Option<traces::Exporter>,
    _lines: WorkerGuard,
}

/// Sets logs and traces up for this process, which traces call `service`. Called twice, the first stays.
///
/// Lines go to standard error from a thread of their own: whoever reads them slowly does not slow the server down, and
/// misses lines rather.
///
/// # Errors
/// The level is no `tracing` filter; the address of the traces can't be used.
pub fn init(config: &Config, service: &'static str) -> Result<Telemetry, ConfigError> {
    let (writer, lines) = tracing_appender::non_blocking(std::io::stderr());
    let traces = traces::Exporter::start(&config.traces, service)?;
    let log = lines_layer(&config.log, writer)?;
    let registry = tracing_subscriber::registry().with(log).with(traces.as_ref().map(traces::Exporter::layer));
    drop(registry.try_init()); // a test process sets it up many times
    Ok(Telemetry { _traces: traces, _lines: lines })
}

fn lines_layer<S>(
    config: &LogConfig,
    writer: tracing_appender::non_blocking::NonBlocking,
) -> Result<Box<dyn Layer<S> + Send + Sync>, ConfigError>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let invalid = |error: tracing_subscriber::filter::ParseError| ConfigError::invalid("RUST_LOG", error.to_string());
    let filter = EnvFilter::try_new(&config.level).map_err(invalid)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    // Colours are for people, and who searches a file should find what it says.
    let lines = if std::io::stderr().is_terminal() { lines } else { lines.with_ansi(false) };
    Ok(match config.format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).with_filter(filter).boxed(),
    })
}
