//! The versioned envelope that travels over the event bus.

use serde::{Deserialize, Serialize};

use crate::accounts::Person;
use crate::jobs::Origin;
use crate::notifications::Kind;
use crate::ports::clock::Timestamp;

/// What is written now. Version 1 is read too: it had no `after`.
const VERSION: u16 = 2;

/// Some events, in commit order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    v: u16,
    /// The events.
    pub events: Vec<Event>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// An inbox changed.
    Inbox(InboxEvent),
    /// Sessions ended: their tokens and sockets end with them.
    SessionsEnded {
        /// Whose.
        account_id: i64,
        /// Which.
        sessions: Vec<i64>,
    },
    /// Somebody writes a message. Belongs to no inbox, and is not made good when it is lost.
    Typing {
        /// Who is to see it.
        to_id: i64,
        /// Who writes.
        from_id: i64,
        /// In which chat of the two.
        chat_id: i64,
    },
    /// Somebody came or went. Belongs to no inbox, and is not made good when it is lost.
    Presence {
        /// Who.
        account_id: i64,
        /// Whether they came.
        online: bool,
        /// When they came, or were last seen.
        at: Timestamp,
        /// Who is told.
        to: Vec<i64>,
    },
    /// Something that a newer version tells; the next sweep of the gateway shows what came of it.
    #[serde(other)]
    Unknown,
}

/// A change of one inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxEvent {
    /// Whose inbox.
    pub account_id: i64,
    /// The inbox's version before the change: a socket that has sent up to here may send this.
    #[serde(default = "unset")]
    pub after: i64,
    /// The inbox's version with the change.
    pub version: i64,
    /// What is unread with the change.
    pub unread: Unread,
    /// What changed.
    pub change: Change,
    /// What it comes from; older versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Version 1 took one version a change, always; see [`Envelope::decode`].
fn unset() -> i64 {
    -1
}

/// Unread counts of an inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Notifications.
    pub notifications: i64,
    /// Messages.
    pub messages: i64,
}

/// What changed in an inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// A notification arrived.
    Notification(Box<NotificationView>),
    /// A notification was changed: its text, or that it counts as unread again.
    Edited(Box<NotificationView>),
    /// Notifications were read.
    Read {
        /// Which, oldest first.
        notifications: Vec<i64>,
        /// When.
        read_at: Timestamp,
    },
    /// Notifications are gone.
    Removed {
        /// Which, oldest first.
        notifications: Vec<i64>,
    },
    /// A message came, or was sent: both inboxes hear of it.
    Message(Box<MessageView>),
    /// A message has another text.
    MessageEdited(Box<MessageView>),
    /// Messages are gone.
    MessagesRemoved {
        /// From which chat.
        chat_id: i64,
        /// Which, oldest first.
        messages: Vec<i64>,
    },
    /// One of the two has read further in a chat: both inboxes hear of it.
    ReadThrough(ReadMark),
    /// Chats are no longer there: a block stands between the two, or the other has left.
    ChatsRemoved {
        /// Which.
        chats: Vec<i64>,
    },
    /// Something that a newer version tells.
    #[serde(other)]
    Unknown,
}

/// A message with what every surface needs to render it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// The message. In one chat a later message has a higher number.
    pub id: i64,
    /// The chat that it is in.
    pub chat_id: i64,
    /// Who wrote it.
    pub sender: Person,
    /// To whom.
    pub receiver: Person,
    /// Its text.
    pub text: String,
    /// The sender's own name for it, where it has one.
    #[serde(default)]
    pub client_id: Option<String>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When its text was last changed.
    #[serde(default)]
    pub edited_at: Option<Timestamp>,
}

impl MessageView {
    /// As an account is told of it: the sender's own name for it is nobody else's.
    #[must_use]
    pub fn told_to(&self, account_id: i64) -> Self {
        let client_id = self.client_id.clone().filter(|_| self.sender.id == account_id);
        Self { client_id, ..self.clone() }
    }
}

/// How far somebody has read in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// The chat.
    pub chat_id: i64,
    /// Who has read.
    pub account_id: i64,
    /// The newest message that they have read.
    pub through: i64,
    /// When.
    pub read_at: Option<Timestamp>,
}

/// A notification with what every dialect needs to render it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationView {
    /// The notification.
    pub id: i64,
    /// Whose it is. Older processes told it of nobody; what they tell is read from the database.
    #[serde(default)]
    pub recipient: Option<Person>,
    /// The inbox's version of its last change.
    pub version: i64,
    /// What it tells.
    pub kind: Kind,
    /// Who caused it.
    pub actor: Option<Person>,
    /// The connection request that it is about.
    pub request_id: Option<i64>,
    /// The listing, the case or the report that it is about, by its kind.
    #[serde(default)]
    pub subject_id: Option<i64>,
    /// A text of its own, where it has one.
    #[serde(default)]
    pub body: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was read.
    #[serde(default)]
    pub read_at: Option<Timestamp>,
}

/// An envelope that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Written by a newer version in a form that this one can't know.
    #[error("envelope version {0} is newer than this process")]
    Newer(u16),
    /// Not an envelope.
    #[error("not an envelope: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Envelope {
    /// An envelope of `events`.
    #[must_use]
    pub fn new(events: Vec<Event>) -> Self {
        Self { v: VERSION, events }
    }

    /// As it travels.
    #[must_use]
    pub fn encode(&self) -> String {
        // Numbers, strings and times: JSON always holds them.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads this version and the one before.
    ///
    /// # Errors
    /// It is newer, or no envelope.
    pub fn decode(text: &str) -> Result<Self, EventError> {
        #[derive(Deserialize)]
        struct Version {
            v: u16,
        }
        let Version { v } = serde_json::from_str(text)?;
        if v > VERSION {
            return Err(EventError::Newer(v));
        }
        let mut envelope: Self = serde_json::from_str(text)?;
        for event in &mut envelope.events {
            let Event::Inbox(event) = event else { continue };
            if event.after < 0 {
                event.after = event.version - 1;
            }
            if let Change::Notification(view) | Change::Edited(view) = &event.change
                && view.recipient.is_none()
            {
                event.change = Change::Unknown;
            }
        }
        Ok(envelope)
    }
}

#[cfg(test)]
mod tests;
