//! Where the trace of a decision ends: at a socket.

use shared::events::InboxEvent;
use shared::telemetry;
use tracing::Span;

/// The span in which a socket is told of an event, behind whatever made it; ends when it is dropped. `None` where
/// nothing is traced, or nobody says what it comes behind.
pub(super) fn telling(event: &InboxEvent) -> Option<Span> {
    let before = event.origin.as_ref()?.traceparent.as_deref().filter(|_| telemetry::traced())?;
    let span =
        tracing::info_span!("tell", otel.name = "tell a socket", otel.kind = "producer", version = event.version);
    telemetry::follow(&span, before);
    Some(span)
}
