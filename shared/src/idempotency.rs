//! Idempotency keys: a repeat of a request under the same key is answered with what the first made.
//!
//! The key's row is written in the transaction of what it protects, so there is never one without
//! the other.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::jobs::UnitOfWork;

/// For how long a key is kept, in hours.
const KEPT_HOURS: i64 = 24;
/// The longest key, in characters.
const LONGEST: usize = 200;

/// A client's key for one request.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    key: String,
    route: &'static str,
    fingerprint: String,
}

/// What a key stands for.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing yet: go on, and finish with [`IdempotencyKey::complete`].
    New,
    /// What an earlier request made.
    Replay(i64),
}

/// A key that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// The same key came with something else.
    #[error("the idempotency key was used for a different request")]
    Mismatch,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl IdempotencyKey {
    /// `key` for a request to `route` that asks for `asked`, in any form that is the same when what
    /// is asked is the same.
    ///
    /// # Errors
    /// The key is empty, too long or not printable ASCII.
    pub fn new(key: &str, route: &'static str, asked: &str) -> Result<Self, FieldErrors> {
        if key.is_empty() || key.len() > LONGEST || !key.bytes().all(|b| b.is_ascii_graphic()) {
            let message = format!("Must be 1 to {LONGEST} printable ASCII characters.");
            return Err(FieldErrors::one("Idempotency-Key", message));
        }
        let fingerprint = hex::encode(Sha256::digest(asked.as_bytes()));
        Ok(Self { key: key.to_owned(), route, fingerprint })
    }

    /// Claims the key within a unit of work. Of two at once, one waits for the other.
    ///
    /// # Errors
    /// The key came with something else.
    pub async fn claim(&self, work: &UnitOfWork, account_id: i64) -> Result<Claim, IdempotencyError> {
        let engine = work.engine();
        let name = || [account_id.into(), self.route.into(), self.key.clone().into()];
        let oldest = work.now() - TimeDelta::hours(KEPT_HOURS);
        let sweep =
            "DELETE FROM idempotency_keys WHERE account_id = $1 AND route = $2 AND key = $3 AND created_at < $4";
        let values = name().into_iter().chain([oldest.into()]);
        work.tx().execute_raw(engine.statement(sweep, values)).await.map_err(DatabaseError::from)?;
        let insert = "INSERT INTO idempotency_keys (account_id, route, key, fingerprint, created_at)
                      VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        let values = name().into_iter().chain([self.fingerprint.clone().into(), work.now().into()]);
        let inserted = work.tx().execute_raw(engine.statement(insert, values)).await.map_err(DatabaseError::from)?;
        if inserted.rows_affected() == 1 {
            return Ok(Claim::New);
        }
        let select =
            "SELECT fingerprint, result_id FROM idempotency_keys WHERE account_id = $1 AND route = $2 AND key = $3";
        let row = work.tx().query_one_raw(engine.statement(select, name())).await.map_err(DatabaseError::from)?;
        let Some(row) = row else { return Ok(Claim::New) };
        let fingerprint: String = row.try_get("", "fingerprint").map_err(DatabaseError::from)?;
        if fingerprint != self.fingerprint {
            return Err(IdempotencyError::Mismatch);
        }
        let result: Option<i64> = row.try_get("", "result_id").map_err(DatabaseError::from)?;
        Ok(result.map_or(Claim::New, Claim::Replay))
    }

    /// Records what was made under the key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn complete(&self, work: &UnitOfWork, account_id: i64, result_id: i64) -> Result<(), DatabaseError> {
        let statement = work.engine().statement(
            "UPDATE idempotency_keys SET result_id = $1 WHERE account_id = $2 AND route = $3 AND key = $4",
            [result_id.into(), account_id.into(), self.route.into(), self.key.clone().into()],
        );
        work.tx().execute_raw(statement).await?;
        Ok(())
    }
}
