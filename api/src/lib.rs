//! Kith's API: the canonical `/api/v1`, the WebSocket gateway, and the operator's commands. A
//! library, so that tests drive the real server.

pub mod cli;
pub mod dialects;
pub mod docs;
pub mod embedded;
pub mod gateway;
pub mod http;
mod media;
pub mod metrics;
mod pages;
pub mod server;
pub mod v1;

use std::sync::Arc;

use axum::extract::FromRef;
use gateway::Gateway;
use shared::Core;

/// What every handler is given.
#[derive(Debug, Clone)]
pub struct App {
    /// The core: shared, since every request and every socket has one of these.
    pub core: Arc<Core>,
    /// The gateway.
    pub gateway: Gateway,
}

impl FromRef<App> for Arc<Core> {
    fn from_ref(app: &App) -> Self {
        Self::clone(&app.core)
    }
}
