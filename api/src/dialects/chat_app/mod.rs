//! `chat_app`: who is online. See its README.

mod online;

use axum::Router;
use axum::routing::get;

use super::drf::Paths;
use crate::App;

/// The routes. Registration, login and `/api/token/refresh/` are shared paths.
pub fn routes() -> Router<App> {
    Router::new().path("/api/online-users", get(online::list))
}
