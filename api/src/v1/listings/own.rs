//! One's own listings.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use shared::fields::FieldErrors;
use shared::listings::{ListingChange, ListingFilter, NewDay, NewListing, Whereby};
use utoipa::ToSchema;

use super::bodies::{CardBody, DayBody, ListingBody};
use crate::App;
use crate::http::{
    Authenticated, Body, Id, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody, given, idempotency_key,
};

/// A listing that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateListingBody {
    /// What is offered, at most 200 characters.
    title: String,
    /// What it is sorted by; that says the category too.
    #[schema(value_type = i64)]
    subcategory_id: Id,
    /// Where it is; that says the province too.
    #[schema(value_type = i64)]
    city_id: Id,
    /// More of it, at most 5,000 characters.
    description: Option<String>,
    /// What one has done before, at most 5,000 characters.
    experiences: Option<String>,
    /// What an hour costs, in words, at most 200 characters.
    hourly_price: Option<String>,
    /// What it costs to begin, in words, at most 200 characters.
    initial_cost: Option<String>,
    /// What it takes, at most 30 titles; those that are not known are made.
    #[serde(default)]
    skills: Vec<String>,
    /// When it is open.
    #[serde(default)]
    timetable: Vec<DayBody>,
}

/// Make a listing. An account has at most 200.
#[utoipa::path(
    post, path = "/api/v1/listings", tag = "listings", operation_id = "createListing",
    security(("access_token" = [])), request_body = CreateListingBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Kept for 24 hours: a repeat under the same key is answered with what the first made")),
    responses(
        (status = 201, description = "The listing", body = ListingBody),
        (status = 409, description = "`too_many_listings`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `key_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn create(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(body): Body<CreateListingBody>,
) -> Result<(StatusCode, Json<ListingBody>), Problem> {
    let rest = ListingChange {
        description: Some(body.description),
        experiences: Some(body.experiences),
        hourly_price: Some(body.hourly_price),
        initial_cost: Some(body.initial_cost),
        skills: Some(body.skills),
        timetable: Some(body.timetable.into_iter().map(NewDay::from).collect()),
        ..ListingChange::default()
    };
    let new = NewListing {
        title: body.title,
        subcategory_id: body.subcategory_id.0,
        place: Whereby::City(body.city_id.0),
        rest,
        idempotency_key: idempotency_key(&headers)?,
    };
    Ok((StatusCode::CREATED, Json(app.core.listings.create(caller.account_id, new).await?.into())))
}

/// What is to change: what is left out stays, `null` empties.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeListingBody {
    /// What is offered.
    title: Option<String>,
    /// What it is sorted by.
    #[schema(value_type = Option<i64>)]
    subcategory_id: Option<Id>,
    /// Where it is.
    #[schema(value_type = Option<i64>)]
    city_id: Option<Id>,
    /// More of it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    description: Option<Option<String>>,
    /// What one has done before.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    experiences: Option<Option<String>>,
    /// What an hour costs, in words.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    hourly_price: Option<Option<String>>,
    /// What it costs to begin, in words.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    initial_cost: Option<Option<String>>,
    /// All that it takes.
    skills: Option<Vec<String>>,
    /// When it is open, the whole of it.
    timetable: Option<Vec<DayBody>>,
    /// The picture that stands for it, one of its own.
    #[schema(value_type = Option<i64>)]
    main_picture_id: Option<Id>,
}

/// Change one's own listing.
#[utoipa::path(
    patch, path = "/api/v1/listings/{id}", tag = "listings", operation_id = "changeListing",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    request_body = ChangeListingBody,
    responses(
        (status = 200, description = "The listing", body = ListingBody),
        (status = 403, description = "`not_yours`: it is another's", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn change(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(body): Body<ChangeListingBody>,
) -> Result<Json<ListingBody>, Problem> {
    let change = ListingChange {
        title: body.title,
        subcategory_id: body.subcategory_id.map(|id| id.0),
        place: body.city_id.map(|id| Whereby::City(id.0)),
        description: body.description,
        experiences: body.experiences,
        hourly_price: body.hourly_price,
        initial_cost: body.initial_cost,
        skills: body.skills,
        main_picture_id: body.main_picture_id.map(|id| id.0),
        timetable: body.timetable.map(|days| days.into_iter().map(NewDay::from).collect()),
        faults: FieldErrors::default(),
    };
    Ok(Json(app.core.listings.change(caller.account_id, id, change).await?.into()))
}

/// Take one's own listing away, with its pictures and reviews.
#[utoipa::path(
    delete, path = "/api/v1/listings/{id}", tag = "listings", operation_id = "removeListing",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_yours`: it is another's", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.listings.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List one's own listings.
#[utoipa::path(
    get, path = "/api/v1/me/listings", tag = "listings", operation_id = "listOwnListings",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Listings, newest first", body = PageBody<CardBody>),
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<CardBody>>, Problem> {
    let filter = ListingFilter { owner: Some(caller.account_id), ..ListingFilter::default() };
    Ok(Json(PageBody::of(app.core.listings.search(Some(caller.account_id), filter, page.span()?).await?)))
}
