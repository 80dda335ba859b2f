//! Where a page comes from that opens a socket with nothing but a cookie.

use axum::http::{HeaderMap, header};
use url::Url;

use crate::App;

/// Whether `origin` is the server's own, or one that the operator names (`KITH_ALLOWED_ORIGINS`).
#[must_use]
pub fn is_allowed_origin(app: &App, headers: &HeaderMap, origin: &str) -> bool {
    let config = &app.core.config;
    if config.server.allowed_origins.iter().any(|allowed| allowed == origin) {
        return true;
    }
    let Ok(page) = Url::parse(origin) else { return false };
    if page.origin() == config.public_url().origin() {
        return true;
    }
    // What the browser asked for, when it asked under a name that is not configured. A page that came
    // without TLS is not the server's own where the server's pages come with it.
    if page.scheme() != "https" && config.public_url().scheme() == "https" {
        return false;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = host else { return false };
    Url::parse(&format!("{}://{host}", page.scheme())).is_ok_and(|asked| asked.origin() == page.origin())
}
