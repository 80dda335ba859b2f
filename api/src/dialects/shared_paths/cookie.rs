//! The session cookie: it opens the sockets of `connections_notifications`, and authenticates nothing
//! else.

use axum::http::header::{self, HeaderMap, HeaderValue};
use shared::config::Config;

/// Its name, as Django's.
const NAME: &str = "sessionid";

/// `Set-Cookie` for a session that lives for `seconds`: not for scripts, and not for other sites.
pub(super) fn set(config: &Config, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if config.public_url().scheme() == "https" { "; Secure" } else { "" };
    let cookie = format!("{NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// The session cookie of a request.
#[must_use]
pub fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then_some(value))
}
