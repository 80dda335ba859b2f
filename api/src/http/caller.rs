//! Who calls: the session behind the access token in `Authorization`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use shared::accounts::Caller;

use super::Problem;
use crate::App;

/// The token of `Authorization: Bearer …`.
#[must_use]
pub fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// An authenticated caller, who is not changing more than the limit allows.
#[derive(Debug, Clone, Copy)]
pub struct Authenticated(pub Caller);

impl FromRequestParts<App> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer_token(&parts.headers).ok_or_else(Problem::unauthenticated)?;
        let caller = app.core.sessions.authenticate(token).await?;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            let key = format!("changes:{}", caller.account_id);
            app.core.ports.limiter.count(&key, app.core.config.limits.changes_a_minute).await?;
        }
        Ok(Self(caller))
    }
}
