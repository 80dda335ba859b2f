//! Inboxes and notifications: what workers put there, what people do with it, and what a client
//! that was away has missed.

mod delivery;
mod error;
mod inbox_job;
mod model;
mod notes;
mod removal;
mod retention;
mod retraction;
mod service;

pub use delivery::Delivery;
pub use error::NotificationError;
pub use inbox_job::{AskedJob, InboxJob};
pub use model::{InboxPage, Kind, NewNote};
pub(crate) use model::{view, view_columns};
pub use service::{Notifications, ReadOutcome};
