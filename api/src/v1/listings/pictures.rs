//! The pictures of listings.

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::PictureBody;
use crate::App;
use crate::http::{Authenticated, LARGEST_UPLOAD, PathId, PathIds, Problem, ProblemBody, Upload};

/// The operations, of which one takes larger bodies than others do.
pub(super) fn operations() -> OpenApiRouter<App> {
    let upload = OpenApiRouter::new().routes(routes!(add)).layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    OpenApiRouter::new().routes(routes!(remove)).merge(upload)
}

/// Add a picture to one's own listing; the first is its main one.
///
/// The body is the file itself: JPEG, PNG or WebP by its content, at most 5 MiB and 40 megapixels. It is kept
/// upright, without metadata, with at most 1,600 pixels on the longer side. A listing has at most 20.
#[utoipa::path(
    post, path = "/api/v1/listings/{id}/pictures", tag = "listings", operation_id = "addListingPicture",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    request_body(content = String, content_type = "image/*", description = "The file"),
    responses(
        (status = 201, description = "The picture", body = PictureBody),
        (status = 403, description = "`not_yours`: it is another's listing", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`too_many_pictures`: the listing has 20", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: no such picture", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn add(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
    upload: Upload,
) -> Result<(StatusCode, Json<PictureBody>), Problem> {
    let picture = app.core.listing_pictures.add(caller.account_id, id, upload.named("picture")?).await?;
    Ok((StatusCode::CREATED, Json(picture.into())))
}

/// Remove a picture of one's own listing. When it was the main one, the oldest of the others is.
#[utoipa::path(
    delete, path = "/api/v1/listings/{id}/pictures/{picture_id}", tag = "listings",
    operation_id = "removeListingPicture", security(("access_token" = [])),
    params(("id" = i64, Path, description = "The listing"), ("picture_id" = i64, Path, description = "The picture")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_yours`: it is another's listing", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathIds(listing_id, id): PathIds,
) -> Result<StatusCode, Problem> {
    app.core.listing_pictures.remove(caller.account_id, listing_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
