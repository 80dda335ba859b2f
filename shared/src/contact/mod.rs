//! Messages to whoever runs this Kith: from accounts, and from anybody who claims a name and an email.

mod error;
mod model;
mod seats;
mod service;

pub use error::ContactError;
pub use model::{ContactMessage, Conversation, Opening};
pub use service::ContactMessages;
