//! What is said of jobs, as this dialect's bodies have it.

use serde_json::Value;
use shared::fields::FieldErrors;
use shared::listings::{ListingChange, NewDay, NewListing, NewReview, ReviewChange, Whereby};
use utoipa::ToSchema;

use crate::dialects::drf::Fields;

/// What a job has beside the four fields that a new one needs. Null, or blank in a form, takes a text away.
#[derive(ToSchema)]
#[schema(as = karoo::JobDetailsFields)]
struct JobDetailsFields {
    /// What there is to say of it.
    description: Option<Option<String>>,
    /// What whoever offers it has done so far.
    experiences: Option<Option<String>>,
    /// About what an hour costs.
    approximation_cph: Option<Option<String>>,
    /// What it costs to begin with.
    initial_cost: Option<Option<String>>,
    /// What it takes, in place of what was there, at most 30; in a form as JSON text.
    #[schema(nullable = false)]
    skills: Option<Vec<SkillFields>>,
}

impl JobDetailsFields {
    fn read(fields: &mut Fields) -> Self {
        Self {
            description: fields.optional_text("description"),
            experiences: fields.optional_text("experiences"),
            approximation_cph: fields.optional_text("approximation_cph"),
            initial_cost: fields.optional_text("initial_cost"),
            skills: fields.optional_list("skills", SkillFields::read),
        }
    }
}

impl From<JobDetailsFields> for ListingChange {
    fn from(form: JobDetailsFields) -> Self {
        Self {
            description: form.description,
            experiences: form.experiences,
            hourly_price: form.approximation_cph,
            initial_cost: form.initial_cost,
            skills: form.skills.map(|skills| skills.into_iter().map(SkillFields::into_title).collect()),
            ..Self::default()
        }
    }
}

/// A skill, of at most 60 characters.
#[derive(ToSchema)]
#[schema(as = karoo::SkillFields)]
#[serde(untagged)]
enum SkillFields {
    /// As a thing that has a title.
    Titled {
        /// What it is called.
        title: String,
    },
    /// What it is called.
    Title(String),
}

impl SkillFields {
    fn read(skill: &Value) -> Result<Self, String> {
        match (skill.get("title"), skill) {
            (Some(Value::String(title)), _) => Ok(Self::Titled { title: title.clone() }),
            (None, Value::String(title)) => Ok(Self::Title(title.clone())),
            _ => Err("Each skill needs a title.".to_owned()),
        }
    }

    fn into_title(self) -> String {
        match self {
            Self::Titled { title } | Self::Title(title) => title,
        }
    }
}

/// A new job.
#[derive(ToSchema)]
#[schema(as = karoo::JobFields)]
pub(super) struct JobFields {
    /// What it is.
    title: String,
    /// The number of its subcategory.
    #[schema(rename = "SubCategory")]
    subcategory: i64,
    /// What its province is called, in Persian or English.
    province: String,
    /// What a city in that is called, in Persian or English.
    city: String,
    #[serde(flatten)]
    details: JobDetailsFields,
}

impl JobFields {
    pub(super) fn read(fields: &mut Fields) -> Self {
        Self {
            title: fields.text("title"),
            subcategory: fields.id("SubCategory"),
            province: fields.text("province"),
            city: fields.text("city"),
            details: JobDetailsFields::read(fields),
        }
    }
}

impl From<JobFields> for NewListing {
    fn from(JobFields { title, subcategory, province, city, details }: JobFields) -> Self {
        Self {
            title,
            subcategory_id: subcategory,
            place: Whereby::Names { province: Some(province), city: Some(city) },
            rest: details.into(),
            idempotency_key: None,
        }
    }
}

/// What of a job changes; what is not given stays.
#[derive(ToSchema)]
#[schema(as = karoo::JobChangeFields)]
pub(super) struct JobChangeFields {
    /// What it is.
    #[schema(nullable = false)]
    title: Option<String>,
    /// The number of its subcategory.
    #[schema(rename = "SubCategory", nullable = false)]
    subcategory: Option<i64>,
    /// What its province is called. Null is as if it were not given.
    province: Option<String>,
    /// What its city is called. Null is as if it were not given.
    city: Option<String>,
    /// The number of that of its pictures which is its main one. Null is as if it were not given.
    main_picture: Option<i64>,
    #[serde(flatten)]
    details: JobDetailsFields,
}

impl JobChangeFields {
    pub(super) fn read(fields: &mut Fields) -> Self {
        Self {
            title: fields.text_if_given("title"),
            province: fields.optional_text("province").flatten(),
            city: fields.optional_text("city").flatten(),
            subcategory: fields.optional_id("SubCategory"),
            main_picture: fields.id_or_null("main_picture"),
            details: JobDetailsFields::read(fields),
        }
    }
}

impl From<JobChangeFields> for ListingChange {
    fn from(form: JobChangeFields) -> Self {
        let JobChangeFields { title, subcategory, province, city, main_picture, details } = form;
        Self {
            title,
            subcategory_id: subcategory,
            place: (province.is_some() || city.is_some()).then_some(Whereby::Names { province, city }),
            main_picture_id: main_picture,
            ..details.into()
        }
    }
}

/// When a job is open, in place of what was there.
#[derive(ToSchema)]
#[schema(as = karoo::TimetableFields)]
pub(super) struct TimetableFields {
    /// The days, each at most once; in a form as JSON text.
    #[schema(value_type = Vec<DayFields>)]
    timetable: Option<Vec<DayFields>>,
}

impl TimetableFields {
    pub(super) fn read(fields: &mut Fields) -> Self {
        Self { timetable: fields.list("timetable", DayFields::read) }
    }
}

impl From<TimetableFields> for ListingChange {
    fn from(form: TimetableFields) -> Self {
        let timetable = form.timetable.map(|days| days.into_iter().map(NewDay::from).collect());
        Self { timetable, ..Self::default() }
    }
}

/// A day of a timetable.
#[derive(ToSchema)]
#[schema(as = karoo::DayFields)]
struct DayFields {
    /// `monday` to `sunday`.
    #[schema(example = "friday")]
    day_of_week: String,
    /// When it is open: at most 24, which do not overlap.
    #[schema(required = false)]
    time_slots: Vec<SlotFields>,
}

impl DayFields {
    fn read(day: &Value) -> Result<Self, String> {
        let name = day.get("day_of_week").and_then(Value::as_str).ok_or("Each day needs a day_of_week.")?;
        let slots = match day.get("time_slots") {
            None => &[][..],
            Some(Value::Array(slots)) => slots,
            Some(_) => return Err(format!("{name}: time_slots must be a list.")),
        };
        let slots = slots.iter().map(|slot| SlotFields::read(name, slot));
        Ok(Self { day_of_week: name.to_owned(), time_slots: slots.collect::<Result<_, _>>()? })
    }
}

impl From<DayFields> for NewDay {
    fn from(DayFields { day_of_week, time_slots }: DayFields) -> Self {
        let slots = time_slots.into_iter().map(|slot| [slot.start_time, slot.end_time]);
        Self { day: day_of_week, slots: slots.collect() }
    }
}

/// From when until when, as `HH:MM` or `HH:MM:SS`.
#[derive(ToSchema)]
#[schema(as = karoo::SlotFields)]
struct SlotFields {
    /// When it begins.
    #[schema(example = "11:00:00")]
    start_time: String,
    /// When it ends.
    #[schema(example = "12:00:00")]
    end_time: String,
}

impl SlotFields {
    fn read(day: &str, slot: &Value) -> Result<Self, String> {
        let time = |field| {
            let time = slot.get(field).and_then(Value::as_str).map(str::to_owned);
            time.ok_or_else(|| format!("{day}: Each time slot needs a {field}."))
        };
        Ok(Self { start_time: time("start_time")?, end_time: time("end_time")? })
    }
}

/// What somebody says of a job.
#[derive(ToSchema)]
#[schema(as = karoo::CommentFields)]
pub(super) struct CommentFields {
    /// The number of the job.
    pub(super) job: i64,
    /// A title.
    title: String,
    /// What is said.
    comment: String,
    /// Stars.
    #[schema(minimum = 1, maximum = 5)]
    rating: i64,
}

impl CommentFields {
    pub(super) fn read(fields: &mut Fields) -> Self {
        Self {
            job: fields.id("job"),
            title: fields.text("title"),
            comment: fields.text("comment"),
            rating: fields.id("rating"),
        }
    }

    /// As the core takes it, with what does not fit.
    pub(super) fn with(self, faults: FieldErrors) -> NewReview {
        NewReview { title: self.title, text: self.comment, rating: self.rating, faults }
    }
}

/// What of a comment changes; what is not given stays.
#[derive(ToSchema)]
#[schema(as = karoo::CommentChangeFields)]
pub(super) struct CommentChangeFields {
    /// A title.
    #[schema(nullable = false)]
    title: Option<String>,
    /// What is said.
    #[schema(nullable = false)]
    comment: Option<String>,
    /// Stars.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    rating: Option<i64>,
}

impl CommentChangeFields {
    pub(super) fn read(fields: &mut Fields) -> Self {
        Self {
            title: fields.text_if_given("title"),
            comment: fields.text_if_given("comment"),
            rating: fields.optional_id("rating"),
        }
    }

    /// As the core takes it, with what does not fit.
    pub(super) fn with(self, faults: FieldErrors) -> ReviewChange {
        ReviewChange { title: self.title, text: self.comment, rating: self.rating, faults }
    }
}
