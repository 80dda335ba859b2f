//! What sockets are told: an event each change of an inbox, the end of sessions, and who comes and goes.
//! Every event is a hint; the database is what a client ends with.

mod envelope;
mod publisher;

pub use envelope::{Change, Envelope, Event, EventError, InboxEvent, MessageView, NotificationView, ReadMark, Unread};
pub use publisher::Publisher;
