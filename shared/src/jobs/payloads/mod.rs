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

use super::{Payload, Queue};

/// The name of jobs that this version does not know.
pub(crate) const UNKNOWN: &str = "unknown";

/// Exports the payloads of the modules, and knows them all: one that is left out can't be used.
macro_rules! payloads {
    ($($module:ident::$payload:ident),+ $(,)?) => {
        $(pub use $module::$payload;)+

        /// The queue and the name of each.
        const ALL: &[(Queue, &str)] = &[$(($payload::QUEUE, $payload::NAME)),+];
    };
}

payloads! {
    account_activation::AccountActivation,
    account_deleted::AccountDeleted,
    email_confirmation::EmailConfirmation,
    notice::Notice,
    pair_blocked::PairBlocked,
    password_reset::PasswordReset,
    picture_thumbnail::PictureThumbnail,
    request_decided::RequestDecided,
    request_sent::RequestSent,
    request_withdrawn::RequestWithdrawn,
    unread_messages::UnreadMessages,
}

/// The names of the jobs that wait in `queue`.
pub(crate) fn names(queue: Queue) -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(move |(its, _)| *its == queue).map(|(_, name)| *name)
}

/// The name of a job that this version knows, else [`UNKNOWN`]: so that there are few of them, whatever a row says.
pub(super) fn known_name(name: &str) -> &'static str {
    ALL.iter().find(|(_, known)| *known == name).map_or(UNKNOWN, |(_, known)| known)
}
