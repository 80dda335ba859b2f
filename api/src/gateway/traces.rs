//! Where the trace of a decision ends: at a socket.

use shared::events::InboxEvent;
use shared::telemetry;
use tracing::Span;

/// The span in which a socket is told of an event, behind whatever made it; ends when it is dropped. `None` where
/// nothing is traced.
pub(super) fn telling(event: &InboxEvent) -> Option<Span> {
    let origin = event.origin.as_ref().filter(|_| telemetry::traced())?;
    let span =
        tracing::info_span!("tell", otel.name = "tell a socket", otel.kind = "producer", version = event.version);
    telemetry::follow(&span, origin.traceparent.as_deref()?);
    Some(span)
}
