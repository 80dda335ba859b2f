//! What people say of listings, and what owners answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::listings::{NewReview, Review, ReviewChange};
use utoipa::ToSchema;

use super::super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, Body, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody, Viewer};

/// A review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewBody {
    /// Its number.
    id: i64,
    /// Of which listing.
    listing_id: i64,
    /// Whose it is.
    user: PersonBody,
    /// Its first line.
    title: String,
    /// What it says.
    text: String,
    /// Stars, 1 to 5.
    rating: i64,
    /// What the listing's owner answers.
    reply: Option<String>,
    /// When.
    replied_at: Option<DateTime<Utc>>,
    /// When it was written.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    edited_at: Option<DateTime<Utc>>,
}

impl From<Review> for ReviewBody {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            listing_id: review.listing_id,
            user: review.author.into(),
            title: review.title,
            text: review.text,
            rating: review.rating,
            reply: review.reply,
            replied_at: review.replied_at,
            created_at: review.created_at,
            edited_at: review.edited_at,
        }
    }
}

/// List the reviews of a listing.
///
/// No token is needed; with one, reviews of people in a block with oneself are not there.
#[utoipa::path(
    get, path = "/api/v1/listings/{id}/reviews", tag = "reviews", operation_id = "listReviews",
    security((), ("access_token" = [])), params(("id" = i64, Path, description = "The listing"), PageParameters),
    responses(
        (status = 200, description = "Reviews, newest first", body = PageBody<ReviewBody>),
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    Viewer(viewer): Viewer,
    PathId(id): PathId,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<ReviewBody>>, Problem> {
    Ok(Json(PageBody::of(app.core.reviews.list(viewer, id, page.span()?).await?)))
}

/// List the reviews that one has written.
#[utoipa::path(
    get, path = "/api/v1/me/reviews", tag = "reviews", operation_id = "listOwnReviews",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Reviews, newest first", body = PageBody<ReviewBody>),
    )
)]
pub(crate) async fn written(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<ReviewBody>>, Problem> {
    Ok(Json(PageBody::of(app.core.reviews.written(caller.account_id, page.span()?).await?)))
}

/// A review that is to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteReviewBody {
    /// Its first line, at most 200 characters.
    title: String,
    /// What it says, at most 5,000 characters.
    text: String,
    /// Stars, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: i64,
}

/// Review a listing, once.
#[utoipa::path(
    post, path = "/api/v1/listings/{id}/reviews", tag = "reviews", operation_id = "writeReview",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    request_body = WriteReviewBody,
    responses(
        (status = 201, description = "The review", body = ReviewBody),
        (status = 409, description = "`already_reviewed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`, `oneself`: one's own listing", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn write(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(WriteReviewBody { title, text, rating }): Body<WriteReviewBody>,
) -> Result<(StatusCode, Json<ReviewBody>), Problem> {
    let new = NewReview { title, text, rating, faults: FieldErrors::default() };
    Ok((StatusCode::CREATED, Json(app.core.reviews.write(caller.account_id, id, new).await?.into())))
}

/// What is to change: what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChangeReviewBody {
    /// Its first line.
    title: Option<String>,
    /// What it says.
    text: Option<String>,
    /// Stars, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: Option<i64>,
}

/// Change one's own review.
#[utoipa::path(
    patch, path = "/api/v1/reviews/{id}", tag = "reviews", operation_id = "changeReview",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The review")),
    request_body = ChangeReviewBody,
    responses(
        (status = 200, description = "The review", body = ReviewBody),
        (status = 403, description = "`not_yours`: it is another's", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn change(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(ChangeReviewBody { title, text, rating }): Body<ChangeReviewBody>,
) -> Result<Json<ReviewBody>, Problem> {
    let change = ReviewChange { title, text, rating, faults: FieldErrors::default() };
    Ok(Json(app.core.reviews.change(caller.account_id, id, change).await?.into()))
}

/// Take one's own review away.
#[utoipa::path(
    delete, path = "/api/v1/reviews/{id}", tag = "reviews", operation_id = "removeReview",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The review")),
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
    app.core.reviews.remove(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An owner's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyBody {
    /// What it says, at most 5,000 characters.
    text: String,
}

/// Answer a review of one's own listing, in place of an earlier answer.
#[utoipa::path(
    put, path = "/api/v1/reviews/{id}/reply", tag = "reviews", operation_id = "answerReview",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The review")),
    request_body = ReplyBody,
    responses(
        (status = 200, description = "The review", body = ReviewBody),
        (status = 403, description = "`not_yours`: the listing is another's", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn reply(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    Body(ReplyBody { text }): Body<ReplyBody>,
) -> Result<Json<ReviewBody>, Problem> {
    Ok(Json(app.core.reviews.reply(caller.account_id, id, Some(&text)).await?.into()))
}

/// Take one's answer to a review back; none there is fine.
#[utoipa::path(
    delete, path = "/api/v1/reviews/{id}/reply", tag = "reviews", operation_id = "takeReplyBack",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The review")),
    responses(
        (status = 200, description = "The review", body = ReviewBody),
        (status = 403, description = "`not_yours`: the listing is another's", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn take_reply_back(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<ReviewBody>, Problem> {
    Ok(Json(app.core.reviews.reply(caller.account_id, id, None).await?.into()))
}
