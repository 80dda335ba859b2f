//! Taking out what was reported. What is gone already is no trouble.

use sea_orm::{ConnectionTrait, DbErr};

use super::error::ReportError;
use crate::jobs::UnitOfWork;
use crate::listings::drop_pictures_of;

/// Takes a listing out, with all that hangs on it; its pictures are dropped.
pub(super) async fn remove_listing(work: &UnitOfWork, id: i64) -> Result<(), ReportError> {
    let engine = work.engine();
    if !hold_listing(work, id).await? {
        return Ok(());
    }
    drop_pictures_of(work, &[id]).await?;
    work.tx().execute_raw(engine.statement("DELETE FROM listings WHERE id = $1", [id.into()])).await?;
    Ok(())
}

/// Takes a review out, and its stars off the listing.
pub(super) async fn remove_review(work: &UnitOfWork, id: i64) -> Result<(), ReportError> {
    let engine = work.engine();
    let of = engine.statement("SELECT listing_id FROM reviews WHERE id = $1", [id.into()]);
    let Some(row) = work.tx().query_one_raw(of).await? else { return Ok(()) };
    let listing_id: i64 = row.try_get("", "listing_id")?;
    // Whoever writes a review holds the listing first.
    hold_listing(work, listing_id).await?;
    let delete = engine.statement("DELETE FROM reviews WHERE id = $1 RETURNING rating", [id.into()]);
    let Some(row) = work.tx().query_one_raw(delete).await? else { return Ok(()) };
    let rating: i32 = row.try_get("", "rating")?;
    let count = engine.statement(
        "UPDATE listings SET rating_sum = rating_sum - $2, rating_count = rating_count - 1 WHERE id = $1",
        [listing_id.into(), i64::from(rating).into()],
    );
    work.tx().execute_raw(count).await?;
    Ok(())
}

/// Holds a listing; answers whether it is there.
async fn hold_listing(work: &UnitOfWork, id: i64) -> Result<bool, DbErr> {
    let sql = format!("SELECT id FROM listings WHERE id = $1 {}", work.engine().postgres_only("FOR UPDATE"));
    Ok(work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?.is_some())
}
