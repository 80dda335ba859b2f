//! Which language a socket speaks.

use std::collections::BTreeMap;

use async_trait::async_trait;
use shared::Core;
use shared::accounts::Caller;
use shared::events::{Change, InboxEvent, MessageView, NotificationView};
use shared::inboxes::Missed;

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

impl Wire {
    /// What it is called in metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::Dialect { dialect, .. } => dialect.name(),
        }
    }
}

/// The frames of a dialect's socket.
#[async_trait]
pub trait DialectWire: std::fmt::Debug + Send + Sync {
    /// What the dialect is called in metrics.
    fn name(&self) -> &'static str;

    /// The frame that tells of a notification, where the dialect tells of them.
    fn notification(&self, _notification: &NotificationView) -> Option<String> {
        None
    }

    /// The frame that tells of a message, where the dialect tells of them.
    fn message(&self, _message: &MessageView) -> Option<String> {
        None
    }

    /// The name under which it is kept what messages this socket's clients were told: who had no socket open is
    /// told, when one opens, what came since. Without a name they are not.
    fn surface(&self) -> Option<&'static str> {
        None
    }

    /// The answer to a binary frame, which no dialect knows; most pass it over.
    fn binary(&self) -> Option<String> {
        None
    }

    /// Does what a text frame asks; answers the frame that answers it, if there is one.
    async fn answer(&self, core: &Core, caller: &Caller, text: &str) -> Option<String>;
}

impl dyn DialectWire {
    /// The frame that tells of a live change, if the dialect tells it. A note that somebody wrote is
    /// told by v1's sockets alone.
    pub(super) fn live(&self, event: &InboxEvent) -> Option<String> {
        match &event.change {
            Change::Notification(view) => self.arrived(view),
            Change::Message(view) => self.message(view),
            Change::Edited(_)
            | Change::Read { .. }
            | Change::Removed { .. }
            | Change::MessageEdited(_)
            | Change::MessagesRemoved { .. }
            | Change::ReadThrough(_)
            | Change::ChatsRemoved { .. }
            | Change::Unknown => None,
        }
    }

    /// The frames that tell of what arrived after the version `base` and was missed, in the order of its
    /// arrival: what was read or edited since has a later version than its arrival had.
    pub(super) fn missed(&self, base: i64, missed: &[Missed]) -> Vec<String> {
        // In an inbox ids rise as versions do. What was answered in parts may come again, as it then stood.
        let mut arrived: BTreeMap<i64, &NotificationView> = BTreeMap::new();
        let mut messages: BTreeMap<i64, &MessageView> = BTreeMap::new();
        for one in missed {
            match one {
                Missed::New(view) => drop(arrived.insert(view.id, view)),
                Missed::Changed { view, created_version } if *created_version > base => {
                    arrived.insert(view.id, view);
                }
                Missed::Removed { id, .. } => drop(arrived.remove(id)),
                Missed::Message { view, created_version, .. } if *created_version > base => {
                    messages.insert(view.id, view);
                }
                Missed::MessageRemoved { id, .. } => drop(messages.remove(id)),
                Missed::Changed { .. }
                | Missed::Message { .. }
                | Missed::ReadThrough { .. }
                | Missed::ChatRemoved { .. } => {}
            }
        }
        let notifications = arrived.into_values().filter_map(|view| self.arrived(view));
        notifications.chain(messages.into_values().filter_map(|view| self.message(view))).collect()
    }

    fn arrived(&self, view: &NotificationView) -> Option<String> {
        view.request_id.or(view.subject_id).and_then(|_| self.notification(view))
    }
}
