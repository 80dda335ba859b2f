//! The route of a request: what may be said of its path, which itself may hold the token of a link.

use axum::extract::{MatchedPath, Request};

/// The route of paths that are none.
const UNMATCHED: &str = "unmatched";

/// The template that the path matched, as [`axum::Router::layer`] knows it; `unmatched` for paths that match none.
pub(super) fn route_of(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or(UNMATCHED, MatchedPath::as_str)
}
