//! What each job carries, a file each.

mod account_activation;
mod pair_blocked;
mod request_decided;
mod request_sent;
mod request_withdrawn;

pub use account_activation::AccountActivation;
pub use pair_blocked::PairBlocked;
pub use request_decided::RequestDecided;
pub use request_sent::RequestSent;
pub use request_withdrawn::RequestWithdrawn;
