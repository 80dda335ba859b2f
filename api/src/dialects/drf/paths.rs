//! Paths: with and without the trailing slash, without a redirect.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::DrfError;
use crate::App;

/// Adds a dialect's operations to its router: the one way in which they are served and described.
pub trait Paths {
    /// Serves the operations of one path, as `routes!` gathers them, with and without the slash that it ends with.
    /// Other methods are answered with 405.
    #[must_use]
    fn serves(self, operations: UtoipaMethodRouter<App>) -> Self;
}

impl Paths for OpenApiRouter<App> {
    fn serves(self, (schemas, paths, methods): UtoipaMethodRouter<App>) -> Self {
        let methods = methods.fallback(method_not_allowed);
        let bare = paths.paths.keys().fold(self, |router, path| {
            debug_assert!(path.ends_with('/'), "{path} is described with its slash");
            router.route(path.trim_end_matches('/'), methods.clone())
        });
        bare.routes((schemas, paths, methods))
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
