//! Inboxes and notifications: what workers put there, what people do with it, and what a client
//! that was away has missed.

mod catch_up;
mod delivery;
mod error;
mod inbox;
mod model;
mod notes;
mod retention;
mod retraction;
mod service;

pub use catch_up::{CatchUp, CatchUps, InboxState, Missed};
pub use delivery::{Delivery, InboxJob};
pub use error::NotificationError;
pub use model::{InboxPage, Kind, NewNote};
pub use service::{Notifications, ReadOutcome};
