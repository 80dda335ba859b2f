//! `/healthz` says that the process lives, `/readyz` that its database answers.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use shared::Core;

/// The two pages.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Core>: FromRef<S>,
{
    Router::new().route("/healthz", get(async || Json(json!({"status": "ok"})))).route("/readyz", get(ready))
}

/// Asks the database alone: without Redis the API still serves, and says that it is degraded.
async fn ready(State(core): State<Arc<Core>>) -> (StatusCode, Json<Value>) {
    let (status, database) = match core.database.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let redis = match core.ports.redis_answers().await {
        None => "none",
        Some(true) => "ok",
        Some(false) => "degraded",
    };
    (status, Json(json!({"database": database, "redis": redis})))
}
