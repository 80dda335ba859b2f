//! Pictures that people upload: taken in, kept, given out, and dropped when nothing refers to them any more.

mod avatars;
mod bookkeeping;
mod format;
mod images;
mod key;
mod store;
#[cfg(test)]
mod tests;

pub use avatars::{AvatarError, Avatars};
pub(crate) use bookkeeping::drop_keys;
pub use bookkeeping::{Media, MediaError, refer};
pub use images::{ImageError, MOST_BYTES, MOST_KEPT, MOST_PIXELS, Picture, take_in};
pub use key::{Kind, MediaKey, Purpose, public_path};
pub use store::{MediaStore, StoreError, StoredMedia};
