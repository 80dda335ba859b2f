//! Chats of two people: messages in their order, read marks, and how both inboxes hear of them.

mod alter;
mod error;
mod hiding;
mod marks;
mod model;
mod read;
mod retention;
mod retraction;
mod send;
mod service;
mod typing;
mod unread_mails;
mod whole;

pub use error::ChatError;
pub(crate) use hiding::{HiddenChat, hide};
pub use marks::Undelivered;
pub use model::{Chat, ChatRead, NewMessage, Recipient, Said, WholeChat};
pub(crate) use model::{MESSAGE_COLUMNS, message};
pub use service::Chats;
pub use unread_mails::{UnreadMail, UnreadMails, UnreadOrder};
