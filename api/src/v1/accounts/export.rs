//! Everything that is kept of one's own account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::chats::WholeChat;
use shared::contact::ContactMessage;
use utoipa::ToSchema;

use super::AccountBody;
use super::preferences::PreferencesBody;
use crate::App;
use crate::http::{Authenticated, Problem};
use crate::v1::blocks::BlockBody;
use crate::v1::cases::WholeCaseBody;
use crate::v1::chats::{MarkBody, MessageBody};
use crate::v1::connection_requests::RequestBody;
use crate::v1::connections::ConnectionBody;
use crate::v1::listings::{ListingBody, ReviewBody, SavedBody};
use crate::v1::notifications::NotificationBody;
use crate::v1::people::PersonBody;
use crate::v1::places::AddressBody;
use crate::v1::reports::ReportBody;
use crate::v1::sessions::SessionBody;
use crate::v1::suggestions::DismissedBody;

/// A chat, and what both said in it.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeChatBody {
    /// Its number.
    id: i64,
    /// The other one.
    user: PersonBody,
    /// How far one has read.
    own_mark: MarkBody,
    /// How far the other has.
    their_mark: MarkBody,
    /// When it was opened.
    created_at: DateTime<Utc>,
    /// Its messages, oldest first.
    messages: Vec<MessageBody>,
}

impl From<WholeChat> for WholeChatBody {
    fn from(WholeChat { chat, messages }: WholeChat) -> Self {
        Self {
            id: chat.id,
            user: chat.person.into(),
            own_mark: chat.own_mark.into(),
            their_mark: chat.their_mark.into(),
            created_at: chat.created_at,
            messages: messages.iter().map(MessageBody::from).collect(),
        }
    }
}

/// A message to whoever runs this Kith.
#[derive(Serialize, ToSchema)]
pub(super) struct ContactMessageBody {
    /// Its number.
    id: i64,
    /// Which conversation it belongs to.
    room: String,
    /// What it says.
    message: String,
    /// When it came.
    created_at: DateTime<Utc>,
}

impl From<ContactMessage> for ContactMessageBody {
    fn from(message: ContactMessage) -> Self {
        let ContactMessage { id, room, message, created_at, .. } = message;
        Self { id, room, message, created_at }
    }
}

/// Everything that is kept of an account.
#[derive(Serialize, ToSchema)]
pub(super) struct ExportBody {
    /// The account itself.
    account: AccountBody,
    /// What its owner has chosen.
    preferences: PreferencesBody,
    /// Its live sessions, newest first.
    sessions: Vec<SessionBody>,
    /// Its addresses, oldest first.
    addresses: Vec<AddressBody>,
    /// Its connections, newest first.
    connections: Vec<ConnectionBody>,
    /// The requests that it sent or was sent, newest first.
    connection_requests: Vec<RequestBody>,
    /// Whom it blocks, newest first.
    blocks: Vec<BlockBody>,
    /// Who is not suggested to it again, newest account first.
    dismissed_suggestions: Vec<DismissedBody>,
    /// Its inbox, newest first.
    notifications: Vec<NotificationBody>,
    /// Its chats in which something was said, the newest message first. One with somebody in a block with it is as
    /// if it were not there.
    chats: Vec<WholeChatBody>,
    /// What it wrote to whoever runs this Kith, newest first.
    contact_messages: Vec<ContactMessageBody>,
    /// What it offers, oldest first.
    listings: Vec<ListingBody>,
    /// What it wrote of others' listings, newest first.
    reviews: Vec<ReviewBody>,
    /// The listings that it keeps, the last saved first.
    saved_listings: Vec<SavedBody>,
    /// Its cases, newest first, with what was said in each.
    cases: Vec<WholeCaseBody>,
    /// What it reported, newest first.
    reports: Vec<ReportBody>,
}

/// Everything that is kept of one's own account, as a file.
#[utoipa::path(
    get, path = "/api/v1/me/export", tag = "accounts", operation_id = "exportMe", security(("access_token" = [])),
    responses(
        (status = 200, description = "All of it", body = ExportBody),
    )
)]
pub(super) async fn export(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<([(HeaderName, &'static str); 1], Json<ExportBody>), Problem> {
    let export = app.core.exports.of(caller.account_id).await?;
    let body = ExportBody {
        account: export.account.into(),
        preferences: export.preferences.into(),
        sessions: export.sessions.into_iter().map(|one| SessionBody::new(one, caller.session_id)).collect(),
        addresses: export.addresses.into_iter().map(AddressBody::from).collect(),
        connections: export.connections.into_iter().map(|one| ConnectionBody::new(one, caller.account_id)).collect(),
        connection_requests: export.requests.into_iter().map(RequestBody::from).collect(),
        blocks: export.blocked.into_iter().map(BlockBody::from).collect(),
        dismissed_suggestions: export.dismissed.into_iter().map(DismissedBody::from).collect(),
        notifications: export.notifications.into_iter().map(NotificationBody::from).collect(),
        chats: export.chats.into_iter().map(WholeChatBody::from).collect(),
        contact_messages: export.contact_messages.into_iter().map(ContactMessageBody::from).collect(),
        listings: export.listings.into_iter().map(ListingBody::from).collect(),
        reviews: export.reviews.into_iter().map(ReviewBody::from).collect(),
        saved_listings: export.saved_listings.into_iter().map(SavedBody::from).collect(),
        cases: export.cases.into_iter().map(WholeCaseBody::from).collect(),
        reports: export.reports.into_iter().map(ReportBody::from).collect(),
    };
    Ok(([(header::CONTENT_DISPOSITION, "attachment; filename=\"kith.json\"")], Json(body)))
}
