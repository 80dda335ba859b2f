//! A name for each request, one log line for its answer, and its place in a trace.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use shared::{Core, telemetry};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::client_address::is_behind_proxy;
use super::route::{method_of, route_of};

/// The header that names a request, from a trusted proxy and to whoever called.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest name that is taken from a proxy, in characters.
const LONGEST_ID: usize = 64;
/// What asks for these asks every few seconds, and tells nobody anything.
const QUIET: [&str; 2] = ["/healthz", "/readyz"];

/// Lets all lines of a request bear its id, and says how it was answered: by its route, since a path may hold the token
/// of a link, and never with its query, which may hold a socket's. What a proxy says of its name and its place in a
/// trace counts where the proxy is a trusted one: others could write what they like into logs and traces.
pub async fn logged(State(core): State<Arc<Core>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let proxied = is_behind_proxy(request.extensions(), &core.config.server.trusted_proxies);
    let told = proxied.then(|| request.headers());
    let id = told.and_then(named).unwrap_or_else(made_up);
    let (method, route) = (method_of(&request), route_of(&request));
    let quiet = QUIET.contains(&route);
    let request_id = id.to_str().unwrap_or_default();
    let span = if quiet {
        // Of a level that is not traced.
        tracing::debug_span!("request", request_id, method, route)
    } else {
        let span = tracing::error_span!(
            "request",
            request_id,
            method,
            route,
            otel.name = Empty,
            otel.kind = Empty,
            otel.status_code = Empty,
            http.response.status_code = Empty,
        );
        place(&span, told, method, route);
        span
    };
    let mut response = next.run(request).instrument(span.clone()).await;

    let status = response.status();
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let _entered = span.enter();
    if telemetry::traced() && !quiet {
        span.record("http.response.status_code", status.as_u16());
        if status.is_server_error() {
            span.record("otel.status_code", "ERROR");
        }
    }
    let (status, ms) = (status.as_u16(), (ms * 1_000.0).round() / 1_000.0);
    if quiet {
        tracing::debug!(status, ms, "answered");
    } else if status >= StatusCode::INTERNAL_SERVER_ERROR.as_u16() {
        tracing::warn!(status, ms, "answered");
    } else {
        tracing::info!(status, ms, "answered");
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// Sets what a trace shows of a request, behind the span that a trusted proxy tells of.
fn place(span: &Span, told: Option<&HeaderMap>, method: &str, route: &str) {
    if !telemetry::traced() {
        return;
    }
    span.record("otel.name", format!("{method} {route}"));
    span.record("otel.kind", "server");
    if let Some(parent) = told.and_then(|headers| headers.get("traceparent")?.to_str().ok()) {
        telemetry::follow(span, parent);
    }
}

/// The proxy's name for the request, where it is a plain one.
fn named(headers: &HeaderMap) -> Option<HeaderValue> {
    let plain = |id: &&HeaderValue| {
        let bytes = id.as_bytes();
        (1..=LONGEST_ID).contains(&bytes.len())
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    headers.get(REQUEST_ID).filter(plain).cloned()
}

fn made_up() -> HeaderValue {
    let id = format!("{:032x}", rand::random::<u128>());
    HeaderValue::from_str(&id).unwrap_or_else(|_| unreachable!("hexadecimal digits are a header's value"))
}
