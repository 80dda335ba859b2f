//! Listings as this dialect shows them.

use serde::Serialize;
use shared::listings::{Card, Day, Listing, Picture, Review, ReviewedListing, Slot};
use utoipa::ToSchema;

use super::super::address_of;
use super::super::titled::TitledBody;
use crate::App;
use crate::dialects::drf::Moment;

/// A picture.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Picture)]
pub(super) struct PictureBody {
    /// Its number.
    id: i64,
    /// Its whole address.
    #[schema(format = "uri")]
    image: String,
    /// The number of its job.
    job: i64,
}

impl PictureBody {
    /// Of a listing's picture; its address is whole.
    pub(super) fn new(app: &App, Picture { id, listing_id, key, .. }: Picture) -> Self {
        Self { id, image: address_of(app, &key), job: listing_id }
    }
}

/// A comment.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Comment)]
pub(super) struct CommentBody {
    /// Its number.
    id: i64,
    /// What its author is called.
    #[schema(required)]
    user_full_name: Option<String>,
    /// Its author's email.
    #[schema(required)]
    user_email: Option<String>,
    /// Its title.
    title: String,
    /// What it says.
    comment: String,
    /// Stars, from 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: i64,
    /// When it was written.
    date: Moment,
    /// The number of the job that it is about.
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
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Slot)]
struct SlotBody {
    /// Its number.
    id: i64,
    /// When it begins.
    #[schema(example = "11:00:00")]
    start_time: String,
    /// When it ends.
    #[schema(example = "12:00:00")]
    end_time: String,
}

impl From<Slot> for SlotBody {
    fn from(Slot { id, starts, ends }: Slot) -> Self {
        let time = |time: chrono::NaiveTime| time.format("%H:%M:%S").to_string();
        Self { id, start_time: time(starts), end_time: time(ends) }
    }
}

/// A day of a timetable.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Day)]
struct DayBody {
    /// Its number.
    id: i64,
    /// `monday` to `sunday`.
    #[schema(example = "friday")]
    day_of_week: &'static str,
    /// When it is open.
    time_slots: Vec<SlotBody>,
}

impl From<Day> for DayBody {
    fn from(Day { id, day, slots }: Day) -> Self {
        Self { id, day_of_week: day.as_str(), time_slots: slots.into_iter().map(SlotBody::from).collect() }
    }
}

/// A listing with all that belongs to it.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Job)]
pub(super) struct JobBody {
    /// Its number.
    id: i64,
    /// What it is.
    title: String,
    /// The number of its subcategory.
    #[serde(rename = "SubCategory")]
    subcategory: i64,
    /// What that is called.
    #[serde(rename = "Sub_category_title")]
    subcategory_title: String,
    /// What the category of that is called.
    #[serde(rename = "Main_category_title")]
    category_title: String,
    /// The email of whoever offers it.
    #[schema(required)]
    user_email: Option<String>,
    /// The number of its main picture.
    #[schema(required)]
    main_picture: Option<i64>,
    /// The whole address of that.
    #[schema(required, format = "uri")]
    main_picture_url: Option<String>,
    /// Its pictures.
    pictures: Vec<PictureBody>,
    /// What there is to say of it.
    #[schema(required)]
    description: Option<String>,
    /// What people say of it, oldest first, at most 1,000.
    comments: Vec<CommentBody>,
    /// What it takes.
    skills: Vec<TitledBody>,
    /// What whoever offers it has done so far. Empty where nothing is told, as the document has it, which has null for
    /// the others.
    experiences: String,
    /// About what an hour costs.
    #[schema(required)]
    approximation_cph: Option<String>,
    /// What it costs to begin with.
    #[schema(required)]
    initial_cost: Option<String>,
    /// What its province is called.
    province_name: String,
    /// What its city is called.
    city_name: String,
    /// The mean of its comments' stars; 0 without any.
    average_rating: f64,
    /// When it is open, from Monday on.
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
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::ListedJob)]
pub(super) struct ListedJobBody {
    /// Its number.
    id: i64,
    /// What it is.
    title: String,
    /// What there is to say of it.
    #[schema(required)]
    description: Option<String>,
    /// The mean of its comments' stars; 0 without any.
    average_rating: f64,
    /// The whole address of its main picture.
    #[schema(required, format = "uri")]
    main_picture_url: Option<String>,
    /// What its province is called.
    province_name: String,
    /// What its city is called.
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
