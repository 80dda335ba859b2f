//! The wire of the v1 gateway: JSON text frames with a `type`, and close codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::events::Unread;
use shared::ports::clock::Timestamp;
use utoipa::ToSchema;

use crate::http::Id;
use crate::v1::chats::{MarkBody, MessageBody};
use crate::v1::notifications::{NotificationBody, UnreadBody};

/// What a client says. Each may bear a `ref`, which the answer repeats.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Send what came after this version of the inbox, then go on live. Of two at once the last counts,
    /// and is answered.
    Resume {
        /// The last version that the client has.
        after: i64,
        /// Repeated by the answer.
        #[serde(default)]
        r#ref: Option<String>,
    },
    /// Send a message in a chat; answered with `sent`. A repeat under the same `client_id` makes no second
    /// message, so a client that got no answer sends it again.
    Send {
        /// The chat.
        #[schema(value_type = i64)]
        chat_id: Id,
        /// The text, at most 4,000 characters.
        text: String,
        /// The client's own name for the message, 1 to 64 printable ASCII characters.
        #[serde(default)]
        client_id: Option<String>,
        /// Repeated by the answer.
        #[serde(default)]
        r#ref: Option<String>,
    },
    /// Tell the other one in a chat that one is writing. Not answered, unless there is no such chat; more than
    /// one in a second is not passed on.
    Typing {
        /// The chat.
        #[schema(value_type = i64)]
        chat_id: Id,
        /// Repeated by the answer.
        #[serde(default)]
        r#ref: Option<String>,
    },
    /// Mark as read: notifications that came with this version of the inbox or before; or, where a chat is
    /// named, its messages up to this one.
    Read {
        /// The version, or the message.
        #[schema(value_type = i64)]
        through: Id,
        /// The chat.
        #[serde(default)]
        #[schema(value_type = Option<i64>)]
        chat_id: Option<Id>,
        /// Repeated by the answer.
        #[serde(default)]
        r#ref: Option<String>,
    },
    /// Are you there?
    Ping {
        /// Repeated by the answer.
        #[serde(default)]
        r#ref: Option<String>,
    },
}

/// What the server says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame<'a> {
    /// The socket is open.
    Hello {
        /// The session.
        session: i64,
        /// The inbox's version.
        version: i64,
        /// What is unread.
        #[schema(value_type = UnreadBody)]
        unread: Unread,
        /// Seconds between the server's pings; a client silent for twice as long is closed.
        heartbeat: u64,
    },
    /// A notification arrived.
    Notification {
        /// The inbox's version with it.
        version: i64,
        /// What is unread with it.
        #[schema(value_type = UnreadBody)]
        unread: Unread,
        /// The notification.
        notification: &'a NotificationBody,
    },
    /// A message arrived, or was sent: its sender's sockets hear of it too.
    Message {
        /// The inbox's version with it.
        version: i64,
        /// What is unread with it.
        #[schema(value_type = UnreadBody)]
        unread: Unread,
        /// The message.
        message: &'a MessageBody,
    },
    /// Something that the client has was read or edited.
    Changed(Changed<'a>),
    /// Something that the client has is gone.
    Removed(Removed<'a>),
    /// The other one in a chat is writing. It has no version, and who is not there does not hear of it.
    Typing {
        /// The chat.
        chat_id: i64,
        /// Who writes.
        account_id: i64,
    },
    /// Everything after the asked version has been sent, or a part of it.
    Resumed {
        /// How many frames that were.
        count: usize,
        /// Whether there is more: resume again after the last version.
        more: bool,
        /// The version that the client has now.
        version: i64,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// The asked version can't be resumed from: read the inbox anew. Live from this version on.
    Reset {
        /// The inbox's version.
        version: i64,
        /// What is unread.
        #[schema(value_type = UnreadBody)]
        unread: Unread,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// Answers `send`. The `message` frame, which bears the version, comes besides, before or after.
    Sent {
        /// The message.
        message: &'a MessageBody,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// Answers `read`.
    Read {
        /// How many were unread before.
        count: i64,
        /// What is unread now.
        #[schema(value_type = UnreadBody)]
        unread: Unread,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// One of the client's connections came or went. It belongs to no inbox: it bears no version, is sent at
    /// once, and is not resumed. Whoever opens a socket asks for those who are there (`GET /api/v1/presence`);
    /// of two frames about one account the one with the later `last_seen` counts.
    Presence {
        /// Who.
        account_id: i64,
        /// Whether they came.
        online: bool,
        /// When they came, or were last seen.
        #[schema(value_type = String, format = DateTime)]
        last_seen: Timestamp,
    },
    /// Answers `ping`.
    Pong {
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// A frame could not be served.
    Error {
        /// Which problem it is, as in the HTTP API.
        code: &'a str,
        /// What is wrong with the frame, by field.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        errors: BTreeMap<String, Vec<String>>,
        /// Seconds after which it may be tried again.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
}

/// What was read or edited: notifications, a message, or how far somebody has read in a chat.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct Changed<'a> {
    /// The inbox's version with the change.
    pub version: i64,
    /// What is unread with it.
    #[schema(value_type = UnreadBody)]
    pub unread: Unread,
    /// Which notifications.
    pub notifications: &'a [i64],
    /// When they were read.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Timestamp>,
    /// A notification as it stands, where more than `read_at` may have changed: its text was edited, or it
    /// counts as unread again. Also where a client that resumes may never have got it: it had been cut off
    /// within an earlier resume, when the change had moved the notification behind what it got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification: Option<&'a NotificationBody>,
    /// A message as it stands, with its new text. A client that resumes may never have got it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'a MessageBody>,
    /// How far one of the two has read in a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkBody>,
}

/// What is gone: notifications, messages, or chats with all that is in them.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct Removed<'a> {
    /// The inbox's version with the change.
    pub version: i64,
    /// What is unread with it.
    #[schema(value_type = UnreadBody)]
    pub unread: Unread,
    /// Which notifications.
    pub notifications: &'a [i64],
    /// Which messages.
    #[serde(skip_serializing_if = "<[i64]>::is_empty")]
    pub messages: &'a [i64],
    /// The chat that they were in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<i64>,
    /// Which chats.
    #[serde(skip_serializing_if = "<[i64]>::is_empty")]
    pub chats: &'a [i64],
}

impl ServerFrame<'_> {
    /// As it travels.
    #[must_use]
    pub fn encode(&self) -> String {
        // Numbers, strings and times: JSON always holds them.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Makes [`CloseReason`] of one table, in which none can be forgotten.
macro_rules! close_reasons {
    ($($(#[$about:meta])* $reason:ident: $code:literal, $word:literal, $when:literal;)*) => {
        /// Why the server closes a socket.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum CloseReason {
            $($(#[$about])* $reason,)*
        }

        impl CloseReason {
            /// All of them, by their codes.
            pub const ALL: &[Self] = &[$(Self::$reason),*];

            /// When it is sent, for whoever reads the documents.
            #[must_use]
            pub const fn when(self) -> &'static str {
                match self {
                    $(Self::$reason => $when,)*
                }
            }

            /// The close code (RFC 6455, section 7.4) and a word about it.
            #[must_use]
            pub const fn code(self) -> (u16, &'static str) {
                match self {
                    $(Self::$reason => ($code, $word),)*
                }
            }
        }
    };
}

close_reasons! {
    /// A frame over 64 KiB.
    TooBig: 1009, "too big", "A frame over 64 KiB.";
    /// Something failed here.
    Failed: 1011, "failed", "Something failed here.";
    /// The server restarts: come back.
    Restart: 1012, "restart", "The server restarts: come back.";
    /// A frame that can't be read.
    BadFrame: 4400, "bad frame",
        "A frame that can't be read: no JSON, an unknown `type` or field, a field that is missing.";
    /// The session or the token has ended.
    Unauthenticated: 4401, "not authenticated", "The token or the session has ended.";
    /// The client was silent for too long.
    HeartbeatMissed: 4408, "heartbeat missed", "The client was silent for twice as long as `heartbeat`.";
    /// Too many frames, or too many sockets of one account.
    TooMany: 4429, "too many", "Too many frames, or too many sockets of one account.";
}
