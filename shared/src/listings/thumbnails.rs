//! The small forms of listings' pictures, which workers make.

use sea_orm::{ConnectionTrait, DbErr};

use crate::database::DatabaseError;
use crate::jobs::{Outbox, UnitOfWork};
use crate::media::{ImageError, Media, MediaError, MediaKey, Purpose, drop_keys, refer};

/// A thumbnail was not made.
#[derive(Debug, thiserror::Error)]
pub enum ThumbnailError {
    /// The media store has nothing under the picture's key.
    #[error("the media store has nothing under {0}")]
    Missing(String),
    /// The picture can't be read, or the thumbnail not kept.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<DbErr> for ThumbnailError {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Makes thumbnails.
#[derive(Debug, Clone)]
pub struct Thumbnails {
    media: Media,
    outbox: Outbox,
}

impl Thumbnails {
    /// Over the given parts.
    #[must_use]
    pub fn new(media: Media) -> Self {
        let outbox = Outbox::new(media.writer().database().clone());
        Self { media, outbox }
    }

    /// Makes the thumbnail of a picture that waits for it; `job` is the outbox row that asks for it, which goes with
    /// that. It may come twice, at once too, and this process may die anywhere: what is made and not referred to is
    /// dropped. Answers whether the row was there; if not, another has done it.
    ///
    /// # Errors
    /// The picture can't be read; too many are being made; the store or the database is away.
    pub async fn make(&self, job: i64, picture_id: i64) -> Result<bool, ThumbnailError> {
        let Some(key) = self.waiting(picture_id).await? else {
            let taken = self.outbox.take(self.media.writer().database().writer(), &[job]).await?;
            return Ok(!taken.is_empty());
        };
        let stored = MediaKey::parse(&key).ok_or(MediaError::Refused(ImageError::NotAPicture))?;
        let made = self.media.scale_down(&stored, Purpose::Thumbnail).await?;
        let work = self.media.writer().begin().await?;
        let mine = !self.outbox.take(work.tx(), &[job]).await?.is_empty();
        let waits = mine && hold_waiting(&work, picture_id).await?;
        match made {
            Some(thumbnail) if waits => {
                let statement = work.engine().statement(
                    "UPDATE listing_pictures SET thumbnail = $2 WHERE id = $1",
                    [picture_id.into(), thumbnail.as_str().into()],
                );
                work.tx().execute_raw(statement).await?;
                refer(&work, Some(&thumbnail), None).await?;
            }
            // Another was quicker, or the picture is gone.
            Some(thumbnail) => drop_keys(&work, &[thumbnail.as_str().to_owned()]).await?,
            None if waits => {
                work.rollback().await;
                return Err(ThumbnailError::Missing(key));
            }
            None => {}
        }
        work.commit().await?;
        Ok(mine)
    }

    /// The key of a picture that has no thumbnail yet.
    async fn waiting(&self, picture_id: i64) -> Result<Option<String>, ThumbnailError> {
        let database = self.media.writer().database();
        let statement = database
            .engine()
            .statement("SELECT key FROM listing_pictures WHERE id = $1 AND thumbnail IS NULL", [picture_id.into()]);
        let row = database.reader().query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "key")).transpose()?)
    }
}

/// Whether a picture is still there without a thumbnail; held until the transaction ends.
async fn hold_waiting(work: &UnitOfWork, picture_id: i64) -> Result<bool, DbErr> {
    let engine = work.engine();
    let lock = engine.postgres_only("FOR UPDATE");
    let sql = format!("SELECT id FROM listing_pictures WHERE id = $1 AND thumbnail IS NULL {lock}");
    Ok(work.tx().query_one_raw(engine.statement(sql, [picture_id.into()])).await?.is_some())
}
