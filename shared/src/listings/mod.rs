//! Listings: what people offer, with pictures, skills, opening hours and reviews.

mod catalogue;
mod change;
mod draft;
mod error;
mod holding;
mod model;
mod pictures;
mod reading;
mod reviews;
mod saved;
mod search;
mod service;
mod skills;
mod thumbnails;
mod timetable;

pub use catalogue::Catalogue;
pub(crate) use change::take_out as take_out_listing;
pub use error::ListingError;
pub use model::{
    By, Card, Category, Listing, ListingChange, ListingFilter, NewListing, NewReview, Picture, Rating, Review,
    ReviewChange, ReviewedListing, Saved, Skill, Subcategory, Whereby,
};
pub(crate) use pictures::remove_some_of;
pub use pictures::{ListingPictures, MOST_PICTURES, PictureError, drop_pictures_of};
pub use reviews::Reviews;
pub(crate) use reviews::take_out as take_out_review;
pub use service::Listings;
pub use thumbnails::{ThumbnailError, Thumbnails};
pub use timetable::{Day, NewDay, Opening, Slot, Weekday, time_of_day};
