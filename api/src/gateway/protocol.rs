//! The wire of the v1 gateway: JSON text frames with a `type`, and close codes.

use serde::{Deserialize, Serialize};
use shared::events::{Change, InboxEvent, NotificationView, Unread};
use shared::notifications::Missed;
use shared::ports::clock::Timestamp;

use crate::v1::notifications::NotificationBody;

/// What a client says. Each may bear a `ref`, which the answer repeats.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    /// Mark as read what came with this version or before.
    Read {
        /// The version.
        through: i64,
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
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame<'a> {
    /// The socket is open.
    Hello {
        /// The session.
        session: i64,
        /// The inbox's version.
        version: i64,
        /// What is unread.
        unread: Unread,
        /// Seconds between the server's pings; a client silent for twice as long is closed.
        heartbeat: u64,
    },
    /// A notification arrived.
    Notification {
        /// The inbox's version with it.
        version: i64,
        /// What is unread with it.
        unread: Unread,
        /// The notification.
        notification: &'a NotificationBody,
    },
    /// Notifications that the client has were read or edited.
    Changed {
        /// The inbox's version with the change.
        version: i64,
        /// What is unread with it.
        unread: Unread,
        /// Which.
        notifications: &'a [i64],
        /// When they were read.
        read_at: Option<Timestamp>,
        /// As it stands, where more than `read_at` may have changed: its text was edited, or it counts as
        /// unread again. Also where a client that resumes may never have got it: it had been cut off
        /// within an earlier resume, when the change had moved the notification behind what it got.
        #[serde(skip_serializing_if = "Option::is_none")]
        notification: Option<&'a NotificationBody>,
    },
    /// Notifications that the client has are gone.
    Removed {
        /// The inbox's version with the change.
        version: i64,
        /// What is unread with it.
        unread: Unread,
        /// Which.
        notifications: &'a [i64],
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
        unread: Unread,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// Answers `read`.
    Read {
        /// How many were unread before.
        count: usize,
        /// What is unread now.
        unread: Unread,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// Answers `ping`.
    Pong {
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
    /// A frame could not be served.
    Error {
        /// Which problem it is.
        code: &'a str,
        /// The asking frame's.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<&'a str>,
    },
}

impl ServerFrame<'_> {
    /// As it travels.
    #[must_use]
    pub fn encode(&self) -> String {
        // Numbers, strings and times: JSON always holds them.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Renders a live change; `None` for one that this version can't tell, which never comes here.
#[must_use]
pub fn render(event: &InboxEvent) -> Option<String> {
    let InboxEvent { version, unread, .. } = *event;
    let frame = match &event.change {
        Change::Notification(view) => {
            let notification = &NotificationBody::from((**view).clone());
            return Some(ServerFrame::Notification { version, unread, notification }.encode());
        }
        Change::Read { notifications, read_at } => {
            ServerFrame::Changed { version, unread, notifications, read_at: Some(*read_at), notification: None }
        }
        Change::Edited(view) => return Some(changed(view, unread)),
        Change::Removed { notifications } => ServerFrame::Removed { version, unread, notifications },
        Change::Unknown => return None,
    };
    Some(frame.encode())
}

/// A notification that has changed, whole.
fn changed(view: &NotificationView, unread: Unread) -> String {
    let (version, id, read_at) = (view.version, view.id, view.read_at);
    let notification = Some(&NotificationBody::from(view.clone()));
    ServerFrame::Changed { version, unread, notifications: &[id], read_at, notification }.encode()
}

/// Renders a change that was missed. What is unread is what is unread now.
#[must_use]
pub fn render_missed(missed: &Missed, unread: Unread) -> String {
    match missed {
        Missed::New(view) => {
            let notification = &NotificationBody::from((**view).clone());
            ServerFrame::Notification { version: view.version, unread, notification }.encode()
        }
        Missed::Changed { view, .. } => changed(view, unread),
        Missed::Removed { id, version } => {
            ServerFrame::Removed { version: *version, unread, notifications: &[*id] }.encode()
        }
    }
}

/// Why the server closes a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// A frame that can't be read.
    BadFrame,
    /// The session or the token has ended.
    Unauthenticated,
    /// The client was silent for too long.
    HeartbeatMissed,
    /// Too many frames, or too many sockets of one account.
    TooMany,
    /// A frame over 64 KiB.
    TooBig,
    /// The server restarts: come back.
    Restart,
    /// Something failed here.
    Failed,
}

impl CloseReason {
    /// The close code (RFC 6455, section 7.4) and a word about it.
    #[must_use]
    pub const fn code(self) -> (u16, &'static str) {
        match self {
            Self::BadFrame => (4400, "bad frame"),
            Self::Unauthenticated => (4401, "not authenticated"),
            Self::HeartbeatMissed => (4408, "heartbeat missed"),
            Self::TooMany => (4429, "too many"),
            Self::TooBig => (1009, "too big"),
            Self::Restart => (1012, "restart"),
            Self::Failed => (1011, "failed"),
        }
    }
}
