//! Listings on the wire.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use shared::listings::{Card, Category, Day, Listing, NewDay, Picture, Rating, Skill, Slot, Subcategory};
use shared::media::public_path;
use utoipa::ToSchema;

use super::super::people::PersonBody;
use super::super::places::{CityBody, ProvinceBody};

/// Something that has a title: a category, a subcategory, a skill, a kind of case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TitledBody {
    /// Its number.
    pub(crate) id: i64,
    /// What it is called.
    #[schema(example = "Gardening")]
    pub(crate) title: String,
}

impl From<Skill> for TitledBody {
    fn from(Skill { id, title }: Skill) -> Self {
        Self { id, title }
    }
}

impl From<Category> for TitledBody {
    fn from(Category { id, title }: Category) -> Self {
        Self { id, title }
    }
}

impl From<Subcategory> for TitledBody {
    fn from(Subcategory { id, title, .. }: Subcategory) -> Self {
        Self { id, title }
    }
}

/// The stars of reviews together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingBody {
    /// The mean, 0 without any.
    #[schema(example = 4.5)]
    average: f64,
    /// How many reviews.
    count: i64,
}

impl From<Rating> for RatingBody {
    fn from(rating: Rating) -> Self {
        Self { average: rating.average(), count: rating.count }
    }
}

/// A picture of a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureBody {
    /// Its number.
    id: i64,
    /// The path of the picture, to be put behind the address of this API.
    #[schema(example = "/media/listings/0123456789abcdef0123456789abcdef.jpg")]
    url: String,
    /// The path of its small form, at most 320 pixels on the longer side; null for a moment, until a worker has made it.
    #[schema(example = "/media/thumbnails/0123456789abcdef0123456789abcdef.jpg")]
    thumbnail_url: Option<String>,
    /// When it was uploaded.
    created_at: DateTime<Utc>,
}

impl From<Picture> for PictureBody {
    fn from(Picture { id, key, thumbnail, created_at, .. }: Picture) -> Self {
        Self { id, url: public_path(&key), thumbnail_url: thumbnail.as_deref().map(public_path), created_at }
    }
}

/// From when until when something is open.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "a time slot")]
pub(crate) struct SlotBody {
    /// The first moment, `HH:MM` or `HH:MM:SS`.
    #[schema(example = "09:00:00")]
    starts: String,
    /// The first moment after it.
    #[schema(example = "17:30:00")]
    ends: String,
}

/// When something is open on a day of the week.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "a day of the week with its time slots")]
pub(crate) struct DayBody {
    /// `monday` to `sunday`.
    #[schema(example = "friday")]
    day: String,
    /// In their order; none when it is closed.
    slots: Vec<SlotBody>,
}

impl From<Day> for DayBody {
    fn from(Day { day, slots, .. }: Day) -> Self {
        let time = |time: NaiveTime| time.format("%H:%M:%S").to_string();
        let slot = |Slot { starts, ends, .. }: Slot| SlotBody { starts: time(starts), ends: time(ends) };
        Self { day: day.as_str().to_owned(), slots: slots.into_iter().map(slot).collect() }
    }
}

impl From<DayBody> for NewDay {
    fn from(DayBody { day, slots }: DayBody) -> Self {
        Self { day, slots: slots.into_iter().map(|SlotBody { starts, ends }| [starts, ends]).collect() }
    }
}

/// A listing, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardBody {
    /// Its number.
    id: i64,
    /// Whose it is.
    user: PersonBody,
    /// What is offered.
    title: String,
    /// More of it.
    description: Option<String>,
    /// What it is sorted by.
    category: TitledBody,
    /// And within that.
    subcategory: TitledBody,
    /// In which province.
    province: ProvinceBody,
    /// In which city.
    city: CityBody,
    /// What an hour costs, in words.
    hourly_price: Option<String>,
    /// What it costs to begin, in words.
    initial_cost: Option<String>,
    /// The stars of its reviews.
    rating: RatingBody,
    /// The picture that stands for it.
    main_picture: Option<PictureBody>,
    /// Whether one has saved it.
    saved: bool,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When its owner last changed it.
    updated_at: DateTime<Utc>,
}

impl From<Card> for CardBody {
    fn from(card: Card) -> Self {
        Self {
            id: card.id,
            user: card.owner.into(),
            title: card.title,
            description: card.description,
            category: card.category.into(),
            subcategory: card.subcategory.into(),
            province: card.place.province.into(),
            city: card.place.city.into(),
            hourly_price: card.hourly_price,
            initial_cost: card.initial_cost,
            rating: card.rating.into(),
            main_picture: card.main_picture.map(PictureBody::from),
            saved: card.saved,
            created_at: card.created_at,
            updated_at: card.updated_at,
        }
    }
}

/// A listing with all that its owner tells of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListingBody {
    /// What lists show of it.
    #[serde(flatten)]
    card: CardBody,
    /// What its owner has done before.
    experiences: Option<String>,
    /// What it takes.
    skills: Vec<TitledBody>,
    /// Its pictures, oldest first.
    pictures: Vec<PictureBody>,
    /// When it is open, by day from Monday on; days that are not there are not told of.
    timetable: Vec<DayBody>,
}

impl From<Listing> for ListingBody {
    fn from(Listing { mut card, pictures, skills, timetable }: Listing) -> Self {
        Self {
            experiences: card.experiences.take(),
            card: card.into(),
            skills: skills.into_iter().map(TitledBody::from).collect(),
            pictures: pictures.into_iter().map(PictureBody::from).collect(),
            timetable: timetable.into_iter().map(DayBody::from).collect(),
        }
    }
}
