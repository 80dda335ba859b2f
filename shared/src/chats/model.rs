//! Chats and messages as they are stored and shown.

use sea_orm::{DbErr, QueryResult};

use crate::accounts::{Person, person, person_columns};
use crate::events::{MessageView, ReadMark, Unread};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// A chat as one of the two sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// Its number.
    pub id: i64,
    /// The other one.
    pub person: Person,
    /// The newest message that is still there.
    pub last_message: Option<MessageView>,
    /// Messages that one has not read.
    pub unread: i64,
    /// How far one has read.
    pub own_mark: ReadMark,
    /// How far the other has.
    pub their_mark: ReadMark,
    /// When it was opened.
    pub created_at: Timestamp,
    /// The newest message that ever was, which orders the list; 0 before the first.
    pub(super) last_message_id: i64,
}

/// A chat with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeChat {
    /// The chat.
    pub chat: Chat,
    /// Its messages, of both, oldest first.
    pub messages: Vec<MessageView>,
}

/// To whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The other one in a chat.
    Chat(i64),
    /// An account; the chat is opened by the first message.
    Account(i64),
    /// The bearer of a username, likewise.
    Username(String),
    /// The bearer of an email, likewise.
    Email(String),
}

/// A message that is to be sent.
#[derive(Debug, Clone, Default)]
pub struct NewMessage {
    /// Its text, at most 4,000 characters.
    pub text: String,
    /// The sender's own name for it, 1 to 64 printable ASCII characters: a repeat under it is answered with
    /// the message that the first made.
    pub client_id: Option<String>,
    /// The client's key for this request.
    pub idempotency_key: Option<String>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// What sending a message came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The message: the new one, or the one that an earlier try made.
    pub message: MessageView,
    /// Whether it is new.
    pub new: bool,
}

/// What reading came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatRead {
    /// How many messages were unread before.
    pub read: i64,
    /// How far one has read now.
    pub mark: ReadMark,
    /// What is unread now, in the whole inbox.
    pub unread: Unread,
    /// The inbox's version now.
    pub version: i64,
}

/// The columns of the message `m` that [`message`] reads.
pub(crate) const MESSAGE_COLUMNS: &str = "m.id AS message_id, m.chat_id AS message_chat_id, m.body AS message_body,
    m.client_id AS message_client_id, m.created_at AS message_created_at, m.edited_at AS message_edited_at";

/// The columns that [`message_between`] reads, of the message `m` and the accounts `s` and `r`.
pub(super) fn columns_between() -> String {
    format!("{MESSAGE_COLUMNS}, {}, {}", person_columns("s", "sender_"), person_columns("r", "receiver_"))
}

/// The joins that [`columns_between`] needs.
pub(super) const JOINED: &str = "JOIN accounts s ON s.id = m.sender_id JOIN accounts r ON r.id = m.receiver_id";

/// Reads a message and the two whom it is between.
pub(super) fn message_between(row: &QueryResult) -> Result<MessageView, DbErr> {
    message(row, person(row, "sender_")?, person(row, "receiver_")?)
}

/// Reads a message of [`MESSAGE_COLUMNS`].
pub(crate) fn message(row: &QueryResult, sender: Person, receiver: Person) -> Result<MessageView, DbErr> {
    Ok(MessageView {
        id: row.try_get("message_", "id")?,
        chat_id: row.try_get("message_", "chat_id")?,
        sender,
        receiver,
        text: row.try_get("message_", "body")?,
        client_id: row.try_get("message_", "client_id")?,
        created_at: row.try_get("message_", "created_at")?,
        edited_at: row.try_get("message_", "edited_at")?,
    })
}
