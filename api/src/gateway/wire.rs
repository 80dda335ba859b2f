//! Which language a socket speaks.

use shared::events::{Change, InboxEvent, NotificationView};
use shared::notifications::Missed;

/// How a socket speaks.
#[derive(Debug, Clone, Copy)]
pub enum Wire {
    /// The v1 gateway's frames (see [`super::protocol`]): the client resumes, and hears every change.
    V1,
    /// A dialect's: it hears of what arrives while it is open.
    Dialect(&'static dyn DialectWire),
}

/// The frames of a dialect's socket.
pub trait DialectWire: std::fmt::Debug + Send + Sync {
    /// The frame that tells of a notification.
    fn notification(&self, notification: &NotificationView) -> Option<String>;

    /// The answer to a text frame, if there is one.
    fn answer(&self, text: &str) -> Option<String>;
}

impl dyn DialectWire {
    /// The frame that tells of a live change, if the dialect tells it. A note that somebody wrote is
    /// told by v1's sockets alone.
    pub(super) fn live(&self, event: &InboxEvent) -> Option<String> {
        match &event.change {
            Change::Notification(view) => self.arrived(view),
            Change::Edited(_) | Change::Read { .. } | Change::Removed { .. } | Change::Unknown => None,
        }
    }

    /// The same of a change that was missed.
    pub(super) fn missed(&self, missed: &Missed) -> Option<String> {
        match missed {
            Missed::New(view) => self.arrived(view),
            Missed::Changed(_) | Missed::Removed { .. } => None,
        }
    }

    fn arrived(&self, view: &NotificationView) -> Option<String> {
        view.request_id.and_then(|_| self.notification(view))
    }
}
