//! `chat_app`: who is online, suggested friends, chats, and a socket for messages. See its README.

mod online;
mod sign_out;
mod socket;
mod start;
mod suggested;

use axum::Router;
use axum::routing::{get, post};

use super::drf::Paths;
use crate::App;

/// The routes. Registration, login and `/api/token/refresh/` are shared paths.
pub fn routes() -> Router<App> {
    Router::new()
        .path("/api/online-users", get(online::list))
        .path("/api/logout", post(sign_out::sign_out))
        .path("/api/suggested-friends/{id}", get(suggested::list))
        .path("/api/chat/start", post(start::start))
        .path("/api/chat/send", get(socket::open))
}
