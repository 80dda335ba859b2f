//! The pictures of listings. Whoever changes them holds the listing's row first, then those of pictures, then those
//! of media.

use bytes::Bytes;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::holding::{hold_seen, owner_seen};
use super::model::Picture;
use crate::database::{DatabaseError, Engine};
use crate::jobs::payloads::PictureThumbnail;
use crate::jobs::{UnitOfWork, Writer};
use crate::media::{Media, MediaError, Purpose, drop_keys, refer};

/// Pictures that a listing has at most.
pub const MOST_PICTURES: i64 = 20;
/// Listings that are taken away at once, each with that many pictures.
const PART: i64 = 50;

/// A picture was not added, or not removed.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// No such listing or picture, or not for the caller to see.
    #[error("there is no such thing")]
    NotFound,
    /// The listing is another's.
    #[error("this is not yours to change")]
    NotYours,
    /// The listing has as many as it may.
    #[error("a listing has at most {0} pictures")]
    TooMany(i64),
    /// The picture was not taken in.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<DbErr> for PictureError {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Adds pictures to listings, and removes them.
#[derive(Debug, Clone)]
pub struct ListingPictures {
    media: Media,
}

impl ListingPictures {
    /// Over the given part.
    #[must_use]
    pub fn new(media: Media) -> Self {
        Self { media }
    }

    /// Adds a picture to one's own listing; the first is the main one. A worker makes its small form.
    ///
    /// # Errors
    /// No such listing, or another's; it has 20 already; the upload does not fit; too many are being taken in; the
    /// store or the database is away.
    pub async fn add(&self, account_id: i64, listing_id: i64, upload: Bytes) -> Result<Picture, PictureError> {
        let writer = self.media.writer();
        let engine = writer.engine();
        // Nobody pays for one that is refused.
        let db = writer.database().reader();
        check_own(owner_seen(db, engine, Some(account_id), listing_id, "").await?, account_id)?;
        check_room(db, engine, listing_id).await?;
        let key = self.media.take_in(account_id, upload, Purpose::Listing).await?;
        let mut work = writer.begin().await?;
        // Two at once count one another.
        check_own(hold_seen(&work, account_id, listing_id).await?, account_id)?;
        check_room(work.tx(), engine, listing_id).await?;
        let now = work.now();
        let insert = engine.statement(
            "INSERT INTO listing_pictures (listing_id, key, created_at) VALUES ($1, $2, $3) RETURNING id",
            [listing_id.into(), key.as_str().into(), now.into()],
        );
        let row = work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?;
        let id: i64 = row.try_get("", "id")?;
        refer(&work, Some(&key), None).await?;
        let first = engine.statement(
            "UPDATE listings SET main_picture_id = COALESCE(main_picture_id, $2), updated_at = $3 WHERE id = $1",
            [listing_id.into(), id.into(), now.into()],
        );
        work.tx().execute_raw(first).await?;
        work.ask(&PictureThumbnail { picture_id: id }).await?;
        work.commit().await?;
        Ok(Picture { id, listing_id, key: key.as_str().to_owned(), thumbnail: None, created_at: now })
    }

    /// Removes a picture of one's own listing. Of those that are left, the oldest is the main one when it was that.
    ///
    /// # Errors
    /// No such listing or picture, or another's; the database refuses.
    pub async fn remove(&self, account_id: i64, listing_id: i64, picture_id: i64) -> Result<(), PictureError> {
        let work = self.media.writer().begin().await?;
        let engine = work.engine();
        check_own(hold_seen(&work, account_id, listing_id).await?, account_id)?;
        let delete = engine.statement(
            "DELETE FROM listing_pictures WHERE id = $1 AND listing_id = $2 RETURNING key, thumbnail",
            [picture_id.into(), listing_id.into()],
        );
        let rows = work.tx().query_all_raw(delete).await?;
        if rows.is_empty() {
            return Err(PictureError::NotFound);
        }
        drop_keys(&work, &keys(&rows)?).await?;
        let next = engine.statement(
            "UPDATE listings SET updated_at = $3, main_picture_id = CASE WHEN main_picture_id = $2
                 THEN (SELECT min(p.id) FROM listing_pictures p WHERE p.listing_id = $1) ELSE main_picture_id END
             WHERE id = $1",
            [listing_id.into(), picture_id.into(), work.now().into()],
        );
        work.tx().execute_raw(next).await?;
        work.commit().await?;
        Ok(())
    }
}

/// Removes all pictures of listings that are about to go, and has what they refer to dropped. The rows of the
/// listings have to be held (`FOR UPDATE`), so that none comes in between.
///
/// # Errors
/// The database refuses.
pub async fn drop_pictures_of(work: &UnitOfWork, listing_ids: &[i64]) -> Result<(), DatabaseError> {
    let engine = work.engine();
    // Deleted, so that a worker that has just made a thumbnail finds nothing that it belongs to.
    let sql = format!("DELETE FROM listing_pictures WHERE listing_id {} RETURNING key, thumbnail", engine.any("$1"));
    let rows = work.tx().query_all_raw(engine.statement(sql, [engine.ids(listing_ids)])).await?;
    drop_keys(work, &keys(&rows)?).await
}

/// Takes away some of the listings of an account that goes, with their pictures. Answers whether there may be more.
///
/// # Errors
/// The database refuses.
pub(crate) async fn remove_some_of(writer: &Writer, account_id: i64) -> Result<bool, DatabaseError> {
    let work = writer.begin().await?;
    let engine = work.engine();
    let sql = format!(
        "SELECT id FROM listings WHERE account_id = $1 ORDER BY id LIMIT $2 {}",
        engine.postgres_only("FOR UPDATE")
    );
    let rows = work.tx().query_all_raw(engine.statement(sql, [account_id.into(), PART.into()])).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, DbErr>>()?;
    if ids.is_empty() {
        return Ok(false);
    }
    drop_pictures_of(&work, &ids).await?;
    let sql = format!("DELETE FROM listings WHERE id {}", engine.any("$1"));
    work.tx().execute_raw(engine.statement(sql, [engine.ids(&ids)])).await?;
    work.commit().await?;
    Ok(true)
}

/// That a listing of `owner`, who is there, is the caller's.
fn check_own(owner: Option<i64>, account_id: i64) -> Result<(), PictureError> {
    if owner.ok_or(PictureError::NotFound)? == account_id { Ok(()) } else { Err(PictureError::NotYours) }
}

async fn check_room(db: &impl ConnectionTrait, engine: Engine, listing_id: i64) -> Result<(), PictureError> {
    let sql = "SELECT count(*) AS pictures FROM listing_pictures WHERE listing_id = $1";
    let row = db.query_one_raw(engine.statement(sql, [listing_id.into()])).await?;
    let pictures: i64 = row.map(|row| row.try_get("", "pictures")).transpose()?.unwrap_or(0);
    if pictures < MOST_PICTURES { Ok(()) } else { Err(PictureError::TooMany(MOST_PICTURES)) }
}

/// All that rows of pictures refer to.
fn keys(rows: &[QueryResult]) -> Result<Vec<String>, DbErr> {
    let mut keys = Vec::with_capacity(2 * rows.len());
    for row in rows {
        keys.push(row.try_get("", "key")?);
        keys.extend(row.try_get::<Option<String>>("", "thumbnail")?);
    }
    Ok(keys)
}
