//! What a client calls itself.

use axum::http::{HeaderMap, header};

/// The `User-Agent` of a request, if it reads.
#[must_use]
pub fn user_agent(headers: &HeaderMap) -> Option<String> {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
