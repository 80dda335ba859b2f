//! `/jobs/user/pictures/`: the pictures of listings.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::listings::PictureError;
use shared::media::ImageError;

use super::bodies::PictureBody;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};
use crate::http::sentence;

/// `POST`
pub(super) async fn add(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<PictureBody>), DrfError> {
    let upload = fields.file("image", &ImageError::TooManyBytes);
    if fields.cut_short() {
        fields.check()?; // what is not read is not missing
    }
    let listing_id = fields.id("job");
    fields.check()?;
    let picture = app.core.listing_pictures.add(caller.account_id, listing_id, upload).await.map_err(not_added)?;
    Ok((StatusCode::CREATED, Json(PictureBody::new(&app, picture))))
}

/// What the service of listings' pictures refuses.
fn not_added(error: PictureError) -> DrfError {
    match error {
        PictureError::NotFound => DrfError::not_found(),
        PictureError::NotYours => DrfError::forbidden(),
        PictureError::TooMany(_) => DrfError::field("image", sentence(&error)),
        PictureError::Media(error) => DrfError::of_media(error, "image"),
        PictureError::Database(error) => error.into(),
    }
}
