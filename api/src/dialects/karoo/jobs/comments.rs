//! `/jobs/comment/…`: what people say of listings, once each.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use shared::listings::{ListingError, NewReview, ReviewChange};

use super::bodies::CommentBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Signed};

/// `POST /jobs/comment/create/`
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<CommentBody>), DrfError> {
    let (job, title, text) = (fields.id("job"), fields.text("title"), fields.text("comment"));
    let new = NewReview { title, text, rating: fields.id("rating"), faults: fields.faults() };
    let told = |reason: &str| DrfError::shaped(StatusCode::BAD_REQUEST, json!({"error": reason}));
    let review = app.core.reviews.write(caller.account_id, job, new).await.map_err(|error| match error {
        ListingError::AlreadyReviewed => told("You have already commented on this job."),
        ListingError::OwnListing => told("You can't comment on your own job."),
        ListingError::NotFound => DrfError::no_object("job", job),
        error => refused(error),
    })?;
    Ok((StatusCode::CREATED, Json(review.into())))
}

/// `PUT /jobs/comment/edit/{id}`: changes what is given; the job stays.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<CommentBody>, DrfError> {
    let (title, text) = (fields.text_if_given("title"), fields.text_if_given("comment"));
    let change = ReviewChange { title, text, rating: fields.optional_id("rating"), faults: fields.faults() };
    let review = app.core.reviews.change(caller.account_id, id, change).await.map_err(refused)?;
    Ok(Json(review.into()))
}
