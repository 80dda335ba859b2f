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
pub struct Upload(Result<Bytes, ImageError>);

impl Upload {
    /// The bytes of what the operation calls `field`.
    ///
    /// # Errors
    /// They are more than the operation reads.
    pub fn named(self, field: &'static str) -> Result<Bytes, Problem> {
        self.0.map_err(|error| Problem::field(field, error.to_string()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(Ok(bytes))),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Ok(Self(Err(ImageError::TooManyBytes)))
            }
            Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "unreadable", "The body could not be read.")),
        }
    }
}
