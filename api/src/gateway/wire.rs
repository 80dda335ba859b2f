//! Which language a socket speaks.

use std::collections::BTreeMap;

use shared::events::{Change, InboxEvent, NotificationView};
use shared::notifications::Missed;

/// How a socket speaks.
#[derive(Debug, Clone, Copy)]
pub enum Wire {
    /// The v1 gateway's frames (see [`super::protocol`]): the client resumes, and hears every change.
    V1,
    /// A dialect's: it hears of what arrives while it is open.
    Dialect {
        /// Its frames.
        dialect: &'static dyn DialectWire,
        /// The inbox's version before the handshake was answered: what comes after it is told.
        since: i64,
    },
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

    /// The frames that tell of what arrived after the version `base` and was missed, in the order of its
    /// arrival: what was read or edited since has a later version than its arrival had.
    pub(super) fn missed(&self, base: i64, missed: &[Missed]) -> Vec<String> {
        // In an inbox ids rise as versions do. What was answered in parts may come again, as it then stood.
        let mut arrived: BTreeMap<i64, &NotificationView> = BTreeMap::new();
        for one in missed {
            match one {
                Missed::New(view) => drop(arrived.insert(view.id, view)),
                Missed::Changed { view, created_version } if *created_version > base => {
                    arrived.insert(view.id, view);
                }
                Missed::Changed { .. } => {}
                Missed::Removed { id, .. } => drop(arrived.remove(id)),
            }
        }
        arrived.into_values().filter_map(|view| self.arrived(view)).collect()
    }

    fn arrived(&self, view: &NotificationView) -> Option<String> {
        view.request_id.and_then(|_| self.notification(view))
    }
}
