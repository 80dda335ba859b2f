//! What each job carries, a file each.

mod account_activation;
mod account_deleted;
mod email_confirmation;
mod notice;
mod pair_blocked;
mod password_reset;
mod picture_thumbnail;
mod request_decided;
mod request_sent;
mod request_withdrawn;
mod unread_messages;

pub use account_activation::AccountActivation;
pub use account_deleted::AccountDeleted;
pub use email_confirmation::EmailConfirmation;
pub use notice::Notice;
pub use pair_blocked::PairBlocked;
pub use password_reset::PasswordReset;
pub use picture_thumbnail::PictureThumbnail;
pub use request_decided::RequestDecided;
pub use request_sent::RequestSent;
pub use request_withdrawn::RequestWithdrawn;
pub use unread_messages::UnreadMessages;

use super::{Payload, Queue};

/// The name of jobs that this version does not know.
pub(crate) const UNKNOWN: &str = "unknown";

/// The names of the jobs that wait in `queue`.
#[must_use]
pub const fn names(queue: Queue) -> &'static [&'static str] {
    match queue {
        Queue::Notifications => &[
            AccountDeleted::NAME,
            Notice::NAME,
            PairBlocked::NAME,
            RequestDecided::NAME,
            RequestSent::NAME,
            RequestWithdrawn::NAME,
        ],
        Queue::Email => &[AccountActivation::NAME, EmailConfirmation::NAME, PasswordReset::NAME, UnreadMessages::NAME],
        Queue::Media => &[PictureThumbnail::NAME],
    }
}

/// The name of a job that this version knows, else `unknown`: so that there are few of them, whatever a row says.
pub(super) fn known_name(name: &str) -> &'static str {
    let mut known = Queue::ALL.into_iter().flat_map(names);
    known.find(|known| **known == name).copied().unwrap_or(UNKNOWN)
}
