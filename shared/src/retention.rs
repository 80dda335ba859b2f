//! Retention: what nobody waits for any more is swept, by the worker, as the operator configures; and
//! what an older version has written for search is written anew.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Value};
use tokio_util::sync::CancellationToken;

use crate::accounts::Profiles;
use crate::chats::Chats;
use crate::config::Retention;
use crate::database::DatabaseError;
use crate::jobs::{JobsSeen, Writer};
use crate::media::Media;
use crate::notifications::Notifications;

/// Rows deleted by one statement.
const BATCH: i64 = 5_000;

/// Sweeps.
#[derive(Debug, Clone)]
pub struct Janitor {
    writer: Writer,
    notifications: Notifications,
    chats: Chats,
    profiles: Profiles,
    media: Media,
    retention: Retention,
}

impl Janitor {
    /// Over the given parts.
    #[must_use]
    pub fn new(
        writer: Writer,
        notifications: Notifications,
        chats: Chats,
        profiles: Profiles,
        media: Media,
        retention: Retention,
    ) -> Self {
        Self { writer, notifications, chats, profiles, media, retention }
    }

    /// Sweeps now and then until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        let pause = Duration::from_secs(self.retention.sweep_every);
        loop {
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "could not sweep old rows");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sweeps everything that is due.
    ///
    /// # Errors
    /// The database refuses; what is swept stays swept.
    pub async fn sweep(&self) -> Result<(), DatabaseError> {
        let now = self.writer.now();
        let days = |days: i64| now - TimeDelta::days(days);
        let Retention {
            read_notifications, tombstones, tokens, dead_jobs, unverified_messages, idempotency_hours, ..
        } = self.retention;
        while self.profiles.fold_anew().await? {}
        while self.notifications.expire_read(days(read_notifications)).await? {}
        while self.notifications.purge_removed(days(tombstones)).await? {}
        while self.chats.purge_removed(days(tombstones)).await? {}
        let idempotency = now - TimeDelta::hours(idempotency_hours);
        self.delete("idempotency_keys", "created_at < $1", idempotency).await?;
        self.delete("account_tokens", "created_at < $1", days(tokens)).await?;
        self.delete("sessions", "(ended_at < $1 OR expires_at < $1)", days(tokens)).await?;
        self.delete("dead_jobs", "died_at < $1", days(dead_jobs)).await?;
        self.delete("job_minutes", "minute < $1", JobsSeen::forgotten_before(now)).await?;
        let unverified = "account_id IS NULL AND created_at < $1";
        self.delete("contact_messages", unverified, days(unverified_messages)).await?;
        // Last: it waits for a store, which may be slow.
        self.media.sweep().await
    }

    async fn delete(&self, table: &str, condition: &str, before: impl Into<Value>) -> Result<(), DatabaseError> {
        let (engine, before) = (self.writer.engine(), before.into());
        loop {
            let statement = engine.delete_some(table, condition, [before.clone(), BATCH.into()]);
            let deleted = self.writer.database().writer().execute_raw(statement).await?.rows_affected();
            if deleted < BATCH.unsigned_abs() {
                return Ok(());
            }
        }
    }
}
