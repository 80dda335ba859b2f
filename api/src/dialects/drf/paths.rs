//! Paths: with and without the trailing slash, without a redirect.

use axum::Router;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::routing::MethodRouter;

use super::DrfError;
use crate::App;

/// Adds a dialect's paths to a router.
pub trait Paths {
    /// Serves `path`, which ends without a slash, with and without one. Other methods are answered
    /// with 405.
    #[must_use]
    fn path(self, path: &str, methods: MethodRouter<App>) -> Self;
}

impl Paths for Router<App> {
    fn path(self, path: &str, methods: MethodRouter<App>) -> Self {
        let methods = methods.fallback(method_not_allowed);
        self.route(path, methods.clone()).route(&format!("{path}/"), methods)
    }
}

async fn method_not_allowed(method: Method) -> DrfError {
    DrfError::detail(StatusCode::METHOD_NOT_ALLOWED, format!("Method \"{method}\" not allowed."))
}

/// The id in a path. What is no id names nothing, and is answered with 404.
#[derive(Debug, Clone, Copy)]
pub struct DrfId(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for DrfId {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DrfError> {
        let path = Path::<i64>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| DrfError::not_found())
    }
}
