//! Who calls: what a token stands for, and which sessions are alive.

use sea_orm::ConnectionTrait;

use super::Sessions;
use super::keys::is_key;
use crate::accounts::error::{NotStaff, SessionError};
use crate::accounts::session_cache::LiveSession;
use crate::accounts::tokens::TokenKind;
use crate::accounts::visibility::is_present;
use crate::ports::clock::Timestamp;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account_id: i64,
    /// The session.
    pub session_id: i64,
    /// Whether the account is staff.
    pub staff: bool,
    /// Whether the account hides its presence; known within 30 s.
    pub presence_hidden: bool,
    /// When the token that was shown expires.
    pub expires_at: Timestamp,
}

impl Caller {
    /// Refuses whoever is not staff, as far as their session knows.
    ///
    /// # Errors
    /// They are not.
    pub fn require_staff(&self) -> Result<(), NotStaff> {
        if self.staff { Ok(()) } else { Err(NotStaff) }
    }
}

impl Sessions {
    /// Tells who shows a token of one of the `accepted` kinds. Costs a query when the session was not
    /// seen for 30 s, and one more for a key that is new here.
    ///
    /// # Errors
    /// The token is not valid, or its session has ended.
    pub async fn authenticate(&self, token: &str, accepted: &[TokenKind]) -> Result<Caller, SessionError> {
        let now = self.writer.now();
        if accepted.contains(&TokenKind::Key) && is_key(token) {
            return self.by_key(token, now).await;
        }
        let (account_id, claims) = self.signer.read(token, accepted, now)?;
        let live = self.live_of(account_id, claims.sid, now).await?;
        let expires_at = Timestamp::from_timestamp(claims.exp, 0).ok_or(SessionError::InvalidToken)?;
        let LiveSession { staff, presence_hidden, .. } = live;
        Ok(Caller { account_id, session_id: claims.sid, staff, presence_hidden, expires_at })
    }

    /// The session, if it lives and is the account's.
    pub(super) async fn live_of(&self, account_id: i64, id: i64, now: Timestamp) -> Result<LiveSession, SessionError> {
        let live = self.live(id, now).await?;
        if live.account_id == account_id { Ok(live) } else { Err(SessionError::InvalidToken) }
    }

    async fn live(&self, id: i64, now: Timestamp) -> Result<LiveSession, SessionError> {
        if let Some(live) = self.cache.get(id, now).await.map_err(|_| SessionError::InvalidToken)? {
            return Ok(live);
        }
        let sql = format!(
            "SELECT s.account_id, a.staff, a.presence_hidden FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND {}",
            is_present("a")
        );
        let statement = self.writer.engine().statement(sql, [id.into(), now.into()]);
        let row = self.writer.database().reader().query_one_raw(statement).await?;
        let row = row.ok_or(SessionError::InvalidToken)?;
        let live = LiveSession {
            account_id: row.try_get("", "account_id")?,
            staff: row.try_get("", "staff")?,
            presence_hidden: row.try_get("", "presence_hidden")?,
            seen_at: now,
        };
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
             WHERE s.id {} AND s.ended_at IS NULL AND s.expires_at > $2 AND {}",
            engine.any("$1"),
            is_present("a")
        );
        let statement = engine.statement(sql, [engine.ids(sessions), self.writer.now().into()]);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
    }
}
