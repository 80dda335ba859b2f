//! Pages with scripts: files that are in the binary, so that they need nothing from elsewhere.

use std::borrow::Cow;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;

use crate::App;
use crate::http;

/// A file in the binary, and where it is served.
#[derive(Debug, Clone)]
pub(super) struct File {
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

/// Serves `files`.
pub(super) fn routes(files: &[File]) -> Router<App> {
    files.iter().fold(Router::new(), |router, File { path, kind, text }| {
        let file = http::File::new(kind, text.clone().into_owned());
        router.route(path, get(move |headers: HeaderMap| std::future::ready(file.answer(&headers))))
    })
}
