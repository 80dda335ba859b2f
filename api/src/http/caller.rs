//! Who calls: the session behind the token in `Authorization`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use shared::accounts::{Caller, SessionError, TokenKind};

use super::Problem;
use crate::App;

/// The tokens that v1 takes.
pub const V1_TOKENS: [TokenKind; 1] = [TokenKind::Access];

/// The token of `Authorization`, under one of the schemes (in lower case).
#[must_use]
pub fn authorization_token<'a>(headers: &'a HeaderMap, schemes: &[&str]) -> Option<&'a str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    schemes.iter().any(|one| scheme.eq_ignore_ascii_case(one)).then(|| token.trim())
}

/// The caller of a request with `token`, who is not changing more than the limit allows. That they asked for
/// something is noted for presence.
///
/// # Errors
/// The token is not valid, or of a kind that is not accepted; too often.
pub async fn identify(app: &App, method: &Method, token: &str, accepted: &[TokenKind]) -> Result<Caller, SessionError> {
    let caller = app.core.sessions.authenticate(token, accepted).await?;
    app.core.presence.saw(caller.account_id, caller.presence_hidden).await;
    if !matches!(*method, Method::GET | Method::HEAD) {
        let key = format!("changes:{}", caller.account_id);
        app.core.ports.limiter.count(&key, app.core.config.limits.changes_a_minute).await?;
    }
    Ok(caller)
}

/// An authenticated caller.
#[derive(Debug, Clone, Copy)]
pub struct Authenticated(pub Caller);

impl FromRequestParts<App> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = authorization_token(&parts.headers, &["bearer"]).ok_or_else(Problem::unauthenticated)?;
        Ok(Self(identify(app, &parts.method, token, &V1_TOKENS).await?))
    }
}

/// Who looks at what anybody may see: the caller, or nobody in particular where there is no token.
#[derive(Debug, Clone, Copy)]
pub struct Viewer(pub Option<i64>);

impl FromRequestParts<App> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        let Authenticated(caller) = Authenticated::from_request_parts(parts, app).await?;
        Ok(Self(Some(caller.account_id)))
    }
}
