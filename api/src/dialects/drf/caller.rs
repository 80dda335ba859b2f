//! Who calls a dialect: `Authorization: Bearer X` and `Token X` take an access token, a sliding token or a
//! key.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use shared::accounts::{Caller, SessionError, TokenKind};

use super::{DrfError, Fields};
use crate::App;
use crate::http::{authorization_token, identify};

/// The tokens that dialects take.
pub const DIALECT_TOKENS: [TokenKind; 3] = [TokenKind::Access, TokenKind::Sliding, TokenKind::Key];

const SCHEMES: [&str; 2] = ["bearer", "token"];

/// An authenticated caller, who is not changing more than the limit allows.
#[derive(Debug, Clone, Copy)]
pub struct Signed(pub Caller);

impl FromRequestParts<App> for Signed {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, DrfError> {
        let token = authorization_token(&parts.headers, &SCHEMES).ok_or_else(DrfError::not_authenticated)?;
        Ok(Self(identify(app, &parts.method, token, &DIALECT_TOKENS).await?))
    }
}

/// Who looks at what anybody may see: the caller of a token that is valid, else nobody in particular.
#[derive(Debug, Clone, Copy)]
pub struct Viewer(pub Option<i64>);

impl FromRequestParts<App> for Viewer {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, DrfError> {
        let Some(token) = authorization_token(&parts.headers, &SCHEMES) else { return Ok(Self(None)) };
        match identify(app, &parts.method, token, &DIALECT_TOKENS).await {
            Ok(caller) => Ok(Self(Some(caller.account_id))),
            // A page that anybody may see is shown to whoever comes with an old token too.
            Err(SessionError::InvalidToken) => Ok(Self(None)),
            Err(error) => Err(error.into()),
        }
    }
}

/// The token of a socket: in the header, or in the query since browsers can't set one.
pub fn socket_token(headers: &HeaderMap, query: &mut Fields) -> Option<String> {
    authorization_token(headers, &SCHEMES).map(str::to_owned).or_else(|| query.optional_text("token").flatten())
}
