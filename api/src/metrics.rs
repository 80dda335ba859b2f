//! What an operator's machines ask, on a listener of its own that people do not reach: metrics and health.

use std::io::ErrorKind;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use shared::Core;
use shared::config::ServerConfig;
use shared::metrics::CONTENT_TYPE;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::http::health_routes;

/// The listener that `config` names. The default may be taken, by one more API process on this machine: then there is
/// none, which is said.
///
/// # Errors
/// It can't be had, and is not merely a default that is taken.
pub async fn listen(config: &ServerConfig) -> Result<Option<TcpListener>, String> {
    let bind = config.metrics_bind.unwrap_or(ServerConfig::METRICS_BIND);
    match TcpListener::bind(bind).await {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if config.metrics_bind.is_none() && error.kind() == ErrorKind::AddrInUse => {
            tracing::warn!(%error, %bind, "no metrics are shown; KITH_METRICS_BIND names another place for them");
            Ok(None)
        }
        Err(error) => Err(format!("KITH_METRICS_BIND {bind}: {error}")),
    }
}

/// Serves `/metrics`, `/healthz` and `/readyz` until `stop`.
///
/// # Errors
/// The listener fails.
pub async fn serve(core: Arc<Core>, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
    let router = Router::new().route("/metrics", get(metrics)).merge(health_routes()).with_state(core);
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn metrics(State(core): State<Arc<Core>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], core.scrape().await)
}
