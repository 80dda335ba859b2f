//! Listings, as anybody finds and sees them.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use shared::fields::FieldErrors;
use shared::listings::{By, ListingFilter, Opening, Weekday, time_of_day};
use utoipa::IntoParams;

use super::bodies::{CardBody, ListingBody};
use crate::App;
use crate::http::{Cursor, Id, PageBody, PageParameters, Parameters, PathId, Problem, Viewer};

/// Which listings: those for which all that is given holds.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchParameters {
    /// Words that title, description or experiences contain, each of them, in any case and letter forms; at most
    /// 100 characters.
    q: Option<String>,
    /// Of a category.
    #[param(value_type = Option<i64>)]
    category_id: Option<Id>,
    /// Of a subcategory.
    #[param(value_type = Option<i64>)]
    subcategory_id: Option<Id>,
    /// In a province.
    #[param(value_type = Option<i64>)]
    province_id: Option<Id>,
    /// In a city.
    #[param(value_type = Option<i64>)]
    city_id: Option<Id>,
    /// That take a skill.
    #[param(value_type = Option<i64>)]
    skill_id: Option<Id>,
    /// Rated at least so, 0 to 5; above 0 those without a review are not.
    #[param(minimum = 0, maximum = 5)]
    min_rating: Option<f64>,
    /// Open on a day of the week, `monday` to `sunday`, at `open_at`.
    open_on: Option<String>,
    /// Open at a time of day, `HH:MM` or `HH:MM:SS`, on `open_on`.
    open_at: Option<String>,
    /// Of one account.
    #[param(value_type = Option<i64>)]
    user_id: Option<Id>,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

impl SearchParameters {
    fn filter(self) -> Result<ListingFilter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let by = |id: Option<Id>| id.map(|id| By::Id(id.0));
        let min_rating = self.min_rating.and_then(|stars| errors.take("min_rating", hundredths(stars)));
        let open = opening(&mut errors, self.open_on.as_deref(), self.open_at.as_deref());
        errors.check()?;
        Ok(ListingFilter {
            text: self.q,
            category: by(self.category_id),
            subcategory: by(self.subcategory_id),
            province: by(self.province_id),
            city: by(self.city_id),
            skill: by(self.skill_id),
            min_rating,
            open,
            owner: self.user_id.map(|id| id.0),
        })
    }
}

fn hundredths(stars: f64) -> Result<u32, String> {
    if !(0.0..=5.0).contains(&stars) {
        return Err("Must be from 0 to 5.".to_owned());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 500")]
    Ok((stars * 100.0).round() as u32)
}

fn opening(errors: &mut FieldErrors, day: Option<&str>, at: Option<&str>) -> Option<Opening> {
    let parse = |day| Weekday::parse(day).ok_or_else(|| "Must be a day of the week, monday to sunday.".to_owned());
    let alone = || "A day and a time of day belong together.".to_owned();
    let (missing_day, missing_at) = (at.map(|_| Err(alone())), day.map(|_| Err(alone())));
    let day = errors.take("open_on", day.map(parse).or(missing_day)?);
    let at = errors.take("open_at", at.map(time_of_day).or(missing_at)?);
    Some(Opening { day: day?, at: at? })
}

/// Search listings.
///
/// No token is needed; with one, `saved` is told, and listings of people in a block with oneself are not there.
#[utoipa::path(
    get, path = "/api/v1/listings", tag = "listings", operation_id = "searchListings",
    security((), ("access_token" = [])), params(SearchParameters),
    responses(
        (status = 200, description = "Listings, newest first", body = PageBody<CardBody>),
    )
)]
pub(crate) async fn search(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Result<Json<PageBody<CardBody>>, Problem> {
    let span = PageParameters::new(parameters.cursor, parameters.limit).span()?;
    Ok(Json(PageBody::of(app.core.listings.search(viewer, parameters.filter()?, span).await?)))
}

/// One listing.
#[utoipa::path(
    get, path = "/api/v1/listings/{id}", tag = "listings", operation_id = "getListing",
    security((), ("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    responses(
        (status = 200, description = "The listing", body = ListingBody),
    )
)]
pub(crate) async fn find(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    PathId(id): PathId,
) -> Result<Json<ListingBody>, Problem> {
    Ok(Json(app.core.listings.find(viewer, id).await?.into()))
}
