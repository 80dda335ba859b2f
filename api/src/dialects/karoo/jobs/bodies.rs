//! Listings as this dialect shows them.

use serde::Serialize;
use shared::listings::{Card, Day, Listing, Picture, Review, ReviewedListing, Slot};

use super::super::address_of;
use super::super::titled::TitledBody;
use crate::App;
use crate::dialects::drf::Moment;

/// A picture.
#[derive(Serialize)]
pub(super) struct PictureBody {
    id: i64,
    image: String,
    job: i64,
}

impl PictureBody {
    /// Of a listing's picture; its address is whole.
    pub(super) fn new(app: &App, Picture { id, listing_id, key, .. }: Picture) -> Self {
        Self { id, image: address_of(app, &key), job: listing_id }
    }
}

/// A comment.
#[derive(Serialize)]
pub(super) struct CommentBody {
    id: i64,
    user_full_name: Option<String>,
    user_email: Option<String>,
    title: String,
    comment: String,
    rating: i64,
    date: Moment,
    job: i64,
}

impl From<Review> for CommentBody {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            user_full_name: review.author.full_name,
            user_email: review.author.email,
            title: review.title,
            comment: review.text,
            rating: review.rating,
            date: Moment(review.created_at),
            job: review.listing_id,
        }
    }
}

/// From when until when.
#[derive(Serialize)]
struct SlotBody {
    id: i64,
    start_time: String,
    end_time: String,
}

impl From<Slot> for SlotBody {
    fn from(Slot { id, starts, ends }: Slot) -> Self {
        let time = |time: chrono::NaiveTime| time.format("%H:%M:%S").to_string();
        Self { id, start_time: time(starts), end_time: time(ends) }
    }
}

/// A day of a timetable.
#[derive(Serialize)]
struct DayBody {
    id: i64,
    day_of_week: &'static str,
    time_slots: Vec<SlotBody>,
}

impl From<Day> for DayBody {
    fn from(Day { id, day, slots }: Day) -> Self {
        Self { id, day_of_week: day.as_str(), time_slots: slots.into_iter().map(SlotBody::from).collect() }
    }
}

/// A listing with all that belongs to it.
#[derive(Serialize)]
pub(super) struct JobBody {
    id: i64,
    title: String,
    #[serde(rename = "SubCategory")]
    subcategory: i64,
    #[serde(rename = "Sub_category_title")]
    subcategory_title: String,
    #[serde(rename = "Main_category_title")]
    category_title: String,
    user_email: Option<String>,
    main_picture: Option<i64>,
    main_picture_url: Option<String>,
    pictures: Vec<PictureBody>,
    description: Option<String>,
    comments: Vec<CommentBody>,
    skills: Vec<TitledBody>,
    /// Empty where nothing is told, as the document has it, which has null for the others.
    experiences: String,
    approximation_cph: Option<String>,
    initial_cost: Option<String>,
    province_name: String,
    city_name: String,
    average_rating: f64,
    timetable: Vec<DayBody>,
}

impl JobBody {
    /// Of a listing; addresses of pictures are whole.
    pub(super) fn new(app: &App, reviewed: ReviewedListing) -> Self {
        let ReviewedListing { listing: Listing { card, pictures, skills, timetable }, reviews } = reviewed;
        let [province_name, city_name] = card.place.into_names();
        Self {
            id: card.id,
            title: card.title,
            subcategory: card.subcategory.id,
            subcategory_title: card.subcategory.title,
            category_title: card.category.title,
            user_email: card.owner.email,
            main_picture: card.main_picture.as_ref().map(|picture| picture.id),
            main_picture_url: card.main_picture.map(|picture| address_of(app, &picture.key)),
            pictures: pictures.into_iter().map(|picture| PictureBody::new(app, picture)).collect(),
            description: card.description,
            comments: reviews.into_iter().map(CommentBody::from).collect(),
            skills: skills.into_iter().map(TitledBody::from).collect(),
            experiences: card.experiences.unwrap_or_default(),
            approximation_cph: card.hourly_price,
            initial_cost: card.initial_cost,
            province_name,
            city_name,
            average_rating: card.rating.average(),
            timetable: timetable.into_iter().map(DayBody::from).collect(),
        }
    }
}

/// A listing in the list of all.
#[derive(Serialize)]
pub(super) struct ListedJobBody {
    id: i64,
    title: String,
    description: Option<String>,
    average_rating: f64,
    main_picture_url: Option<String>,
    province_name: String,
    city_name: String,
}

impl ListedJobBody {
    /// Of a listing; the address of the picture is whole.
    pub(super) fn new(app: &App, card: Card) -> Self {
        let [province_name, city_name] = card.place.into_names();
        Self {
            id: card.id,
            title: card.title,
            description: card.description,
            average_rating: card.rating.average(),
            main_picture_url: card.main_picture.map(|picture| address_of(app, &picture.key)),
            province_name,
            city_name,
        }
    }
}
