//! `connectin`: accounts, search, connection requests, notifications and a socket. See its README.

mod accounts;
mod connections;
mod notifications;
mod person;
mod socket;

use axum::Router;
use axum::routing::{delete, get, post};
use utoipa_axum::router::OpenApiRouter;

use super::drf::PlainPaths;
use crate::App;

/// What it is, for whoever reads the documents.
pub(super) const ABOUT: &str = "";

/// Every operation.
pub(super) fn operations() -> OpenApiRouter<App> {
    routes().into()
}

/// The routes. `/api/token/refresh/` is a shared path.
fn routes() -> Router<App> {
    Router::new()
        .path("/api/user/register", post(accounts::register))
        .path("/api/user/login", post(accounts::sign_in))
        .path("/api/user/search", get(accounts::search))
        .path("/api/connection/send", post(connections::send))
        .path("/api/connection/decide", post(connections::decide))
        .path("/api/connection/accepted", get(connections::accepted))
        .path("/api/connection/requests", get(connections::received))
        .path("/api/connection/sent-requests", get(connections::sent))
        .path("/api/notification", get(notifications::list))
        .path("/api/notification/create", post(notifications::create))
        .path("/api/notification/{id}", delete(notifications::remove).put(notifications::edit))
        .path("/ws/notifs", get(socket::open))
}
