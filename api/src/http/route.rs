//! The route and the method of a request, as they may be said: a path may hold the token of a link, and a client may
//! make both up.

use axum::extract::{MatchedPath, Request};
use axum::http::Method;

/// The route of paths that are none.
const UNMATCHED: &str = "unmatched";

/// The template that the path matched, as [`axum::Router::layer`] knows it; `unmatched` for paths that match none.
pub(super) fn route_of(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or(UNMATCHED, MatchedPath::as_str)
}

/// The method, `other` where it is none that is known.
pub(super) fn method_of(request: &Request) -> &'static str {
    match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
