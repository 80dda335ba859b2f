//! Files that are in the binary or made by it, the same as long as the process runs: pages with scripts, and documents.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::App;

/// What a page may load and reach: files of this server, and its API. No script within a page, no form that leaves it
/// by itself, no frame around it.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// A file.
#[derive(Debug, Clone)]
pub struct File {
    kind: &'static str,
    bytes: Bytes,
    /// What a copy of it is known by.
    tag: HeaderValue,
    policy: HeaderValue,
}

impl File {
    /// An HTML page.
    pub fn page(bytes: impl Into<Bytes>) -> Self {
        Self::new("text/html; charset=utf-8", bytes.into())
    }

    /// A style sheet.
    pub fn style(bytes: impl Into<Bytes>) -> Self {
        Self::new("text/css; charset=utf-8", bytes.into())
    }

    /// A script.
    pub fn script(bytes: impl Into<Bytes>) -> Self {
        Self::new("text/javascript; charset=utf-8", bytes.into())
    }

    /// A drawing.
    pub fn drawing(bytes: impl Into<Bytes>) -> Self {
        Self::new("image/svg+xml", bytes.into())
    }

    /// A document in JSON.
    pub fn json(bytes: impl Into<Bytes>) -> Self {
        Self::new("application/json", bytes.into())
    }

    fn new(kind: &'static str, bytes: Bytes) -> Self {
        let hex = shared::accounts::hex(&Sha256::digest(&bytes)[..16]);
        let tag = HeaderValue::from_str(&format!("\"{hex}\""));
        let tag = tag.unwrap_or_else(|_| unreachable!("hexadecimal digits in quotes are a header's value"));
        Self { kind, bytes, tag, policy: POLICY }
    }

    /// The file under another `Content-Security-Policy`.
    #[must_use]
    pub fn under(self, policy: HeaderValue) -> Self {
        Self { policy, ..self }
    }

    /// The file, or that the client's copy is still good. A browser asks each time: a new version of Kith shows at once.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let same = known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == self.tag));
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.bytes.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }
}

/// Serves files at their paths.
pub fn serve_files(files: &'static [(&'static str, File)]) -> Router<App> {
    files.iter().fold(Router::new(), |router, (path, file)| {
        router.route(path, get(move |headers: HeaderMap| std::future::ready(file.answer(&headers))))
    })
}
