//! The HTTP server: every surface behind one router, and an orderly stop.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use shared::Core;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::dialects::drf::DrfError;
use crate::gateway::Gateway;
use crate::http::{Problem, REQUEST_ID, counted, health_routes, logged};
use crate::{App, dialects, docs, media, pages, v1};

/// The largest body, in bytes.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;
/// How long requests in hand have to finish when the process stops.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// Every route of the API.
pub fn router(app: App) -> Router {
    let core = Arc::clone(&app.core);
    let (config, metrics) = (&core.config, core.metrics.clone());
    let origins: Vec<HeaderValue> =
        config.server.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, HeaderName::from_static("idempotency-key")])
        // Lets a page of an allowed origin on the same site (another port, another subdomain) keep the session
        // cookie, which opens a socket and nothing else. Browsers keep it from pages of other sites.
        .allow_credentials(true)
        .expose_headers([header::RETRY_AFTER, REQUEST_ID]);
    Router::new()
        .merge(v1::routes())
        .merge(dialects::routes())
        .merge(pages::routes(config))
        .merge(docs::routes())
        .merge(media::routes())
        .merge(health_routes())
        .fallback(not_found)
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This path does not take this method.")
        })
        .with_state(app)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(cors)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&core), logged))
        .layer(axum::middleware::from_fn_with_state(metrics, counted))
}

/// What the paths of dialects begin with.
const DIALECT_PREFIXES: [&str; 9] =
    ["/api/", "/users/", "/jobs/", "/categories/", "/support/", "/auth/", "/registration/", "/chats/", "/connection/"];

/// Nothing is under the path: said in the manners of whoever may have looked there.
async fn not_found(uri: Uri) -> Response {
    let path = uri.path();
    let of_v1 = path == "/api/v1" || path.starts_with("/api/v1/");
    let of_a_dialect = DIALECT_PREFIXES.iter().any(|prefix| path.starts_with(prefix)) && !of_v1;
    if of_a_dialect { DrfError::not_found().into_response() } else { Problem::not_found().into_response() }
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no text");
    tracing::error!(panic = text, "a handler panicked");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "Something failed here. It has been noted.")
        .into_response()
}

/// Serves until `stop`, and returns when what was in hand is done and every socket is closed. The
/// carrying of jobs and events goes on until then, and what they left is handed over.
///
/// # Errors
/// The listener fails.
pub async fn serve(core: Core, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
    let core = Arc::new(core);
    let gateway = Gateway::new(Arc::clone(&core));
    let carrying = CancellationToken::new();
    let carrier = tokio::spawn({
        let (core, carrying) = (Arc::clone(&core), carrying.clone());
        async move { core.run(carrying).await }
    });
    let relaying = tokio::spawn({
        let (gateway, stop) = (gateway.clone(), stop.clone());
        async move { Box::pin(gateway.run(stop)).await }
    });
    let service = router(App { core, gateway }).into_make_service_with_connect_info::<SocketAddr>();
    // Small answers leave at once; refused by a connection that is gone already.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let last = async {
        stop.cancelled().await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = last => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    };
    stop.cancel(); // also when the listener failed
    // Sockets first, then what carries their last changes away.
    report(relaying.await);
    carrying.cancel();
    report(carrier.await);
    served
}

fn report(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a part of the server ended early");
    }
}
