//! What people say of listings, and what owners answer. A listing's rating is written with each review, under
//! the lock of the listing's row.

use sea_orm::{ConnectionTrait, DbErr, Value};
use serde_json::json;

use super::error::ListingError;
use super::holding::{self, hold_seen, owner_seen};
use super::model::{NewReview, Review, ReviewChange};
use super::reading::{review, reviews_of};
use crate::accounts::{can_meet, no_block};
use crate::database::DatabaseError;
use crate::fields::{FieldErrors, required_text};
use crate::jobs::payloads::Notice;
use crate::jobs::{UnitOfWork, Writer};
use crate::notifications::Kind;
use crate::page::{Page, Span};

/// The longest first line, in characters.
const LONGEST_TITLE: usize = 200;
/// The longest review, and the longest answer, in characters.
const LONGEST_TEXT: usize = 5_000;

/// Reviews of one account that are taken away at once.
const PART: i64 = 500;

/// The reviews of everybody.
#[derive(Debug, Clone)]
pub struct Reviews {
    writer: Writer,
}

impl Reviews {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// The reviews of a listing, newest first; not those of people in a block with the viewer.
    ///
    /// # Errors
    /// There is no such listing for the viewer.
    pub async fn list(&self, viewer: Option<i64>, listing_id: i64, span: Span) -> Result<Page<Review>, ListingError> {
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        owner_seen(db, engine, viewer, listing_id, "").await?.ok_or(ListingError::NotFound)?;
        let condition = format!("v.listing_id = $2 AND v.id < $3 AND {}", no_block("a.id", "$1"));
        let sql = format!("{} ORDER BY v.id DESC LIMIT $4 OFFSET $5", reviews_of(&condition));
        let values = [viewer.into(), listing_id.into()].into_iter().chain(span.values());
        let rows = db.query_all_raw(engine.statement(sql, values)).await?;
        let reviews = rows.iter().map(review).collect::<Result<_, _>>()?;
        Ok(Page::of(reviews, span, |review: &Review| review.id))
    }

    /// The reviews that an account has written, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn written(&self, account_id: i64, span: Span) -> Result<Page<Review>, ListingError> {
        let sql = format!("{} ORDER BY v.id DESC LIMIT $3 OFFSET $4", reviews_of("v.account_id = $1 AND v.id < $2"));
        let values = [account_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let reviews = rows.iter().map(review).collect::<Result<_, _>>()?;
        Ok(Page::of(reviews, span, |review: &Review| review.id))
    }

    /// Reviews a listing, once.
    ///
    /// # Errors
    /// What does not fit; no such listing; one's own; reviewed already.
    pub async fn write(&self, account_id: i64, listing_id: i64, new: NewReview) -> Result<Review, ListingError> {
        let NewReview { title, text, rating, faults } = new;
        let change = ReviewChange { title: Some(title), text: Some(text), rating: Some(rating), faults };
        let (title, text, rating) = checked(change)?;
        let mut work = self.writer.begin().await?;
        let engine = work.engine();
        let owner = hold_seen(&work, account_id, listing_id).await?.ok_or(ListingError::NotFound)?;
        if owner == account_id {
            return Err(ListingError::OwnListing);
        }
        let statement = engine.statement(
            "INSERT INTO reviews (listing_id, account_id, title, body, rating, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (listing_id, account_id) DO NOTHING RETURNING id",
            [listing_id.into(), account_id.into(), title.into(), text.into(), rating.into(), work.now().into()],
        );
        let row = work.tx().query_one_raw(statement).await?.ok_or(ListingError::AlreadyReviewed)?;
        let id = row.try_get("", "id")?;
        rate(&work, listing_id, rating.unwrap_or_default(), 1).await?;
        tell(&mut work, owner, Kind::ListingReviewed, account_id, listing_id).await?;
        let review = find(&work, id).await?;
        work.commit().await?;
        Ok(review)
    }

    /// Changes what is given of one's own review.
    ///
    /// # Errors
    /// What does not fit; no such review, or another's.
    pub async fn change(&self, account_id: i64, id: i64, change: ReviewChange) -> Result<Review, ListingError> {
        let work = self.writer.begin().await?;
        let held = hold(&work, id).await?.ok_or(ListingError::NotFound)?;
        held.expect_seen(&work, account_id).await?;
        if held.author_id != account_id {
            return Err(ListingError::NotYours);
        }
        let (title, text, rating) = checked(change)?;
        let statement = work.engine().statement(
            "UPDATE reviews SET title = COALESCE($2, title), body = COALESCE($3, body), rating = COALESCE($4, rating),
                 edited_at = $5 WHERE id = $1",
            [id.into(), title.into(), text.into(), rating.into(), work.now().into()],
        );
        work.tx().execute_raw(statement).await?;
        if let Some(rating) = rating {
            rate(&work, held.listing_id, rating - held.rating, 0).await?;
        }
        let review = find(&work, id).await?;
        work.commit().await?;
        Ok(review)
    }

    /// Takes one's own review away, also where the listing is no longer there for oneself.
    ///
    /// # Errors
    /// There is no such review, or it is another's.
    pub async fn remove(&self, account_id: i64, id: i64) -> Result<(), ListingError> {
        let work = self.writer.begin().await?;
        let held = hold(&work, id).await?.ok_or(ListingError::NotFound)?;
        if held.author_id != account_id {
            held.expect_seen(&work, account_id).await?;
            return Err(ListingError::NotYours);
        }
        delete(&work, &held).await?;
        work.commit().await?;
        Ok(())
    }

    /// Answers a review of one's own listing, in place of what was answered before; `None` takes the answer back.
    ///
    /// # Errors
    /// The text does not fit; no such review, or of another's listing.
    pub async fn reply(&self, account_id: i64, id: i64, reply: Option<&str>) -> Result<Review, ListingError> {
        let reply = reply.map(|reply| required_text(reply, LONGEST_TEXT)).transpose();
        let reply = reply.map_err(|reason| FieldErrors::one("text", reason))?;
        let mut work = self.writer.begin().await?;
        let held = hold(&work, id).await?.ok_or(ListingError::NotFound)?;
        held.expect_seen(&work, account_id).await?;
        if held.owner_id != account_id {
            return Err(ListingError::NotYours);
        }
        let replied_at = reply.as_ref().map(|_| work.now());
        let first = replied_at.is_some() && !held.replied;
        let statement = work.engine().statement(
            "UPDATE reviews SET reply = $2, replied_at = $3 WHERE id = $1",
            [id.into(), reply.into(), replied_at.into()],
        );
        work.tx().execute_raw(statement).await?;
        if first {
            tell(&mut work, held.author_id, Kind::ReviewAnswered, account_id, held.listing_id).await?;
        }
        let review = find(&work, id).await?;
        work.commit().await?;
        Ok(review)
    }

    /// Takes some of the reviews of an account that goes away, and their stars off the listings; answers whether
    /// there were any.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn retract(&self, account_id: i64) -> Result<bool, DatabaseError> {
        let work = self.writer.begin().await?;
        let engine = work.engine();
        let statement = engine.statement(
            "SELECT id, listing_id FROM reviews WHERE account_id = $1 ORDER BY listing_id LIMIT $2",
            [account_id.into(), PART.into()],
        );
        let rows = work.tx().query_all_raw(statement).await?;
        let column = |name| rows.iter().map(|row| row.try_get("", name)).collect::<Result<Vec<i64>, DbErr>>();
        let (reviews, listings) = (column("id")?, column("listing_id")?);
        if reviews.is_empty() {
            return Ok(false);
        }
        // Listings first and in order, as whoever writes a review does.
        let lock = engine.postgres_only("FOR UPDATE");
        let sql = format!("SELECT id FROM listings WHERE id {} ORDER BY id {lock}", engine.any("$1"));
        work.tx().query_all_raw(engine.statement(sql, [engine.ids(&listings)])).await?;
        let sql = format!("DELETE FROM reviews WHERE id {} RETURNING listing_id, rating", engine.any("$1"));
        let gone = work.tx().query_all_raw(engine.statement(sql, [engine.ids(&reviews)])).await?;
        let stars = gone.iter().map(|row| {
            let (id, stars): (i64, i32) = (row.try_get("", "listing_id")?, row.try_get("", "rating")?);
            Ok(json!({"id": id, "stars": stars}))
        });
        let stars = serde_json::Value::Array(stars.collect::<Result<_, DbErr>>()?).to_string();
        // One review a listing is an account's at most.
        let sql = format!(
            "UPDATE listings SET rating_sum = rating_sum - r.stars, rating_count = rating_count - 1
             FROM {} WHERE listings.id = r.id",
            engine.rows("$1", &[("id", "bigint"), ("stars", "bigint")])
        );
        work.tx().execute_raw(engine.statement(sql, [stars.into()])).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// A review that is held, with its listing.
struct Held {
    id: i64,
    listing_id: i64,
    owner_id: i64,
    author_id: i64,
    rating: i64,
    replied: bool,
}

impl Held {
    /// That whose listing it is and who wrote it are there for an account.
    async fn expect_seen(&self, work: &UnitOfWork, account_id: i64) -> Result<(), ListingError> {
        for person in [self.owner_id, self.author_id] {
            if person != account_id && !can_meet(work.tx(), work.engine(), account_id, person).await? {
                return Err(ListingError::NotFound);
            }
        }
        Ok(())
    }
}

/// What a review is to say: title, text, stars.
type Said = (Option<String>, Option<String>, Option<i64>);

fn checked(change: ReviewChange) -> Result<Said, FieldErrors> {
    let ReviewChange { title, text: body, rating, faults } = change;
    let mut errors = FieldErrors::default();
    let title = title.and_then(|title| errors.take("title", required_text(&title, LONGEST_TITLE)));
    let body = body.and_then(|body| errors.take("text", required_text(&body, LONGEST_TEXT)));
    if let Some(rating) = rating
        && !(1..=5).contains(&rating)
    {
        errors.add("rating", "Must be from 1 to 5.");
    }
    faults.beside(errors).check()?;
    Ok((title, body, rating))
}

/// Holds a review and its listing until the transaction ends: the listing first, as whoever writes one does. `None`
/// when it is not there.
async fn hold(work: &UnitOfWork, id: i64) -> Result<Option<Held>, DatabaseError> {
    let engine = work.engine();
    let of = engine.statement("SELECT listing_id FROM reviews WHERE id = $1", [id.into()]);
    let Some(row) = work.tx().query_one_raw(of).await? else { return Ok(None) };
    holding::hold(work, row.try_get("", "listing_id")?).await?;
    let statement = engine.statement(
        "SELECT v.listing_id, l.account_id AS owner_id, v.account_id, v.rating, v.reply IS NOT NULL AS replied
         FROM reviews v JOIN listings l ON l.id = v.listing_id WHERE v.id = $1",
        [id.into()],
    );
    let Some(row) = work.tx().query_one_raw(statement).await? else { return Ok(None) };
    Ok(Some(Held {
        id,
        listing_id: row.try_get("", "listing_id")?,
        owner_id: row.try_get("", "owner_id")?,
        author_id: row.try_get("", "account_id")?,
        rating: row.try_get::<i32>("", "rating")?.into(),
        replied: row.try_get("", "replied")?,
    }))
}

/// Takes a review out, and its stars off the listing, whosever it is; none there is fine.
///
/// # Errors
/// The database refuses.
pub(crate) async fn take_out(work: &UnitOfWork, id: i64) -> Result<(), DatabaseError> {
    match hold(work, id).await? {
        Some(held) => delete(work, &held).await,
        None => Ok(()),
    }
}

async fn delete(work: &UnitOfWork, held: &Held) -> Result<(), DatabaseError> {
    let statement = work.engine().statement("DELETE FROM reviews WHERE id = $1", [held.id.into()]);
    work.tx().execute_raw(statement).await?;
    rate(work, held.listing_id, -held.rating, -1).await
}

/// Adds to the stars and the number of reviews of a held listing.
async fn rate(work: &UnitOfWork, listing_id: i64, stars: i64, reviews: i64) -> Result<(), DatabaseError> {
    let statement = work.engine().statement(
        "UPDATE listings SET rating_sum = rating_sum + $2, rating_count = rating_count + $3 WHERE id = $1",
        [Value::from(listing_id), stars.into(), reviews.into()],
    );
    work.tx().execute_raw(statement).await?;
    Ok(())
}

async fn tell(
    work: &mut UnitOfWork,
    recipient_id: i64,
    kind: Kind,
    actor_id: i64,
    listing_id: i64,
) -> Result<(), DatabaseError> {
    work.ask(&Notice { recipient_id, kind, actor_id: Some(actor_id), subject_id: listing_id }).await
}

async fn find(work: &UnitOfWork, id: i64) -> Result<Review, ListingError> {
    let row = work.tx().query_one_raw(work.engine().statement(reviews_of("v.id = $1"), [id.into()])).await?;
    Ok(review(&row.ok_or(ListingError::NotFound)?)?)
}
