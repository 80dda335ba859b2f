//! Pictures and the rows that speak of them, so that a process may die anywhere and nothing is left for ever.
//!
//! A picture's key is written down before the picture is, to be dropped after an hour. The transaction that
//! refers to it takes that back, and has the one that it replaces dropped. A sweep deletes what is due.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, TimeDelta};
use futures::StreamExt;
use sea_orm::ConnectionTrait;

use super::images::{self, ImageError, MOST_KEPT, Picture};
use super::key::{MediaKey, Purpose};
use super::store::{MediaStore, StoreError, StoredMedia};
use crate::bounded::{BoundedWork, NotDone};
use crate::config::Limits;
use crate::database::DatabaseError;
use crate::jobs::{UnitOfWork, Writer};
use crate::ports::clock::Timestamp;
use crate::ports::rate_limits::{RateLimiter, TooMany};

/// For how long a picture that nothing refers to is kept.
const UNREFERRED: TimeDelta = TimeDelta::hours(1);
/// How long before it is dropped a picture can no longer be referred to: longer than any transaction takes and
/// than clocks differ, so that no sweep deletes what is being referred to.
const TOO_LATE: TimeDelta = TimeDelta::minutes(5);
/// How long it may take to read a picture out of the store.
const READING: Duration = Duration::from_secs(20);
/// Keys that a sweep reads at once.
const BATCH: i64 = 500;
/// Pictures that a sweep deletes at once.
const DELETED_AT_ONCE: usize = 16;

/// A picture was not taken in, or not referred to.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The upload does not fit.
    #[error(transparent)]
    Refused(#[from] ImageError),
    /// Too many pictures are being taken in.
    #[error("too many pictures at once; try again in a moment")]
    Busy,
    /// The store is away or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// So long after it was taken in that it is dropped already.
    #[error("the picture was taken in too long ago; upload it again")]
    TooLate,
    /// One account uploads too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for MediaError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Takes pictures in, gives them out and drops them. Clones share what it is made of.
#[derive(Debug, Clone)]
pub struct Media(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    writer: Writer,
    store: MediaStore,
    work: BoundedWork,
    limiter: Arc<dyn RateLimiter>,
    a_minute: u32,
}

impl Media {
    /// Over the given parts. One bound holds for whatever is made of pixels in this process, for whatever purpose,
    /// and one for what an account uploads in a minute.
    pub fn new(writer: Writer, store: MediaStore, limiter: Arc<dyn RateLimiter>, limits: &Limits) -> Self {
        let work = BoundedWork::new(limits.pictures);
        Self(Arc::new(Parts { writer, store, work, limiter, a_minute: limits.pictures_a_minute }))
    }

    #[cfg(test)]
    pub(super) fn work(&self) -> &BoundedWork {
        &self.0.work
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.0.writer
    }

    /// Checks an upload of an account, makes of it what is kept for a purpose (see [`images::take_in`]) and stores
    /// that. Before any transaction, since it takes a while; [`refer`] then belongs into one within 55 minutes, else
    /// it is dropped.
    ///
    /// # Errors
    /// The upload does not fit; the account uploads too often, or too many are being taken in; the store or the
    /// database is away.
    pub(crate) async fn take_in(
        &self,
        account_id: i64,
        upload: Bytes,
        purpose: Purpose,
    ) -> Result<MediaKey, MediaError> {
        // Each costs much more than it costs to send, and few are taken in at once.
        self.0.limiter.count(&format!("pictures:{account_id}"), self.0.a_minute).await?;
        let picture = self.draw(move || images::take_in(&upload, purpose.longest_side())).await?;
        self.keep(picture, purpose).await
    }

    /// Makes of a picture that is kept a smaller one for another purpose, and stores that; the same holds as for
    /// [`Self::take_in`]. `None` when nothing is under the key.
    ///
    /// # Errors
    /// What is under the key is no picture that was kept here; too many are being made; the store or the database is
    /// away.
    pub(crate) async fn scale_down(&self, key: &MediaKey, purpose: Purpose) -> Result<Option<MediaKey>, MediaError> {
        let Some(kept) = self.read(key).await? else { return Ok(None) };
        let picture = self.draw(move || images::scaled_down(&kept, purpose.longest_side())).await?;
        self.keep(picture, purpose).await.map(Some)
    }

    /// Reads all of what is under a key.
    async fn read(&self, key: &MediaKey) -> Result<Option<Bytes>, MediaError> {
        let Some(StoredMedia { mut body, .. }) = self.0.store.get(key).await? else { return Ok(None) };
        let reading = async {
            let mut bytes = BytesMut::new();
            while let Some(part) = body.next().await {
                bytes.extend_from_slice(&part?);
                if bytes.len() > MOST_KEPT {
                    return Err(ImageError::NotAPicture.into()); // nothing that was made here
                }
            }
            Ok(Some(bytes.freeze()))
        };
        tokio::time::timeout(READING, reading).await.unwrap_or(Err(StoreError::Slow.into()))
    }

    /// Works on pixels, in its turn.
    async fn draw(
        &self,
        work: impl FnOnce() -> Result<Picture, ImageError> + Send + 'static,
    ) -> Result<Picture, MediaError> {
        let drawn = self.0.work.run(work).await.map_err(|error| match error {
            NotDone::Busy => MediaError::Busy,
            // A decoder's fault: it has met what is not a picture.
            NotDone::Ended => ImageError::NotAPicture.into(),
        })?;
        Ok(drawn?)
    }

    async fn keep(&self, picture: Picture, purpose: Purpose) -> Result<MediaKey, MediaError> {
        let key = MediaKey::new(purpose, picture.kind);
        self.register(&key).await?;
        self.0.store.put(&key, picture.bytes).await?;
        Ok(key)
    }

    /// Writes a key down, before there is anything under it.
    pub(super) async fn register(&self, key: &MediaKey) -> Result<(), MediaError> {
        let now = self.0.writer.now();
        let statement = self.0.writer.engine().statement(
            "INSERT INTO media (key, created_at, drop_at) VALUES ($1, $2, $3)",
            [key.as_str().into(), now.into(), (now + UNREFERRED).into()],
        );
        self.0.writer.database().writer().execute_raw(statement).await?;
        Ok(())
    }

    /// The picture under a key; `None` when nothing is there.
    ///
    /// # Errors
    /// The store is away.
    pub async fn get(&self, key: &MediaKey) -> Result<Option<StoredMedia>, StoreError> {
        self.0.store.get(key).await
    }

    /// How long the picture under a key is, in bytes; `None` when nothing is there.
    ///
    /// # Errors
    /// The store is away.
    pub async fn size(&self, key: &MediaKey) -> Result<Option<u64>, StoreError> {
        self.0.store.size(key).await
    }

    /// Deletes the pictures that are due, then their rows. What the store does not delete now (which is
    /// logged) stays for the next sweep.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sweep(&self) -> Result<(), DatabaseError> {
        let (engine, database) = (self.0.writer.engine(), self.0.writer.database());
        let now = self.0.writer.now();
        let mut after = (DateTime::UNIX_EPOCH, String::new());
        loop {
            let statement = engine.statement(
                "SELECT key, drop_at FROM media WHERE drop_at <= $1 AND (drop_at, key) > ($2, $3)
                 ORDER BY drop_at, key LIMIT $4",
                [now.into(), after.0.into(), after.1.clone().into(), BATCH.into()],
            );
            let rows = database.reader().query_all_raw(statement).await?;
            let due: Vec<(String, Timestamp)> = rows
                .iter()
                .map(|row| Ok((row.try_get("", "key")?, row.try_get("", "drop_at")?)))
                .collect::<Result<_, sea_orm::DbErr>>()?;
            let Some((key, drop_at)) = due.last().cloned() else { return Ok(()) };
            after = (drop_at, key);
            let (deleted, away) = self.delete(due.into_iter().map(|(key, _)| key).collect()).await;
            let sql = format!("DELETE FROM media WHERE key {} AND drop_at <= $2", engine.any("$1"));
            let statement = engine.statement(sql, [engine.texts(&deleted), now.into()]);
            database.writer().execute_raw(statement).await?;
            if away {
                return Ok(());
            }
        }
    }

    /// Deletes from the store. Answers the keys under which nothing is any more, and whether the store is
    /// away: then it is not asked for the rest.
    async fn delete(&self, keys: Vec<String>) -> (Vec<String>, bool) {
        let mut deletions = futures::stream::iter(keys)
            .map(async |key| {
                let result = self.0.store.delete(&key).await;
                (key, result)
            })
            .buffer_unordered(DELETED_AT_ONCE);
        let (mut deleted, mut failed) = (Vec::new(), 0);
        while let Some((key, result)) = deletions.next().await {
            match result {
                Ok(()) => deleted.push(key),
                Err(error) => {
                    tracing::warn!(key, %error, "could not delete a picture; the next sweep tries again");
                    failed += 1;
                }
            }
            if failed >= DELETED_AT_ONCE && deleted.is_empty() {
                return (deleted, true);
            }
        }
        (deleted, false)
    }
}

/// Has `new` kept and `old` dropped, in the transaction that replaces one by the other in some row. That row
/// has to be held (`FOR UPDATE`) from before `old` was read in it.
///
/// # Errors
/// `new` is dropped already, or about to be; the database refuses.
pub async fn refer(work: &UnitOfWork, new: Option<&MediaKey>, old: Option<&str>) -> Result<(), MediaError> {
    let (engine, now) = (work.engine(), work.now());
    if let Some(key) = new {
        let statement = engine.statement(
            "UPDATE media SET drop_at = NULL WHERE key = $1 AND drop_at > $2",
            [key.as_str().into(), (now + TOO_LATE).into()],
        );
        if work.tx().execute_raw(statement).await?.rows_affected() == 0 {
            return Err(MediaError::TooLate);
        }
    }
    if let Some(key) = old {
        drop_keys(work, &[key.to_owned()]).await?;
    }
    Ok(())
}

/// Has what is under `keys` dropped, in the transaction in which nothing refers to it any more. The rows that did
/// have to be held, or deleted in it.
///
/// # Errors
/// The database refuses.
pub(crate) async fn drop_keys(work: &UnitOfWork, keys: &[String]) -> Result<(), DatabaseError> {
    let engine = work.engine();
    let sql = format!("UPDATE media SET drop_at = $2 WHERE key {}", engine.any("$1"));
    work.tx().execute_raw(engine.statement(sql, [engine.texts(keys), work.now().into()])).await?;
    Ok(())
}
