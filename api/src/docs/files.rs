//! What the documentation serves: files that are in the binary or made of it, the same as long as the process runs.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// What a page may load and reach: this server alone. Swagger UI sets styles on elements, and has pictures in its
/// style sheet; no script runs but the files'.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// A file.
#[derive(Debug)]
pub(super) struct File {
    kind: &'static str,
    bytes: Bytes,
    /// What a copy of it is known by.
    tag: HeaderValue,
}

impl File {
    /// Of a content type.
    pub(super) fn new(kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hex = shared::accounts::hex(&Sha256::digest(&bytes)[..16]);
        // Hexadecimal digits in quotes are a header.
        let tag = HeaderValue::from_str(&format!("\"{hex}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { kind, bytes, tag }
    }

    /// An HTML page.
    pub(super) fn page(text: impl Into<Bytes>) -> Self {
        Self::new("text/html; charset=utf-8", text)
    }

    /// A style sheet.
    pub(super) fn style(text: impl Into<Bytes>) -> Self {
        Self::new("text/css; charset=utf-8", text)
    }

    /// A script.
    pub(super) fn script(text: impl Into<Bytes>) -> Self {
        Self::new("text/javascript; charset=utf-8", text)
    }

    /// A document.
    pub(super) fn json(text: impl Into<Bytes>) -> Self {
        Self::new("application/json", text)
    }

    /// The file, or that the client's copy is still good: a new version of Kith shows at once.
    pub(super) fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let same = known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == self.tag));
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.bytes.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }
}
