//! The key under which a client repeats a request.

use axum::http::HeaderMap;

use super::Problem;

/// The `Idempotency-Key` of a request.
///
/// # Errors
/// It is no text.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    match headers.get("idempotency-key").map(|key| key.to_str()) {
        None => Ok(None),
        Some(Ok(key)) => Ok(Some(key.to_owned())),
        Some(Err(_)) => Err(Problem::field("Idempotency-Key", "Must be printable ASCII characters.")),
    }
}
