//! `/healthz` says that the process lives, `/readyz` that its database answers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::App;

/// The two pages.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(async || Json(json!({"status": "ok"})))).route("/readyz", get(ready))
}

/// Asks the database alone: without Redis the API still serves, and says that it is degraded.
async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let (status, database) = match app.core.database.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let redis = match app.core.ports.redis_answers().await {
        None => "none",
        Some(true) => "ok",
        Some(false) => "degraded",
    };
    (status, Json(json!({"database": database, "redis": redis})))
}
