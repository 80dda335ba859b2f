//! Pictures, as they are kept. What is under a key never changes, and nothing but what this server has made is
//! given out, as what it is: so browsers and proxies may keep it for ever, on every site.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use shared::media::{MediaKey, StoreError, public_path};

use crate::App;
use crate::http::Problem;

/// The routes of pictures.
pub(crate) fn routes() -> Router<App> {
    Router::new().route(&public_path("{*key}"), get(show))
}

async fn show(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    // As it was sent: no key has anything that is to be decoded.
    let key = uri.path().strip_prefix(&public_path("")).and_then(MediaKey::parse).ok_or_else(Problem::not_found)?;
    let tag = format!("\"{}\"", key.random());
    let known = is_known(&headers, &tag);
    let media = &app.core.media;
    let (status, size, body) = if known || method == Method::HEAD {
        let size = media.size(&key).await.map_err(away)?.ok_or_else(Problem::not_found)?;
        let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        (status, size, Body::empty())
    } else {
        let stored = media.get(&key).await.map_err(away)?.ok_or_else(Problem::not_found)?;
        (StatusCode::OK, stored.size, Body::from_stream(stored.body))
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // Opened by itself, it may do nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Also where there is no body: else the server would say 0.
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if status == StatusCode::OK {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(key.kind().content_type()));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    Ok(response)
}

/// Whether the caller says that it has what bears `tag` (RFC 9110, section 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|known| {
        // A proxy that has packed it anew says that its copy is weak; it is the same picture.
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[expect(clippy::needless_pass_by_value, reason = "an error is handed over")]
fn away(error: StoreError) -> Problem {
    tracing::warn!(%error, "a picture can't be read");
    Problem::busy("pictures can't be had now; try again in a moment")
}
