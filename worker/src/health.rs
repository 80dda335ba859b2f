//! What an operator's machines ask the worker: `/healthz` says that the process lives, `/readyz` that its database
//! answers, `/metrics` what it counts.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};
use shared::Core;
use shared::metrics::CONTENT_TYPE;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves the pages until `stop`.
///
/// # Errors
/// The listener fails.
pub async fn serve(core: Core, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
    let router = Router::new()
        .route("/healthz", get(async || Json(json!({"status": "ok"}))))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(core);
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn metrics(State(core): State<Core>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], core.scrape().await)
}

async fn ready(State(core): State<Core>) -> (StatusCode, Json<Value>) {
    let (status, body) = match core.database.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let redis = match core.ports.redis_answers().await {
        None => "none",
        Some(true) => "ok",
        Some(false) => "degraded",
    };
    (status, Json(json!({"database": body, "redis": redis})))
}
