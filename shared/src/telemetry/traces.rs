//! Traces, by OpenTelemetry.

use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry_otlp::{Protocol, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Level, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::config::{ConfigError, TracesConfig, TracesProtocol};

/// The crates whose spans are traced; what libraries do inside is theirs.
const TRACED: [&str; 3] = ["api", "shared", "worker"];

/// Whether this process traces at all.
static ON: AtomicBool = AtomicBool::new(false);

/// Sends finished spans away, from a thread of its own; sends the last when it is dropped.
#[derive(Debug)]
pub(super) struct Exporter(SdkTracerProvider);

impl Exporter {
    /// `None` when no address is set. How much is sampled (`OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG`), with which
    /// headers it is sent (`OTEL_EXPORTER_OTLP_HEADERS`) and how often (`OTEL_BSP_…`) the library reads from the environment.
    pub(super) fn start(config: &TracesConfig, service: &'static str) -> Result<Option<Self>, ConfigError> {
        let Some(endpoint) = config.traces_url() else { return Ok(None) };
        let protocol = match config.protocol {
            TracesProtocol::Protobuf => Protocol::HttpBinary,
            TracesProtocol::Json => Protocol::HttpJson,
        };
        let exporter = opentelemetry_otlp::SpanExporter::builder().with_http();
        let exporter = exporter.with_endpoint(endpoint).with_protocol(protocol).build();
        let exporter =
            exporter.map_err(|error| ConfigError::invalid("OTEL_EXPORTER_OTLP_ENDPOINT", error.to_string()))?;
        let service = config.service.clone().unwrap_or_else(|| service.to_owned());
        let resource = Resource::builder().with_service_name(service);
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build());
        ON.store(true, Ordering::Relaxed);
        Ok(Some(Self(provider.build())))
    }

    pub(super) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let targets = TRACED.into_iter().map(|target| (target, Level::INFO));
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("kith"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_filter(Targets::new().with_targets(targets))
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not handed over");
        }
    }
}

/// A `traceparent` by itself, for a library that looks for it in headers.
struct Carrier<'a>(&'a str);

impl Extractor for Carrier<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == "traceparent").then_some(self.0)
    }

    fn keys(&self) -> Vec<&str> {
        vec!["traceparent"]
    }
}

/// Whether this process traces: what is done for traces alone may be left out otherwise.
#[must_use]
pub fn traced() -> bool {
    ON.load(Ordering::Relaxed)
}

/// The span that this is called in as a `traceparent`; `None` where nothing is traced.
#[must_use]
pub fn traceparent() -> Option<String> {
    traceparent_of(&Span::current())
}

/// The same of a given span.
#[must_use]
pub fn traceparent_of(span: &Span) -> Option<String> {
    if !traced() {
        return None;
    }
    let context = span.context();
    let span = context.span();
    let span = span.span_context();
    span.is_valid().then(|| format!("00-{}-{}-{:02x}", span.trace_id(), span.span_id(), span.trace_flags().to_u8()))
}

/// Makes `span`, which has not been entered yet, come after the span that a `traceparent` names. One that does not
/// read begins no trace and ends none: `span` then stands for itself.
pub fn follow(span: &Span, traceparent: &str) {
    if !traced() {
        return;
    }
    let context = TraceContextPropagator::new().extract(&Carrier(traceparent));
    if context.span().span_context().is_valid() {
        // Refused where the span is filtered out: then there is nothing to follow with.
        let _ = span.set_parent(context);
    }
}
