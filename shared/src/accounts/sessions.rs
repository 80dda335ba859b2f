//! Sessions: signing in, refreshing with rotation and reuse detection, listing, ending, and telling
//! who calls.

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::error::SessionError;
use super::password::Passwords;
use super::queries;
use super::session_cache::{LiveSession, SessionCache};
use super::tokens::{TokenKind, TokenSigner};
use crate::config::Lifetimes;
use crate::entities::{account, session};
use crate::events::Event;
use crate::fields::FieldErrors;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::clock::Timestamp;
use crate::ports::rate_limits::RateLimiter;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account_id: i64,
    /// The session.
    pub session_id: i64,
    /// Whether the account is staff.
    pub staff: bool,
    /// When the token that was shown expires.
    pub expires_at: Timestamp,
}

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

/// What somebody signs in with.
#[derive(Clone)]
pub struct SignIn {
    /// A username or an email.
    pub login: String,
    /// The password.
    pub password: String,
    /// What the client calls itself.
    pub user_agent: Option<String>,
}

impl SignIn {
    /// Refuses what no account can have, before it costs anything.
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (field, value) in [("login", &self.login), ("password", &self.password)] {
            if value.chars().count() > LONGEST_CREDENTIAL {
                errors.add(field, format!("Must have at most {LONGEST_CREDENTIAL} characters."));
            }
        }
        errors.check()
    }
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").finish_non_exhaustive()
    }
}

/// A session that begins.
#[derive(Debug)]
pub struct NewSession {
    /// The account.
    pub account: account::Model,
    /// Its tokens.
    pub tokens: Tokens,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last refreshed.
    pub refreshed_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// What the client called itself.
    pub user_agent: Option<String>,
}

/// The longest name or password that is looked at, in characters.
const LONGEST_CREDENTIAL: usize = 256;
/// The longest user agent that is kept, in characters.
const LONGEST_USER_AGENT: usize = 300;

/// The sessions of everybody.
#[derive(Debug, Clone)]
pub struct Sessions {
    writer: Writer,
    passwords: Passwords,
    signer: Arc<TokenSigner>,
    cache: SessionCache,
    lifetimes: Lifetimes,
    limiter: Arc<dyn RateLimiter>,
    sign_ins_a_minute: u32,
}

impl Sessions {
    /// Over the given parts.
    pub fn new(
        writer: Writer,
        passwords: Passwords,
        signer: Arc<TokenSigner>,
        cache: SessionCache,
        lifetimes: Lifetimes,
        limiter: Arc<dyn RateLimiter>,
        sign_ins_a_minute: u32,
    ) -> Self {
        Self { writer, passwords, signer, cache, lifetimes, limiter, sign_ins_a_minute }
    }

    /// Signs in by username or email. An unknown name costs what a known one does.
    ///
    /// # Errors
    /// Wrong name or password; an account that is not active; too often; too many at once.
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<NewSession, SessionError> {
        sign_in.check()?;
        let found = queries::find_by_login(self.writer.database(), &sign_in.login).await?;
        // One count for an account whichever of its names is used, and for a name that nobody bears.
        let counted = found.as_ref().map_or_else(|| sign_in.login.to_lowercase(), |account| account.id.to_string());
        let key = format!("sign-in:{}", super::activation::hashed(&counted));
        self.limiter.count(&key, self.sign_ins_a_minute).await?;
        let hash = found.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(sign_in.password, hash).await?;
        let account = found.filter(|account| right && account.suspended_at.is_none());
        let account = account.ok_or(SessionError::WrongCredentials)?;
        if !account.active {
            return Err(SessionError::NotActive);
        }
        let mut work = self.writer.begin().await?;
        let tokens = self.open(&mut work, account.id, sign_in.user_agent).await?;
        work.commit().await?;
        Ok(NewSession { account, tokens })
    }

    /// Opens a session within a unit of work.
    async fn open(
        &self,
        work: &mut UnitOfWork,
        account_id: i64,
        user_agent: Option<String>,
    ) -> Result<Tokens, SessionError> {
        let now = work.now();
        let user_agent = user_agent
            .map(|name| name.chars().filter(|c| !c.is_control()).take(LONGEST_USER_AGENT).collect::<String>());
        let row = session::ActiveModel {
            account_id: Set(account_id),
            surface: Set("v1".to_owned()),
            generation: Set(1),
            rotated_at: Set(now),
            created_at: Set(now),
            expires_at: Set(now + TimeDelta::seconds(self.lifetimes.session)),
            user_agent: Set(user_agent),
            ..Default::default()
        };
        let row = row.insert(work.tx()).await?;
        self.tokens(&row, now)
    }

    fn tokens(&self, row: &session::Model, now: Timestamp) -> Result<Tokens, SessionError> {
        let left = (row.expires_at - now).num_seconds().max(0);
        let access_seconds = self.lifetimes.access.min(left);
        let sign = |kind, generation, seconds| {
            self.signer
                .sign(kind, row.account_id, row.id, generation, now, seconds)
                .map_err(|_| SessionError::InvalidToken)
        };
        Ok(Tokens {
            access: sign(TokenKind::Access, None, access_seconds)?,
            access_seconds,
            refresh: sign(TokenKind::Refresh, Some(row.generation), self.lifetimes.refresh.min(left))?,
            session_id: row.id,
            account_id: row.account_id,
        })
    }

    /// Trades a refresh token for a new pair. The parent of the newest is answered with the newest
    /// again for some seconds (two tabs); any older one ends the session.
    ///
    /// # Errors
    /// The token is not valid, or was used before.
    pub async fn refresh(&self, token: &str) -> Result<Tokens, SessionError> {
        let now = self.writer.now();
        let (_, claims) = self.signer.read(token, TokenKind::Refresh, now).map_err(|_| SessionError::InvalidToken)?;
        let shown = claims.r#gen.ok_or(SessionError::InvalidToken)?;
        let work = self.writer.begin().await?;
        let sql = format!(
            "SELECT s.* FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.active AND a.suspended_at IS NULL {}",
            work.engine().postgres_only("FOR UPDATE OF s")
        );
        let statement = work.engine().statement(sql, [claims.sid.into(), now.into()]);
        let row = session::Entity::find().from_raw_sql(statement).one(work.tx()).await?;
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

    /// Tells who shows an access token. Costs a query when the session was not seen for 30 s.
    ///
    /// # Errors
    /// The token is not valid, or its session has ended.
    pub async fn authenticate(&self, token: &str) -> Result<Caller, SessionError> {
        let now = self.writer.now();
        let (account_id, claims) =
            self.signer.read(token, TokenKind::Access, now).map_err(|_| SessionError::InvalidToken)?;
        let live = self.live(claims.sid, now).await?;
        if live.account_id != account_id {
            return Err(SessionError::InvalidToken);
        }
        let expires_at = Timestamp::from_timestamp(claims.exp, 0).ok_or(SessionError::InvalidToken)?;
        Ok(Caller { account_id, session_id: claims.sid, staff: live.staff, expires_at })
    }

    async fn live(&self, id: i64, now: Timestamp) -> Result<LiveSession, SessionError> {
        if let Some(live) = self.cache.get(id, now).await.map_err(|_| SessionError::InvalidToken)? {
            return Ok(live);
        }
        let statement = self.writer.engine().statement(
            "SELECT s.account_id, a.staff FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.active AND a.suspended_at IS NULL",
            [id.into(), now.into()],
        );
        let row = self.writer.database().reader().query_one_raw(statement).await?;
        let row = row.ok_or(SessionError::InvalidToken)?;
        let (account_id, staff) = (row.try_get("", "account_id")?, row.try_get("", "staff")?);
        let live = LiveSession { account_id, staff, seen_at: now };
        self.cache.remember(id, live).await.map_err(|_| SessionError::InvalidToken)?;
        Ok(live)
    }

    /// Which of `sessions` are alive: what the gateway asks of its sockets from time to time.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn alive(&self, sessions: &[i64]) -> Result<Vec<i64>, SessionError> {
        let engine = self.writer.engine();
        let sql = format!(
            "SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id {} AND s.ended_at IS NULL AND s.expires_at > $2 AND a.active AND a.suspended_at IS NULL",
            engine.any("$1")
        );
        let statement = engine.statement(sql, [engine.ids(sessions), self.writer.now().into()]);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
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
