//! Pages with scripts: files that are in the binary, so that they need nothing from elsewhere.

use std::borrow::Cow;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::App;

/// What such a page may load and reach: files of this server, and its API. No script within a page, no form that
/// leaves it by itself, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file in the binary.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Where it is served.
    path: &'static str,
    /// Its content type.
    kind: &'static str,
    text: Cow<'static, str>,
}

impl File {
    /// An HTML page.
    pub(super) const fn page(path: &'static str, text: &'static str) -> Self {
        Self { path, kind: "text/html; charset=utf-8", text: Cow::Borrowed(text) }
    }

    /// A style sheet.
    pub(super) const fn style(path: &'static str, text: &'static str) -> Self {
        Self { path, kind: "text/css; charset=utf-8", text: Cow::Borrowed(text) }
    }

    /// An ECMAScript module.
    pub(super) const fn script(path: &'static str, text: &'static str) -> Self {
        Self { path, kind: "text/javascript; charset=utf-8", text: Cow::Borrowed(text) }
    }

    /// A drawing.
    pub(super) const fn drawing(path: &'static str, text: &'static str) -> Self {
        Self { path, kind: "image/svg+xml", text: Cow::Borrowed(text) }
    }

    /// The page with what this server tells of itself, in place of a comment that stands for it.
    pub(super) fn telling(self, told: &str) -> Self {
        Self { text: Cow::Owned(self.text.replace("<!-- KITH -->", told)), ..self }
    }
}

/// Serves `files`. A browser asks each time whether its copy is still good: a new version of Kith shows at once.
pub(super) fn routes(files: &[File]) -> Router<App> {
    files.iter().fold(Router::new(), |router, file| {
        let (file, tag) = (file.clone(), tag(&file.text));
        router.route(file.path, get(move |headers: HeaderMap| std::future::ready(answer(&file, &tag, &headers))))
    })
}

/// What a copy of `text` is known by.
fn tag(text: &str) -> HeaderValue {
    let digest = Sha256::digest(text);
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Hexadecimal digits in quotes are a header.
    HeaderValue::from_str(&format!("\"{hex}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn answer(file: &File, tag: &HeaderValue, asked: &HeaderMap) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let same = known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { file.text.clone().into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
