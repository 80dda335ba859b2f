//! Sessions that are held by one key, which speaks for its account until the session ends.

use sea_orm::prelude::*;

use super::sign_in::{Surface, insert, still_holds};
use super::{Caller, Sessions, SignIn};
use crate::accounts::error::SessionError;
use crate::accounts::links;
use crate::accounts::session_cache::KeyHolder;
use crate::database::DatabaseError;
use crate::entities::session;
use crate::jobs::UnitOfWork;
use crate::ports::clock::Timestamp;

/// Bytes of a key: twice as many hexadecimal digits.
const BYTES: usize = 20;
/// Seconds that a session lives whose owner never ends it: a hundred years.
const LIFE: i64 = 100 * 365 * 24 * 3600;

/// A key: 40 hexadecimal digits. It is told once; of it the hash alone is kept.
#[derive(Clone)]
pub struct SessionKey(String);

impl SessionKey {
    /// The key, for its owner.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionKey").finish_non_exhaustive()
    }
}

/// Whether a token looks like a key.
pub(super) fn is_key(token: &str) -> bool {
    token.len() == BYTES * 2 && token.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

impl Sessions {
    /// Signs in by username or email, to a session that is held by a key. Those of earlier sign-ins live on.
    ///
    /// # Errors
    /// As for [`Self::sign_in`].
    pub async fn sign_in_for_key(&self, sign_in: SignIn) -> Result<SessionKey, SessionError> {
        let account = self.verify(&sign_in).await?;
        let work = self.writer.begin().await?;
        still_holds(&work, &account).await?;
        let key = self.open_key_in(&work, account.id, sign_in.user_agent).await?;
        work.commit().await?;
        self.presence.saw(account.id, account.presence_hidden).await;
        Ok(key)
    }

    /// Begins a session that is held by a key, within the caller's work.
    pub(in crate::accounts) async fn open_key_in(
        &self,
        work: &UnitOfWork,
        account_id: i64,
        user_agent: Option<String>,
    ) -> Result<SessionKey, DatabaseError> {
        let bytes: [u8; BYTES] = rand::random();
        let key = hex::encode(bytes);
        insert(work, account_id, user_agent, Surface::Key(links::hashed(&key)), LIFE).await?;
        Ok(SessionKey(key))
    }

    /// Tells who shows a key.
    pub(super) async fn by_key(&self, key: &str, now: Timestamp) -> Result<Caller, SessionError> {
        let hash = links::hashed(key);
        let holder = match self.cache.holder(&hash).await {
            Some(holder) => holder,
            None => self.find_holder(hash).await?,
        };
        let KeyHolder { account_id, session_id, expires_at } = holder;
        let live = self.live_of(account_id, session_id, now).await?;
        Ok(Caller { account_id, session_id, staff: live.staff, presence_hidden: live.presence_hidden, expires_at })
    }

    async fn find_holder(&self, hash: String) -> Result<KeyHolder, SessionError> {
        let query = session::Entity::find().filter(session::Column::KeyHash.eq(&hash));
        let row = query.one(self.writer.database().reader()).await?.ok_or(SessionError::InvalidToken)?;
        let holder = KeyHolder { account_id: row.account_id, session_id: row.id, expires_at: row.expires_at };
        self.cache.remember_key(hash, holder).await;
        Ok(holder)
    }
}
