//! Making listings, changing them, taking them away.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel, NotSet, PaginatorTrait};
use serde_json::json;

use super::draft::Draft;
use super::error::ListingError;
use super::holding::{hold, hold_seen};
use super::model::{Listing, ListingChange, NewListing, ReviewedListing, Whereby};
use super::pictures::drop_pictures_of;
use super::service::Listings;
use super::{skills, timetable};
use crate::accounts::hold_account;
use crate::database::DatabaseError;
use crate::entities::listing;
use crate::fields::FieldErrors;
use crate::idempotency::{Claim, IdempotencyKey};
use crate::jobs::UnitOfWork;
use crate::places::{Language, Whereabouts};

/// Listings of one account, at most.
const MOST: i64 = 200;

impl Listings {
    /// Makes a listing.
    ///
    /// # Errors
    /// What does not fit; no such subcategory or place; the account has too many.
    pub async fn create(&self, account_id: i64, new: NewListing) -> Result<Listing, ListingError> {
        let asked = asked(&new);
        let NewListing { title, subcategory_id, place, rest, idempotency_key } = new;
        let key = idempotency_key.map(|key| IdempotencyKey::new(&key, "listings", &asked)).transpose()?;
        let mut draft = Draft::of(ListingChange { title: Some(title), ..rest })?;
        let work = self.writer().begin().await?;
        if let Some(key) = &key
            && let Claim::Replay(id) = key.claim(&work, account_id).await?
        {
            return self.whole(work.tx(), Some(account_id), "l.id = $2 AND l.account_id = $1", id).await;
        }
        // Two at once count one another.
        hold_account(work.tx(), account_id).await?.ok_or(ListingError::NotFound)?;
        let kept = listing::Entity::find().filter(listing::Column::AccountId.eq(account_id)).count(work.tx()).await?;
        if kept >= MOST.unsigned_abs() {
            return Err(ListingError::TooMany(MOST));
        }
        hold_subcategory(&work, subcategory_id).await?;
        let Whereabouts { province, city } = whereabouts(&work, place).await?;
        let mut row = listing::Model {
            id: 0,
            account_id,
            subcategory_id,
            title: String::new(),
            description: None,
            experiences: None,
            hourly_price: None,
            initial_cost: None,
            province_id: province.0,
            city_id: city.0,
            province_language: province.1.as_str().to_owned(),
            city_language: city.1.as_str().to_owned(),
            main_picture_id: None,
            rating_sum: 0,
            rating_count: 0,
            search: String::new(),
            created_at: work.now(),
            updated_at: work.now(),
        };
        draft.apply(&mut row);
        let row = listing::ActiveModel { id: NotSet, ..row.into_active_model().reset_all() };
        let id = row.insert(work.tx()).await?.id;
        write_parts(&work, id, &draft).await?;
        if let Some(key) = &key {
            key.complete(&work, account_id, id).await?;
        }
        let listing = self.whole(work.tx(), Some(account_id), "l.id = $2", id).await?;
        work.commit().await?;
        Ok(listing)
    }

    /// Changes what is given of one's own listing.
    ///
    /// # Errors
    /// What does not fit; no such subcategory, place or picture; no such listing, or another's.
    pub async fn change(&self, account_id: i64, id: i64, change: ListingChange) -> Result<Listing, ListingError> {
        let work = self.writer().begin().await?;
        let mut row = held(&work, account_id, id).await?;
        let (subcategory, place, picture) = (change.subcategory_id, change.place.clone(), change.main_picture_id);
        let mut draft = Draft::of(change)?;
        if let Some(subcategory_id) = subcategory {
            hold_subcategory(&work, subcategory_id).await?;
            row.subcategory_id = subcategory_id;
        }
        if let Some(place) = place {
            move_to(&work, &mut row, place).await?;
        }
        if let Some(picture_id) = picture {
            check_picture(&work, id, picture_id).await?;
            row.main_picture_id = Some(picture_id);
        }
        draft.apply(&mut row);
        row.updated_at = work.now();
        // All but the stars, which are the reviews' to write.
        let written =
            listing::ActiveModel { rating_sum: NotSet, rating_count: NotSet, ..row.into_active_model().reset_all() };
        written.update(work.tx()).await?;
        write_parts(&work, id, &draft).await?;
        let listing = self.whole(work.tx(), Some(account_id), "l.id = $2", id).await?;
        work.commit().await?;
        Ok(listing)
    }

    /// The same as [`Self::create`], answered as with its reviews.
    ///
    /// # Errors
    /// As that.
    pub async fn create_reviewed(&self, account_id: i64, new: NewListing) -> Result<ReviewedListing, ListingError> {
        let listing = self.create(account_id, new).await?;
        Ok(ReviewedListing { listing, reviews: Vec::new() })
    }

    /// The same as [`Self::change`], answered with its reviews.
    ///
    /// # Errors
    /// As that.
    pub async fn change_reviewed(
        &self,
        account_id: i64,
        id: i64,
        change: ListingChange,
    ) -> Result<ReviewedListing, ListingError> {
        let listing = self.change(account_id, id, change).await?;
        self.with_reviews(Some(account_id), listing).await
    }

    /// Takes one's own listing away, with all that belongs to it.
    ///
    /// # Errors
    /// There is no such listing, or it is another's.
    pub async fn remove(&self, account_id: i64, id: i64) -> Result<(), ListingError> {
        let work = self.writer().begin().await?;
        if hold_seen(&work, account_id, id).await?.ok_or(ListingError::NotFound)? != account_id {
            return Err(ListingError::NotYours);
        }
        take_out(&work, id).await?;
        work.commit().await?;
        Ok(())
    }
}

/// An account's own listing, held until the transaction ends.
async fn held(work: &UnitOfWork, account_id: i64, id: i64) -> Result<listing::Model, ListingError> {
    if hold_seen(work, account_id, id).await?.ok_or(ListingError::NotFound)? != account_id {
        return Err(ListingError::NotYours);
    }
    listing::Entity::find_by_id(id).one(work.tx()).await?.ok_or(ListingError::NotFound)
}

/// Takes a listing away with all that belongs to it, whosever it is; none there is fine.
///
/// # Errors
/// The database refuses.
pub(crate) async fn take_out(work: &UnitOfWork, id: i64) -> Result<(), DatabaseError> {
    if !hold(work, id).await? {
        return Ok(());
    }
    drop_pictures_of(work, &[id]).await?;
    let delete = work.engine().statement("DELETE FROM listings WHERE id = $1", [id.into()]);
    work.tx().execute_raw(delete).await?;
    Ok(())
}

/// That there is such a subcategory, which stays until the transaction ends.
async fn hold_subcategory(work: &UnitOfWork, id: i64) -> Result<(), ListingError> {
    let engine = work.engine();
    let sql = format!("SELECT id FROM subcategories WHERE id = $1 {}", engine.postgres_only("FOR KEY SHARE"));
    let row = work.tx().query_one_raw(engine.statement(sql, [id.into()])).await?;
    row.map(drop).ok_or(ListingError::UnknownSubcategory(id))
}

/// Where a new listing is to be.
async fn whereabouts(work: &UnitOfWork, place: Whereby) -> Result<Whereabouts, ListingError> {
    match place {
        Whereby::City(id) => Ok(Whereabouts::of_city(work.tx(), id).await?),
        Whereby::Names { province: Some(province), city: Some(city) } => {
            Ok(Whereabouts::named(work.tx(), &province, &city).await?)
        }
        Whereby::Names { province, city } => {
            let mut errors = FieldErrors::default();
            for (field, name) in [("province", province), ("city", city)] {
                if name.is_none() {
                    errors.add(field, "This field is required.");
                }
            }
            Err(errors.into())
        }
    }
}

async fn move_to(work: &UnitOfWork, row: &mut listing::Model, place: Whereby) -> Result<(), ListingError> {
    let there = Whereabouts {
        province: (row.province_id, Language::parse(&row.province_language)),
        city: (row.city_id, Language::parse(&row.city_language)),
    };
    let Whereabouts { province, city } = match place {
        Whereby::City(id) => Whereabouts::of_city(work.tx(), id).await?,
        Whereby::Names { province, city } => there.moved(work.tx(), province.as_deref(), city.as_deref(), true).await?,
    };
    row.province_id = province.0;
    province.1.as_str().clone_into(&mut row.province_language);
    row.city_id = city.0;
    city.1.as_str().clone_into(&mut row.city_language);
    Ok(())
}

/// What is asked for, in a form that stays the same while that does.
fn asked(new: &NewListing) -> String {
    let NewListing { title, subcategory_id, place, rest, .. } = new;
    let place = match place {
        Whereby::City(id) => json!(id),
        Whereby::Names { province, city } => json!([province, city]),
    };
    let days = rest.timetable.iter().flatten().map(|day| json!([day.day, day.slots]));
    let days: Vec<_> = days.collect();
    let texts = [&rest.description, &rest.experiences, &rest.hourly_price, &rest.initial_cost];
    json!([title, subcategory_id, place, texts, rest.skills, days]).to_string()
}

async fn check_picture(work: &UnitOfWork, listing_id: i64, id: i64) -> Result<(), ListingError> {
    let statement = work.engine().statement(
        "SELECT 1 AS one FROM listing_pictures WHERE id = $1 AND listing_id = $2",
        [id.into(), listing_id.into()],
    );
    let row = work.tx().query_one_raw(statement).await?;
    row.map(|_| ()).ok_or(ListingError::UnknownPicture(id))
}

async fn write_parts(work: &UnitOfWork, id: i64, draft: &Draft) -> Result<(), ListingError> {
    if let Some(skills) = &draft.skills {
        skills::replace(work, id, skills).await?;
    }
    if let Some(table) = &draft.timetable {
        timetable::replace(work, id, table).await?;
    }
    Ok(())
}
