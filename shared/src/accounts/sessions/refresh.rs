//! Refreshing: with rotation and reuse detection in v1, without in the dialects.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;

use super::Sessions;
use crate::accounts::error::SessionError;
use crate::accounts::tokens::{Grant, TokenKind};
use crate::accounts::visibility::is_present;
use crate::entities::session;
use crate::ports::clock::Timestamp;

/// An access token and the refresh token that gets the next.
#[derive(Clone)]
pub struct Tokens {
    /// Speaks for the account.
    pub access: String,
    /// Seconds that it lives.
    pub access_seconds: i64,
    /// Gets the next pair.
    pub refresh: String,
    /// The session.
    pub session_id: i64,
    /// The account.
    pub account_id: i64,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("session_id", &self.session_id).finish_non_exhaustive()
    }
}

impl Sessions {
    pub(super) fn tokens(&self, row: &session::Model, now: Timestamp) -> Result<Tokens, SessionError> {
        let left = (row.expires_at - now).num_seconds().max(0);
        let access_seconds = self.lifetimes.access.min(left);
        let grant = |kind| Grant::new(kind, row.account_id, row.id);
        let refresh = Grant { generation: Some(row.generation), ..grant(TokenKind::Refresh) };
        Ok(Tokens {
            access: self.sign(grant(TokenKind::Access), now, access_seconds)?,
            access_seconds,
            refresh: self.sign(refresh, now, self.lifetimes.refresh.min(left))?,
            session_id: row.id,
            account_id: row.account_id,
        })
    }

    pub(super) fn sign(&self, grant: Grant, now: Timestamp, seconds: i64) -> Result<String, SessionError> {
        self.signer.sign(grant, now, seconds).map_err(|_| SessionError::InvalidToken)
    }

    /// A sliding token that can be refreshed until `until` (seconds).
    pub(super) fn sliding(
        &self,
        account_id: i64,
        session_id: i64,
        until: i64,
        now: Timestamp,
    ) -> Result<String, SessionError> {
        let grant = Grant { until: Some(until), ..Grant::new(TokenKind::Sliding, account_id, session_id) };
        self.sign(grant, now, self.lifetimes.sliding)
    }

    /// Trades a refresh token for a new pair. The parent of the newest is answered with the newest
    /// again for some seconds (two tabs); any older one ends the session.
    ///
    /// # Errors
    /// The token is not valid, or was used before.
    pub async fn refresh(&self, token: &str) -> Result<Tokens, SessionError> {
        let now = self.writer.now();
        let (account_id, claims) = self.signer.read(token, &[TokenKind::Refresh], now)?;
        let shown = claims.r#gen.ok_or(SessionError::InvalidToken)?;
        let work = self.writer.begin().await?;
        let sql = format!(
            "SELECT s.* FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND {} {}",
            is_present("a"),
            work.engine().postgres_only("FOR UPDATE OF s")
        );
        let statement = work.engine().statement(sql, [claims.sid.into(), now.into()]);
        let row = session::Entity::find().from_raw_sql(statement).one(work.tx()).await?;
        let row = row.filter(|row| row.account_id == account_id);
        let mut row = row.ok_or(SessionError::InvalidToken)?;
        if shown == row.generation {
            row.generation += 1;
            row.rotated_at = now;
            let rotated = session::ActiveModel {
                id: sea_orm::ActiveValue::Unchanged(row.id),
                generation: Set(row.generation),
                rotated_at: Set(now),
                ..Default::default()
            };
            session::Entity::update(rotated).exec_without_returning(work.tx()).await?;
            work.commit().await?;
            return self.tokens(&row, now);
        }
        let grace = TimeDelta::seconds(self.lifetimes.refresh_grace);
        if shown == row.generation - 1 && now - row.rotated_at <= grace {
            return self.tokens(&row, now);
        }
        self.end_in(work, row.account_id, &[row.id]).await?;
        tracing::warn!(session = row.id, "a spent refresh token was shown; its session has been ended");
        Err(SessionError::Reused)
    }

    /// An access token for a dialect's refresh token, which stays good until its session ends.
    ///
    /// # Errors
    /// The token is not valid.
    pub async fn refresh_access(&self, token: &str) -> Result<String, SessionError> {
        let now = self.writer.now();
        let (account_id, claims) = self.signer.read(token, &[TokenKind::DialectRefresh], now)?;
        self.live_of(account_id, claims.sid, now).await?;
        let seconds = self.lifetimes.access.min(claims.exp - now.timestamp());
        self.sign(Grant::new(TokenKind::Access, account_id, claims.sid), now, seconds)
    }

    /// Ends the session of a dialect's refresh token, if it is the account's.
    ///
    /// # Errors
    /// The token is not valid, or another's.
    pub async fn end_by_refresh(&self, account_id: i64, token: &str) -> Result<(), SessionError> {
        let (owner, claims) = self.signer.read(token, &[TokenKind::DialectRefresh], self.writer.now())?;
        if owner != account_id {
            return Err(SessionError::InvalidToken);
        }
        self.end(account_id, claims.sid).await
    }

    /// The next sliding token. The one shown may have expired, but must still be refreshable; it lives
    /// out its time.
    ///
    /// # Errors
    /// The token is not valid.
    pub async fn refresh_sliding(&self, token: &str) -> Result<String, SessionError> {
        let now = self.writer.now();
        let (account_id, claims) = self.signer.read_refreshable(token, TokenKind::Sliding, now)?;
        self.live_of(account_id, claims.sid, now).await?;
        let until = claims.until.ok_or(SessionError::InvalidToken)?;
        self.sliding(account_id, claims.sid, until, now)
    }
}
