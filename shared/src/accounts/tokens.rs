//! Signed tokens (JWT, HS256): algorithm and key pinned, `kid` for rotation, times by the clock port.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ports::clock::Timestamp;

/// Who issues and accepts the tokens.
const AUDIENCE: &str = "kith";

/// What a token is for; none passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Speaks for its account.
    Access,
    /// Gets new tokens, and rotates.
    Refresh,
    /// Gets access tokens, and does not rotate: the dialects'.
    DialectRefresh,
    /// Speaks for its account, and gets the next of its kind.
    Sliding,
    /// Opens sockets of a dialect that takes a cookie.
    Cookie,
    /// Ends mails that nobody asked for, and does nothing else. It belongs to no session.
    Unsubscribe,
    /// Speaks for its account until its session ends. It is not signed, but looked up.
    #[serde(skip)]
    Key,
}

/// What a token is to say.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    pub(super) kind: TokenKind,
    pub(super) account_id: i64,
    pub(super) session_id: i64,
    /// Of a refresh token.
    pub(super) generation: Option<i64>,
    /// Until when (in seconds) a sliding token can be refreshed.
    pub(super) until: Option<i64>,
}

impl Grant {
    /// Of a kind, for a session of an account.
    #[must_use]
    pub fn new(kind: TokenKind, account_id: i64, session_id: i64) -> Self {
        Self { kind, account_id, session_id, generation: None, until: None }
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The account, as a string (RFC 7519, section 4.1.2).
    pub sub: String,
    /// The session.
    pub sid: i64,
    /// For whom.
    pub aud: String,
    /// What for.
    pub typ: TokenKind,
    /// The generation, of a refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#gen: Option<i64>,
    /// Until when it can be refreshed, in seconds, of a sliding token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Tells tokens of one second apart.
    #[serde(default)]
    pub jti: String,
    /// Issued, in seconds.
    pub iat: i64,
    /// Expires, in seconds.
    pub exp: i64,
}

/// The token is not one of ours, not of the kind, or too old.
#[derive(Debug, thiserror::Error)]
#[error("the token is not valid")]
pub struct TokenError;

struct Key {
    id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

/// Signs with the first key, and accepts each.
pub struct TokenSigner {
    keys: Vec<Key>,
    validation: Validation,
}

impl std::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSigner").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

impl TokenSigner {
    /// With the given keys.
    #[must_use]
    pub fn new(keys: &[SecretString]) -> Self {
        let keys = keys
            .iter()
            .map(|key| {
                let bytes = key.expose_secret().as_bytes();
                Key {
                    id: hex::encode(&Sha256::digest(bytes)[..4]),
                    encoding: EncodingKey::from_secret(bytes),
                    decoding: DecodingKey::from_secret(bytes),
                }
            })
            .collect();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["sub", "aud", "exp"]);
        // The library would ask the machine's clock; `read` asks ours.
        validation.validate_exp = false;
        Self { keys, validation }
    }

    /// Signs a token that lives from `now` for `seconds`.
    ///
    /// # Errors
    /// There is no key.
    pub fn sign(&self, grant: Grant, now: Timestamp, seconds: i64) -> Result<String, TokenError> {
        let key = self.keys.first().ok_or(TokenError)?;
        let iat = now.timestamp();
        let claims = Claims {
            sub: grant.account_id.to_string(),
            sid: grant.session_id,
            aud: AUDIENCE.to_owned(),
            typ: grant.kind,
            r#gen: grant.generation,
            until: grant.until,
            jti: format!("{:016x}", rand::random::<u64>()),
            iat,
            exp: iat + seconds,
        };
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(key.id.clone());
        jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(|_| TokenError)
    }

    /// Reads a token of one of the `accepted` kinds that is still alive at `now`, and answers its account
    /// with it.
    ///
    /// # Errors
    /// It is not one.
    pub fn read(&self, token: &str, accepted: &[TokenKind], now: Timestamp) -> Result<(i64, Claims), TokenError> {
        self.read_if(token, |claims| accepted.contains(&claims.typ) && claims.exp > now.timestamp())
    }

    /// Reads a token of `kind` that can be refreshed at `now`, whether or not it is still alive.
    ///
    /// # Errors
    /// It is not one.
    pub fn read_refreshable(&self, token: &str, kind: TokenKind, now: Timestamp) -> Result<(i64, Claims), TokenError> {
        self.read_if(token, |claims| claims.typ == kind && claims.until.is_some_and(|until| until > now.timestamp()))
    }

    fn read_if(&self, token: &str, fits: impl Fn(&Claims) -> bool) -> Result<(i64, Claims), TokenError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError)?;
        let id = header.kid.ok_or(TokenError)?;
        let key = self.keys.iter().find(|key| key.id == id).ok_or(TokenError)?;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key.decoding, &self.validation).map_err(|_| TokenError)?.claims;
        let account_id = claims.sub.parse().map_err(|_| TokenError)?;
        if fits(&claims) { Ok((account_id, claims)) } else { Err(TokenError) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Utc};

    use super::*;

    fn signer(keys: &[&str]) -> TokenSigner {
        let keys: Vec<_> = keys.iter().map(|key| SecretString::from(key.repeat(32))).collect();
        TokenSigner::new(&keys)
    }

    #[test]
    fn one_kind_never_passes_for_another_and_none_outlives_its_time() {
        let (signer, now) = (signer(&["a"]), Utc::now());
        let token = signer.sign(Grant::new(TokenKind::Access, 7, 9), now, 60).expect("signs");
        let (account, claims) = signer.read(&token, &[TokenKind::Access], now).expect("reads");
        assert_eq!((account, claims.sid), (7, 9));
        assert!(signer.read(&token, &[TokenKind::Refresh], now).is_err());
        assert!(signer.read(&token, &[TokenKind::Access], now + TimeDelta::seconds(60)).is_err());
    }

    #[test]
    fn a_rotated_key_is_still_accepted_and_a_foreign_one_never() {
        let now = Utc::now();
        let token = signer(&["a"]).sign(Grant::new(TokenKind::Access, 7, 9), now, 60).expect("signs");
        assert!(signer(&["b", "a"]).read(&token, &[TokenKind::Access], now).is_ok());
        assert!(signer(&["b"]).read(&token, &[TokenKind::Access], now).is_err());
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3Iiwic2lkIjo5LCJhdWQiOiJraXRoIiwidHlwIjoiYWNjZXNzIiwiaWF0IjowLCJleHAiOjk5OTk5OTk5OTl9.";
        assert!(signer(&["a"]).read(token, &[TokenKind::Access], Utc::now()).is_err());
    }
}
