//! `/jobs/user/pictures/`: the pictures of listings.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use shared::listings::PictureError;
use shared::media::ImageError;
use utoipa::ToSchema;

use super::bodies::PictureBody;
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields, Signed};
use crate::http::sentence;

/// A picture of a job.
#[derive(ToSchema)]
#[schema(as = karoo::PictureFields)]
pub(super) struct PictureFields {
    /// The file: JPEG, PNG or WebP by its content, of at most 5 MiB and 40 megapixels.
    #[schema(value_type = String, format = Binary)]
    image: Bytes,
    /// The number of the job.
    job: i64,
}

impl PictureFields {
    fn read(fields: &mut Fields) -> Result<Self, DrfError> {
        let image = fields.file("image", &ImageError::TooManyBytes);
        if fields.cut_short() {
            fields.check()?; // what is not read is not missing
        }
        Ok(Self { image, job: fields.id("job") })
    }
}

/// Add a picture to one's job; the first is its main one.
///
/// It is kept upright, without metadata, with at most 1,600 pixels on the longer side. A job has at most 20.
#[utoipa::path(
    post, path = "/jobs/user/pictures/", tag = "karoo", operation_id = "karooAddPicture",
    security(("token" = [])), request_body(content = PictureFields, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The picture", body = PictureBody),
        (status = 403, description = "It is another's job", body = DetailBody),
        (status = 404, description = "There is no such job", body = DetailBody),
    )
)]
pub(super) async fn add(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<PictureBody>), DrfError> {
    let PictureFields { image, job } = PictureFields::read(&mut fields)?;
    fields.check()?;
    let picture = app.core.listing_pictures.add(caller.account_id, job, image).await.map_err(not_added)?;
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
