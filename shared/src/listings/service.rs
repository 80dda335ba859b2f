//! Listings: making, changing, reading them.

use sea_orm::ConnectionTrait;

use super::error::ListingError;
use super::model::{Card, Listing, ReviewedListing};
use super::reading::{self, card, cards_of};
use crate::accounts::may_see;
use crate::jobs::Writer;
use crate::page::Slice;

/// Everybody's listings.
#[derive(Debug, Clone)]
pub struct Listings {
    writer: Writer,
}

impl Listings {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// One listing, for a viewer or nobody in particular.
    ///
    /// # Errors
    /// There is none, or its owner is not there for the viewer.
    pub async fn find(&self, viewer: Option<i64>, id: i64) -> Result<Listing, ListingError> {
        self.whole(self.writer.database().reader(), viewer, "l.id = $2", id).await
    }

    /// The same with its reviews.
    ///
    /// # Errors
    /// There is none, or its owner is not there for the viewer.
    pub async fn find_reviewed(&self, viewer: Option<i64>, id: i64) -> Result<ReviewedListing, ListingError> {
        let listing = self.find(viewer, id).await?;
        self.with_reviews(viewer, listing).await
    }

    /// One of an account's own listings, with its reviews.
    ///
    /// # Errors
    /// It has no such listing.
    pub async fn find_own(&self, account_id: i64, id: i64) -> Result<ReviewedListing, ListingError> {
        let db = self.writer.database().reader();
        let listing = self.whole(db, Some(account_id), "l.id = $2 AND l.account_id = $1", id).await?;
        self.with_reviews(Some(account_id), listing).await
    }

    /// An account's own listings, oldest first, with their reviews.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn own(&self, account_id: i64, slice: Slice) -> Result<Vec<ReviewedListing>, ListingError> {
        let listings = self.all_own(account_id, slice).await?;
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        Ok(reading::reviewed(db, engine, listings, Some(account_id)).await?)
    }

    /// The same without their reviews.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn all_own(&self, account_id: i64, slice: Slice) -> Result<Vec<Listing>, ListingError> {
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        let chosen = "SELECT * FROM listings WHERE account_id = $1 ORDER BY id LIMIT $2 OFFSET $3";
        let values = [account_id.into()].into_iter().chain(slice.values());
        let rows = db.query_all_raw(engine.statement(cards_of(chosen, "l.id", "$1"), values)).await?;
        let cards = rows.iter().map(card).collect::<Result<Vec<Card>, _>>()?;
        Ok(reading::whole(db, engine, cards).await?)
    }

    /// A listing with its reviews, as a viewer sees them.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn with_reviews(
        &self,
        viewer: Option<i64>,
        listing: Listing,
    ) -> Result<ReviewedListing, ListingError> {
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        let reviewed = reading::reviewed(db, engine, vec![listing], viewer).await?;
        reviewed.into_iter().next().ok_or(ListingError::NotFound)
    }

    /// The listing of which `condition` on `$2` holds, as the viewer `$1` sees it.
    pub(super) async fn whole(
        &self,
        db: &impl ConnectionTrait,
        viewer: Option<i64>,
        condition: &str,
        id: i64,
    ) -> Result<Listing, ListingError> {
        let engine = self.writer.engine();
        let chosen = format!(
            "SELECT l.* FROM listings l JOIN accounts a ON a.id = l.account_id WHERE {condition} AND {}",
            may_see("$1", "a")
        );
        let statement = engine.statement(cards_of(&chosen, "l.id", "$1"), [viewer.into(), id.into()]);
        let row = db.query_one_raw(statement).await?.ok_or(ListingError::NotFound)?;
        let listings = reading::whole(db, engine, vec![card(&row)?]).await?;
        listings.into_iter().next().ok_or(ListingError::NotFound)
    }
}
