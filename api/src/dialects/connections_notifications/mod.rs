//! `connections_notifications`: profile, search, connection requests, connections, notifications and a
//! socket. See its README.

mod connections;
mod notifications;
mod people;
mod requests;
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

/// The routes. Registration, login and refresh are shared paths.
fn routes() -> Router<App> {
    Router::new()
        .path("/api/profile", get(people::profile).put(people::change).patch(people::change))
        .path("/api/search_users", get(people::search))
        .path("/api/connection_requests", get(requests::list).post(requests::send))
        .path("/api/connection_requests/{id}", get(requests::find))
        .path("/api/connection_requests/{id}/accept", post(requests::accept))
        .path("/api/connection_requests/{id}/reject", post(requests::reject))
        .path("/api/connections", get(connections::list))
        .path("/api/connections/{id}", delete(connections::remove))
        .path("/api/notifications", get(notifications::list).post(notifications::create))
        .path("/api/notifications/mark-all-read", post(notifications::mark_all_read))
        .path(
            "/api/notifications/{id}",
            get(notifications::find).patch(notifications::mark).delete(notifications::remove),
        )
        .path("/api/notifications/{id}/mark-read", post(notifications::mark_read))
        .path("/ws/notifications", get(socket::open))
}
