//! Changes of an inbox as v1's frames.

use shared::events::{Change, InboxEvent, MessageView, NotificationView, Unread};
use shared::inboxes::Missed;

use super::protocol::{Changed, Removed, ServerFrame};
use crate::v1::chats::MessageBody;
use crate::v1::notifications::NotificationBody;

/// Renders a live change; `None` for one that this version can't tell, which never comes here.
#[must_use]
pub(super) fn render(event: &InboxEvent) -> Option<String> {
    let InboxEvent { version, unread, .. } = *event;
    let (changed, removed) = (changed_at(version, unread), removed_at(version, unread));
    let frame = match &event.change {
        Change::Notification(view) => return Some(notification(view, version, unread)),
        Change::Edited(view) => return Some(notification_changed(view, changed)),
        Change::Message(view) => return Some(message(view, version, unread)),
        Change::MessageEdited(view) => return Some(message_changed(view, changed)),
        Change::Read { notifications, read_at } => {
            ServerFrame::Changed(Changed { notifications, read_at: Some(*read_at), ..changed })
        }
        Change::ReadThrough(mark) => ServerFrame::Changed(Changed { mark: Some((*mark).into()), ..changed }),
        Change::Removed { notifications } => ServerFrame::Removed(Removed { notifications, ..removed }),
        Change::MessagesRemoved { chat_id, messages } => {
            ServerFrame::Removed(Removed { messages, chat_id: Some(*chat_id), ..removed })
        }
        Change::ChatsRemoved { chats } => ServerFrame::Removed(Removed { chats, ..removed }),
        Change::Unknown => return None,
    };
    Some(frame.encode())
}

/// Renders a change that was missed. What is unread is what is unread now.
#[must_use]
pub(super) fn render_missed(missed: &Missed, unread: Unread) -> String {
    let (changed, removed) = (|version| changed_at(version, unread), |version| removed_at(version, unread));
    let frame = match missed {
        Missed::New(view) => return notification(view, view.version, unread),
        Missed::Changed { view, .. } => return notification_changed(view, changed(view.version)),
        Missed::Message { view, version, new: true, .. } => return message(view, *version, unread),
        Missed::Message { view, version, .. } => return message_changed(view, changed(*version)),
        Missed::Removed { id, version } => {
            return ServerFrame::Removed(Removed { notifications: &[*id], ..removed(*version) }).encode();
        }
        Missed::MessageRemoved { chat_id, id, version } => {
            let (messages, chat_id) = (&[*id][..], Some(*chat_id));
            return ServerFrame::Removed(Removed { messages, chat_id, ..removed(*version) }).encode();
        }
        Missed::ChatRemoved { id, version } => {
            return ServerFrame::Removed(Removed { chats: &[*id], ..removed(*version) }).encode();
        }
        Missed::ReadThrough { mark, version } => {
            ServerFrame::Changed(Changed { mark: Some((*mark).into()), ..changed(*version) })
        }
    };
    frame.encode()
}

fn changed_at<'a>(version: i64, unread: Unread) -> Changed<'a> {
    Changed { version, unread, ..Changed::default() }
}

fn removed_at<'a>(version: i64, unread: Unread) -> Removed<'a> {
    Removed { version, unread, ..Removed::default() }
}

fn notification(view: &NotificationView, version: i64, unread: Unread) -> String {
    let notification = &NotificationBody::from(view.clone());
    ServerFrame::Notification { version, unread, notification }.encode()
}

/// A notification that has changed, whole.
fn notification_changed(view: &NotificationView, changed: Changed<'_>) -> String {
    let body = NotificationBody::from(view.clone());
    let (notifications, notification) = (&[view.id][..], Some(&body));
    ServerFrame::Changed(Changed { notifications, read_at: view.read_at, notification, ..changed }).encode()
}

fn message(view: &MessageView, version: i64, unread: Unread) -> String {
    ServerFrame::Message { version, unread, message: &MessageBody::from(view) }.encode()
}

fn message_changed(view: &MessageView, changed: Changed<'_>) -> String {
    ServerFrame::Changed(Changed { message: Some(&MessageBody::from(view)), ..changed }).encode()
}
