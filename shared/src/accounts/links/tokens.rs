//! The tokens of links: made, looked at, and used once.

use chrono::TimeDelta;
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use sha2::{Digest, Sha256};

use super::follow::CONFIRMING;
use super::{Links, Purpose};
use crate::accounts::error::AccountError;
use crate::accounts::queries;
use crate::database::DatabaseError;
use crate::entities::account_token;
use crate::jobs::UnitOfWork;
use crate::ports::clock::Timestamp;

/// How long a mail may be on its way before its link counts as sent all the same, in seconds.
const LONGEST_WAY: i64 = 120;

/// A token that is known, live or not.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Known {
    pub(in crate::accounts) account_id: i64,
    pub(super) purpose: Purpose,
    /// The email it was made for, as it is compared.
    pub(in crate::accounts) email_key: Option<String>,
    used: bool,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
}

impl Links {
    /// Makes a token and commits its hash; its life begins when its mail is accepted.
    pub(super) async fn issue(
        &self,
        account_id: i64,
        purpose: Purpose,
        email_key: Option<String>,
    ) -> Result<String, DatabaseError> {
        let bytes: [u8; 32] = rand::random();
        let token = hex::encode(bytes);
        let row = account_token::ActiveModel {
            account_id: Set(account_id),
            purpose: Set(purpose.as_str().to_owned()),
            hash: Set(hashed(&token)),
            email: Set(email_key),
            created_at: Set(self.writer.now()),
            ..Default::default()
        };
        account_token::Entity::insert(row).exec_without_returning(self.writer.database().writer()).await?;
        Ok(token)
    }

    /// What a link is for, if it would work now. Changes nothing.
    ///
    /// # Errors
    /// The email of the link is no longer the account's, nor the one that waits; somebody else confirmed it.
    pub async fn live(&self, token: &str) -> Result<Option<Purpose>, AccountError> {
        let db = self.writer.database().reader();
        let now = self.writer.now();
        let known = self.known(db, token).await?.filter(|known| self.is_live(known, now));
        let Some(known) = known else { return Ok(None) };
        if CONFIRMING.contains(&known.purpose) {
            let account = queries::find(db, known.account_id).await?;
            self.meant(db, &account.ok_or(AccountError::SpentLink)?, &known).await?;
        } else {
            let account = queries::find(db, known.account_id).await?;
            // It went to an address that the account has no longer.
            if account.is_none_or(|account| account.email_key != known.email_key) {
                return Ok(None);
            }
        }
        Ok(Some(known.purpose))
    }

    fn is_live(&self, known: &Known, now: Timestamp) -> bool {
        let until = known.expires_at.unwrap_or_else(|| known.created_at + self.way(known.purpose));
        !known.used && until > now
    }

    /// How long a token of which nobody says that it was sent is good for.
    fn way(&self, purpose: Purpose) -> TimeDelta {
        TimeDelta::seconds(self.lifetime(purpose) + LONGEST_WAY)
    }

    pub(in crate::accounts) async fn known(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
    ) -> Result<Option<Known>, AccountError> {
        if !is_token(token) {
            return Ok(None);
        }
        let found = account_token::Entity::find().filter(account_token::Column::Hash.eq(hashed(token))).one(db).await?;
        Ok(found.and_then(|row| {
            Some(Known {
                account_id: row.account_id,
                purpose: Purpose::parse(&row.purpose)?,
                email_key: row.email,
                used: row.used_at.is_some(),
                created_at: row.created_at,
                expires_at: row.expires_at,
            })
        }))
    }

    /// Uses a token of one of the purposes up; of two who try at once, one does.
    pub(in crate::accounts) async fn use_up(
        &self,
        work: &UnitOfWork,
        token: &str,
        purposes: &[Purpose],
    ) -> Result<Known, AccountError> {
        let known = self.known(work.tx(), token).await?.filter(|known| purposes.contains(&known.purpose));
        let known = known.ok_or(AccountError::SpentLink)?;
        let now = work.now();
        let statement = work.engine().statement(
            "UPDATE account_tokens SET used_at = $1
             WHERE hash = $2 AND used_at IS NULL
               AND (expires_at > $1 OR (expires_at IS NULL AND created_at > $3))",
            [now.into(), hashed(token).into(), (now - self.way(known.purpose)).into()],
        );
        let used = work.tx().execute_raw(statement).await?.rows_affected();
        if used == 1 { Ok(known) } else { Err(AccountError::SpentLink) }
    }
}

/// Whether a text has the form of a token: 64 hexadecimal digits.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// SHA-256 in hexadecimal: what is kept of a token.
pub(in crate::accounts) fn hashed(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
