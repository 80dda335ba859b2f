//! `/support/…`: reports of listings, messages to people by their email, and cases, which staff answer through v1.

mod cases;
mod messages;
mod spam;

use axum::Router;
use axum::routing::{get, post};

use crate::App;
use crate::dialects::drf::PlainPaths;

/// The routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .path("/support/spam_report", post(spam::report))
        .path("/support/send_message", post(messages::send))
        .path("/support/chatroom/{recipient_email}", get(messages::list))
        .path("/support/cases", get(cases::kinds))
        .path("/support/cases/{id}/chats", get(cases::list).post(cases::open))
        .path("/support/cases/chat/{id}/messages", get(cases::messages))
        .path("/support/cases/chat/create_message", post(cases::write))
}
