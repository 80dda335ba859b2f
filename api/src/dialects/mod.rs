//! The documented legacy wire contracts, a folder each. A dialect translates to and from core
//! services; it never calls `v1` or another dialect.
//!
//! [`drf`] are the manners that they share, those of Django REST Framework; [`shared_paths`] are the
//! operations that more than one of the documents names under the same path; [`phrases`] are what
//! notifications say.

pub mod chat_app;
pub mod connectin;
pub mod connections_notifications;
pub mod drf;
pub mod karoo;
pub mod phrases;
pub mod shared_paths;
pub mod silicornya;

use axum::Router;

use crate::App;

/// Every route of every dialect.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(shared_paths::routes())
        .merge(connectin::routes())
        .merge(connections_notifications::routes())
        .merge(chat_app::routes())
        .merge(karoo::routes())
        .merge(silicornya::routes())
}
