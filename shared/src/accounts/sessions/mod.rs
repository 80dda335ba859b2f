//! Sessions: signing in, refreshing, telling who calls, listing and ending.

mod caller;
mod keys;
mod refresh;
mod sign_in;

use std::sync::Arc;

use sea_orm::QueryOrder;
use sea_orm::prelude::*;

use super::error::SessionError;
use super::links::Links;
use super::password::Passwords;
use super::session_cache::SessionCache;
use super::tokens::TokenSigner;
use crate::config::Lifetimes;
use crate::database::DatabaseError;
use crate::entities::session;
use crate::events::Event;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::clock::Timestamp;
use crate::ports::rate_limits::RateLimiter;
use crate::presence::Presence;

pub use caller::Caller;
pub use keys::SessionKey;
pub use refresh::Tokens;
pub use sign_in::{DialectSession, NewSession, SignIn};

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When its refresh token last rotated; a dialect's never does.
    pub refreshed_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// What the client called itself.
    pub user_agent: Option<String>,
}

/// The sessions of everybody.
#[derive(Debug, Clone)]
pub struct Sessions {
    writer: Writer,
    passwords: Passwords,
    signer: Arc<TokenSigner>,
    cache: SessionCache,
    lifetimes: Lifetimes,
    links: Links,
    limiter: Arc<dyn RateLimiter>,
    sign_ins_a_minute: u32,
    presence: Presence,
}

impl Sessions {
    /// Over the given parts.
    #[expect(clippy::too_many_arguments, reason = "each is a part of its own")]
    pub fn new(
        writer: Writer,
        passwords: Passwords,
        signer: Arc<TokenSigner>,
        lifetimes: Lifetimes,
        links: Links,
        limiter: Arc<dyn RateLimiter>,
        sign_ins_a_minute: u32,
        presence: Presence,
    ) -> Self {
        let cache = SessionCache::default();
        Self { writer, passwords, signer, cache, lifetimes, links, limiter, sign_ins_a_minute, presence }
    }

    /// The live sessions of an account, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64) -> Result<Vec<SessionView>, SessionError> {
        let rows = session::Entity::find()
            .filter(session::Column::AccountId.eq(account_id))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(self.writer.now()))
            .order_by_desc(session::Column::Id)
            .all(self.writer.database().reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| SessionView {
                id: row.id,
                created_at: row.created_at,
                refreshed_at: row.rotated_at,
                expires_at: row.expires_at,
                user_agent: row.user_agent,
            })
            .collect())
    }

    /// Ends one of an account's sessions: its tokens, and its sockets on every node.
    ///
    /// # Errors
    /// The account has no such session.
    pub async fn end(&self, account_id: i64, session_id: i64) -> Result<(), SessionError> {
        let work = self.writer.begin().await?;
        let ended = self.end_in(work, account_id, &[session_id]).await?;
        if ended.is_empty() { Err(SessionError::NotFound) } else { Ok(()) }
    }

    /// Ends all of an account's sessions but the one that asks; answers how many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn end_others(&self, caller: &Caller) -> Result<usize, SessionError> {
        let work = self.writer.begin().await?;
        let statement = work.engine().statement(
            "SELECT id FROM sessions WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL",
            [caller.account_id.into(), caller.session_id.into()],
        );
        let rows = work.tx().query_all_raw(statement).await?;
        let others: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
        Ok(self.end_in(work, caller.account_id, &others).await?.len())
    }

    /// Ends all of an account's sessions, within the caller's work. Once that is committed, the cache is
    /// told of those that are answered.
    pub(in crate::accounts) async fn end_all_in(
        &self,
        work: &mut UnitOfWork,
        account_id: i64,
    ) -> Result<Vec<i64>, DatabaseError> {
        let statement = work.engine().statement(
            "UPDATE sessions SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL RETURNING id",
            [work.now().into(), account_id.into()],
        );
        let rows = work.tx().query_all_raw(statement).await?;
        let ended: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
        if !ended.is_empty() {
            work.tell(Event::SessionsEnded { account_id, sessions: ended.clone() });
        }
        Ok(ended)
    }

    async fn end_in(&self, mut work: UnitOfWork, account_id: i64, ids: &[i64]) -> Result<Vec<i64>, SessionError> {
        let engine = work.engine();
        let sql = format!(
            "UPDATE sessions SET ended_at = $1 WHERE id {} AND account_id = $3 AND ended_at IS NULL RETURNING id",
            engine.any("$2")
        );
        let statement = engine.statement(sql, [work.now().into(), engine.ids(ids), account_id.into()]);
        let rows = work.tx().query_all_raw(statement).await?;
        let ended: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
        if !ended.is_empty() {
            work.tell(Event::SessionsEnded { account_id, sessions: ended.clone() });
        }
        work.commit().await?;
        // This process need not wait for its own event.
        self.cache.end(&ended).await;
        Ok(ended)
    }

    /// The cache, for whoever hears events.
    #[must_use]
    pub fn cache(&self) -> &SessionCache {
        &self.cache
    }
}
