//! Suspending accounts: whoever is suspended is there for nobody, and can't sign in.

use std::sync::Arc;

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::error::SuspensionError;
use super::model::Person;
use super::queries;
use super::sessions::{Caller, Sessions};
use crate::audit::{self, Action};
use crate::entities::account;
use crate::fields::{FieldErrors, required_text};
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::clock::Timestamp;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 1_000;

/// Whether an account is suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// The account.
    pub person: Person,
    /// Since when, if it is.
    pub suspended_at: Option<Timestamp>,
}

/// Suspends accounts and restores them.
#[derive(Debug, Clone)]
pub struct Suspensions(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    writer: Writer,
    sessions: Sessions,
}

/// An account that was suspended in some unit of work, and the sessions that ended in it.
#[derive(Debug)]
pub(crate) struct Suspended {
    suspension: Suspension,
    ended: Vec<i64>,
}

impl Suspensions {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, sessions: Sessions) -> Self {
        Self(Arc::new(Parts { writer, sessions }))
    }

    /// Suspends an account: its sessions and sockets end everywhere. Again changes nothing.
    ///
    /// # Errors
    /// The caller is not staff; the reason does not fit; no such account; it is one of the staff.
    pub async fn suspend(&self, caller: &Caller, account_id: i64, reason: &str) -> Result<Suspension, SuspensionError> {
        caller.require_staff()?;
        let reason = required_text(reason, LONGEST_REASON).map_err(|wrong| FieldErrors::one("reason", wrong))?;
        let mut work = self.0.writer.begin().await?;
        let suspended = self.suspend_in(&mut work, caller, account_id, json!({"reason": reason})).await?;
        work.commit().await?;
        Ok(self.suspended(suspended).await)
    }

    /// The same within the caller's work; once that is committed, [`Self::suspended`] is told. `detail` is what is
    /// written down of it.
    pub(crate) async fn suspend_in(
        &self,
        work: &mut UnitOfWork,
        caller: &Caller,
        account_id: i64,
        detail: serde_json::Value,
    ) -> Result<Suspended, SuspensionError> {
        let account = queries::hold(work.tx(), account_id).await?.ok_or(SuspensionError::NotFound)?;
        if account.staff {
            return Err(SuspensionError::OfStaff);
        }
        if account.suspended_at.is_some() {
            return Ok(Suspended { suspension: account.into(), ended: Vec::new() });
        }
        let mut row = account.into_active_model();
        row.suspended_at = Set(Some(work.now()));
        row.updated_at = Set(work.now());
        let account = row.update(work.tx()).await?;
        let ended = self.0.sessions.end_all_in(work, account_id).await?;
        record(work, caller, "account.suspend", account_id, detail).await?;
        Ok(Suspended { suspension: account.into(), ended })
    }

    /// A suspension is committed: this process need not wait for its own event.
    pub(crate) async fn suspended(&self, Suspended { suspension, ended }: Suspended) -> Suspension {
        self.0.sessions.cache().end(&ended).await;
        suspension
    }

    /// Lifts a suspension: its owner may sign in again. Again changes nothing.
    ///
    /// # Errors
    /// The caller is not staff; no such account, or its owner has deleted it.
    pub async fn restore(&self, caller: &Caller, account_id: i64) -> Result<Suspension, SuspensionError> {
        caller.require_staff()?;
        let work = self.0.writer.begin().await?;
        let account = queries::hold(work.tx(), account_id).await?.ok_or(SuspensionError::NotFound)?;
        if account.suspended_at.is_none() {
            return Ok(account.into());
        }
        let mut row = account.into_active_model();
        row.suspended_at = Set(None);
        row.updated_at = Set(work.now());
        let account = row.update(work.tx()).await?;
        record(&work, caller, "account.restore", account_id, json!({})).await?;
        work.commit().await?;
        Ok(account.into())
    }
}

async fn record(
    work: &UnitOfWork,
    caller: &Caller,
    name: &'static str,
    subject_id: i64,
    detail: serde_json::Value,
) -> Result<(), SuspensionError> {
    audit::record(work, caller, Action { name, subject: "account", subject_id, detail }).await
}

impl From<account::Model> for Suspension {
    fn from(account: account::Model) -> Self {
        let suspended_at = account.suspended_at;
        let person = super::model::Account::from(account).into();
        Self { person, suspended_at }
    }
}
