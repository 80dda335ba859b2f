//! The small form of a listing's picture.

use serde::{Deserialize, Serialize};

use crate::jobs::{Payload, Queue};

/// Make the thumbnail of a listing's picture, if the picture is still there and has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureThumbnail {
    /// The picture.
    pub picture_id: i64,
}

impl Payload for PictureThumbnail {
    const QUEUE: Queue = Queue::Media;
    const NAME: &'static str = "picture_thumbnail";
    const VERSION: i32 = 1;
}
