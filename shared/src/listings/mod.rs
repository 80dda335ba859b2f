//! Listings: what people offer, with pictures, skills, opening hours and reviews.

mod catalogue;
mod change;
mod draft;
mod error;
mod model;
mod reading;
mod reviews;
mod saved;
mod search;
mod service;
mod skills;
mod timetable;

pub use catalogue::Catalogue;
pub use error::ListingError;
pub use model::{
    By, Card, Category, Listing, ListingChange, ListingFilter, NewListing, NewReview, Picture, Rating, Review,
    ReviewChange, ReviewedListing, Saved, Skill, Subcategory, Whereby,
};
pub use reviews::Reviews;
pub use service::Listings;
pub use timetable::{Day, NewDay, Opening, Slot, Weekday, time_of_day};
