//! `/jobs/comment/…`: what people say of listings, once each.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::listings::ListingError;

use super::bodies::CommentBody;
use super::fields::{CommentChangeFields, CommentFields};
use super::refused;
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, DrfId, Fields, Signed};
use crate::dialects::karoo::refusals::ErrorBody;

/// Say what one thinks of another's job, once.
#[utoipa::path(
    post, path = "/jobs/comment/create/", tag = "karoo", operation_id = "karooCreateComment",
    security(("token" = [])), request_body = CommentFields,
    responses(
        (status = 201, description = "The comment", body = CommentBody),
        (status = 400, description = "The caller has said so already, or the job is their own", body = ErrorBody),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<CommentBody>), DrfError> {
    let form = CommentFields::read(&mut fields);
    let job = form.job;
    let told = |reason| ErrorBody::refusal(StatusCode::BAD_REQUEST, reason);
    let review =
        app.core.reviews.write(caller.account_id, job, form.with(fields.faults())).await.map_err(
            |error| match error {
                ListingError::AlreadyReviewed => told("You have already commented on this job."),
                ListingError::OwnListing => told("You can't comment on your own job."),
                ListingError::NotFound => DrfError::no_object("job", job),
                error => refused(error),
            },
        )?;
    Ok((StatusCode::CREATED, Json(review.into())))
}

/// Change one's comment. Takes part of it; the job stays.
#[utoipa::path(
    put, path = "/jobs/comment/edit/{id}/", tag = "karoo", operation_id = "karooChangeComment",
    security(("token" = [])), params(("id" = i64, Path, description = "The comment")),
    request_body = CommentChangeFields,
    responses(
        (status = 200, description = "The comment, as it is now", body = CommentBody),
        (status = 403, description = "It is another's", body = DetailBody),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<CommentBody>, DrfError> {
    let change = CommentChangeFields::read(&mut fields).with(fields.faults());
    let review = app.core.reviews.change(caller.account_id, id, change).await.map_err(refused)?;
    Ok(Json(review.into()))
}
