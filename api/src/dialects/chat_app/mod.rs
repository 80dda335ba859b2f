//! `chat_app`: who is online, suggested friends, chats, and a socket for messages. See its README.

mod online;
mod sign_out;
mod socket;
mod start;
mod suggested;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drf::Paths;
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "Chats, who is online, and suggested friends. Sign in by `POST /api/login/` (`shared_paths`); all operations ask for \
    `Authorization: Bearer` or `Token`. Messages go over the socket `/api/chat/send/` (token in the header, or `?token=`): send \
    `{\"message\": \"…\", \"receiver\": \"username\"}`; each message sent or got comes as `{\"id\", \"chat_id\", \"sender\", \
    \"receiver\", \"message\", \"timestamp\"}`, and what can't be sent as `{\"error\": {\"field\": [\"…\"]}}`.";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .serves(routes!(online::list))
        .serves(routes!(sign_out::sign_out))
        .serves(routes!(suggested::list))
        .serves(routes!(start::start))
        .serves(routes!(socket::open))
}
