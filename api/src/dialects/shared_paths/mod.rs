//! Registration, signing in and refreshing, under the paths that `connectin`, `connections_notifications`
//! and `chat_app` all name; and the account as these operations show it.

mod cookie;
mod refresh;
mod register;
mod sign_in;
mod user;

use axum::Router;
use axum::routing::post;

use super::drf::Paths;
use crate::App;

pub use cookie::session_cookie;
pub use sign_in::{credentials, named_as_username};
pub use user::{UserBody, details, named_as_contact};

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .path("/api/register", post(register::register))
        .path("/api/login", post(sign_in::sign_in))
        .path("/api/token/refresh", post(refresh::refresh))
}
