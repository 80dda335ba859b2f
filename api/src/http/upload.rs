//! Uploads: a file as the whole of a body.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use shared::media::ImageError;

use super::Problem;

/// The largest body of an operation that takes a picture, in bytes: more than a picture may have, so that
/// a larger one is told so by name.
pub const LARGEST_UPLOAD: usize = 8 * 1024 * 1024;

/// The bytes of a picture, whatever the client says that they are.
#[derive(Debug)]
pub struct Upload(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::field("avatar", ImageError::TooManyBytes.to_string()))
            }
            Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "unreadable", "The body could not be read.")),
        }
    }
}
