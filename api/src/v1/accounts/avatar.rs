//! One's own picture.

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AccountBody;
use crate::App;
use crate::http::{Authenticated, LARGEST_UPLOAD, Problem, ProblemBody, Upload};

/// The operations, which take larger bodies than others do.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(set, remove)).layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
}

/// Set one's own picture.
///
/// The body is the file itself: JPEG, PNG or WebP by its content, at most 5 MiB and 40 megapixels. It is
/// kept upright, without metadata, with at most 512 pixels on the longer side.
#[utoipa::path(
    put, path = "/api/v1/me/avatar", tag = "accounts", operation_id = "setAvatar", security(("access_token" = [])),
    request_body(content = String, content_type = "image/*", description = "The file"),
    responses(
        (status = 200, description = "The account", body = AccountBody),
        (status = 422, description = "`invalid`: no such picture", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn set(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    upload: Upload,
) -> Result<Json<AccountBody>, Problem> {
    Ok(Json(app.core.avatars.set(caller.account_id, upload.named("avatar")?).await?.into()))
}

/// Remove one's own picture; none there is fine.
#[utoipa::path(
    delete, path = "/api/v1/me/avatar", tag = "accounts", operation_id = "removeAvatar", security(("access_token" = [])),
    responses(
        (status = 204, description = "There is none any more"),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<StatusCode, Problem> {
    app.core.avatars.remove(caller.account_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
