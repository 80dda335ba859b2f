//! What the services of listings take and give.

use super::timetable::{Day, NewDay, Opening};
use crate::accounts::Person;
use crate::fields::FieldErrors;
use crate::places::Place;
use crate::ports::clock::Timestamp;

/// What listings are sorted by, first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub title: String,
}

/// What listings of a category are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subcategory {
    /// Its number.
    pub id: i64,
    /// The category that it belongs to.
    pub category_id: i64,
    /// What it is called.
    pub title: String,
}

/// What somebody is good at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub title: String,
}

/// The stars of a listing's reviews together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rating {
    /// All stars.
    pub sum: i64,
    /// How many reviews.
    pub count: i64,
}

impl Rating {
    /// The mean, 0 without any.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 reviews")]
    pub fn average(self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }
}

/// A picture of a listing, by keys of the media store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its number.
    pub id: i64,
    /// Whose picture it is.
    pub listing_id: i64,
    /// The picture.
    pub key: String,
    /// Its small form, once a worker has made it.
    pub thumbnail: Option<String>,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

/// A listing, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub owner: Person,
    /// What is offered.
    pub title: String,
    /// What it is sorted by.
    pub category: Category,
    /// And within that.
    pub subcategory: Subcategory,
    /// More of it.
    pub description: Option<String>,
    /// What its owner has done before.
    pub experiences: Option<String>,
    /// What an hour costs, in words.
    pub hourly_price: Option<String>,
    /// What it costs to begin, in words.
    pub initial_cost: Option<String>,
    /// Where it is.
    pub place: Place,
    /// The stars of its reviews.
    pub rating: Rating,
    /// The picture that stands for it.
    pub main_picture: Option<Picture>,
    /// Whether whoever looks has saved it.
    pub saved: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its owner last changed it.
    pub updated_at: Timestamp,
}

/// A listing with all that its owner tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What lists show of it.
    pub card: Card,
    /// Its pictures, oldest first.
    pub pictures: Vec<Picture>,
    /// What it takes, by number.
    pub skills: Vec<Skill>,
    /// When it is open, by day.
    pub timetable: Vec<Day>,
}

/// A listing with all that anybody tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedListing {
    /// The listing.
    pub listing: Listing,
    /// Its reviews, oldest first, at most 1,000.
    pub reviews: Vec<Review>,
}

/// Where a listing is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereby {
    /// By the names of a province and a city, in either language; those that are given.
    Names {
        /// The province.
        province: Option<String>,
        /// The city.
        city: Option<String>,
    },
    /// By the number of a city.
    City(i64),
}

/// A listing that is to be made.
#[derive(Debug, Clone)]
pub struct NewListing {
    /// What is offered, at most 200 characters.
    pub title: String,
    /// What it is sorted by.
    pub subcategory_id: i64,
    /// Where it is.
    pub place: Whereby,
    /// What else it says; `title`, `subcategory_id` and `place` of it are not read.
    pub rest: ListingChange,
    /// The client's key for this request.
    pub idempotency_key: Option<String>,
}

/// What of a listing is to be set: what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ListingChange {
    /// What is offered.
    pub title: Option<String>,
    /// What it is sorted by.
    pub subcategory_id: Option<i64>,
    /// Where it is.
    pub place: Option<Whereby>,
    /// At most 5,000 characters, as the next.
    pub description: Option<Option<String>>,
    /// What its owner has done before.
    pub experiences: Option<Option<String>>,
    /// What an hour costs, at most 200 characters, as the next.
    pub hourly_price: Option<Option<String>>,
    /// What it costs to begin.
    pub initial_cost: Option<Option<String>>,
    /// All that it takes, at most 30; those that are not known are made.
    pub skills: Option<Vec<String>>,
    /// The picture that stands for it, one of its own.
    pub main_picture_id: Option<i64>,
    /// When it is open, the whole of it.
    pub timetable: Option<Vec<NewDay>>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// Something by its number, or by what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Its number.
    Id(i64),
    /// What it is called, in any case and letter forms.
    Title(String),
}

/// Which listings: those for which all that is given holds.
#[derive(Debug, Clone, Default)]
pub struct ListingFilter {
    /// Words that their texts contain, at most 100 characters.
    pub text: Option<String>,
    /// Of a category.
    pub category: Option<By>,
    /// Of a subcategory.
    pub subcategory: Option<By>,
    /// In a province.
    pub province: Option<By>,
    /// In a city.
    pub city: Option<By>,
    /// That take a skill.
    pub skill: Option<By>,
    /// Rated at least so, in hundredths of a star; those without a review are rated 0.
    pub min_rating: Option<u32>,
    /// Open at a moment of the week.
    pub open: Option<Opening>,
    /// Of one account.
    pub owner: Option<i64>,
}

/// A person's review of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its number.
    pub id: i64,
    /// Of which listing.
    pub listing_id: i64,
    /// Whose it is.
    pub author: Person,
    /// Its first line.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Stars, 1 to 5.
    pub rating: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub edited_at: Option<Timestamp>,
    /// What the listing's owner answers.
    pub reply: Option<String>,
    /// When.
    pub replied_at: Option<Timestamp>,
}

/// A review that is to be written.
#[derive(Debug, Clone, Default)]
pub struct NewReview {
    /// Its first line, at most 200 characters.
    pub title: String,
    /// What it says, at most 5,000 characters.
    pub text: String,
    /// Stars, 1 to 5.
    pub rating: i64,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// What of a review is to be set: what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ReviewChange {
    /// Its first line.
    pub title: Option<String>,
    /// What it says.
    pub text: Option<String>,
    /// Stars.
    pub rating: Option<i64>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// A listing that somebody has saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The number of the saving, which orders them.
    pub id: i64,
    /// The listing.
    pub card: Card,
    /// When it was saved.
    pub saved_at: Timestamp,
}
