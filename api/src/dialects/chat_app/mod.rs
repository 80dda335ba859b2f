//! `chat_app`: who is online, suggested friends, chats, and a socket for messages. See its README.

mod online;
mod sign_out;
mod socket;
mod start;
mod suggested;

use axum::Router;
use axum::routing::{get, post};
use utoipa_axum::router::OpenApiRouter;

use super::drf::PlainPaths;
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    routes().into()
}

/// The routes. Registration, login and `/api/token/refresh/` are shared paths.
fn routes() -> Router<App> {
    Router::new()
        .path("/api/online-users", get(online::list))
        .path("/api/logout", post(sign_out::sign_out))
        .path("/api/suggested-friends/{id}", get(suggested::list))
        .path("/api/chat/start", post(start::start))
        .path("/api/chat/send", get(socket::open))
}
