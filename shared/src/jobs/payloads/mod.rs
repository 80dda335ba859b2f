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
