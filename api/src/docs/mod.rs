//! The documentation of the API, from the code alone and offline: OpenAPI of v1 and of all dialects, AsyncAPI of the
//! gateway, a Postman collection, and pages that show them. No sign-in: it tells nothing of anybody.

mod asyncapi;
mod examples;
mod frames;
mod gateway_page;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use crate::http::{File, Problem};
use crate::{App, dialects, v1};

pub use asyncapi::document as asyncapi;

/// The OpenAPI document of v1 and of all dialects, a tag each.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut document = v1::document();
    document.merge(dialects::document());
    if let Some(about) = &mut document.info.description {
        about.push_str(
            "\n\nThe operations of `/api/v1` are sorted by domain. Behind them come the dialects: the documented \
             contracts of other backends, over the same accounts, for the frontends that were written for them.",
        );
    }
    document
}

/// The Postman collection, as `npm run generate` in `api/web/docs` makes it of the OpenAPI document.
const POSTMAN: &str = include_str!("../../docs/kith.postman_collection.json");

/// What the pages may load and reach: this server alone. Swagger UI sets styles on elements, and has pictures in its
/// style sheet; no script runs but the files'.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

static PAGE: LazyLock<File> = LazyLock::new(|| page(include_str!("../../web/docs/page/index.html")));
static STYLE: LazyLock<File> = LazyLock::new(|| File::style(include_str!("../../web/docs/page/docs.css")));
static SCRIPT: LazyLock<File> = LazyLock::new(|| File::script(include_str!("../../web/docs/page/docs.js")));
static GATEWAY: LazyLock<File> = LazyLock::new(|| page(gateway_page::render(&asyncapi())));
static OPENAPI: LazyLock<File> = LazyLock::new(|| {
    let text = openapi().to_json();
    File::json(text.unwrap_or_else(|error| unreachable!("a document of texts and numbers is JSON: {error}")))
});
static ASYNCAPI: LazyLock<File> = LazyLock::new(|| File::json(asyncapi().to_string()));
static COLLECTION: LazyLock<File> = LazyLock::new(|| File::json(POSTMAN));
static UI_STYLE: LazyLock<Option<File>> = LazyLock::new(|| swagger_ui("swagger-ui.css").map(File::style));
static UI_SCRIPT: LazyLock<Option<File>> = LazyLock::new(|| swagger_ui("swagger-ui-bundle.js").map(File::script));

fn page(text: impl Into<Bytes>) -> File {
    File::page(text).under(POLICY)
}

/// The routes.
pub(crate) fn routes() -> Router<App> {
    let file = |file: &'static LazyLock<File>| get(move |headers: HeaderMap| std::future::ready(file.answer(&headers)));
    Router::new()
        .route("/docs", file(&PAGE))
        .route("/docs/", file(&PAGE))
        .route("/docs/docs.css", file(&STYLE))
        .route("/docs/docs.js", file(&SCRIPT))
        .route("/docs/gateway", file(&GATEWAY))
        .route("/docs/openapi.json", file(&OPENAPI))
        .route("/docs/asyncapi.json", file(&ASYNCAPI))
        .route("/docs/postman.json", file(&COLLECTION))
        .route("/docs/swagger-ui/{name}", get(ui_file))
}

/// A file of Swagger UI. The page needs two; the rest of what it comes with is a page of its own.
async fn ui_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let file = match name.as_str() {
        "swagger-ui.css" => &*UI_STYLE,
        "swagger-ui-bundle.js" => &*UI_SCRIPT,
        _ => &None,
    };
    file.as_ref().map_or_else(|| Problem::not_found().into_response(), |file| file.answer(&headers))
}

fn swagger_ui(name: &str) -> Option<Bytes> {
    let file = utoipa_swagger_ui::serve(name, Arc::new(Config::default())).ok().flatten()?;
    Some(file.bytes.into_owned().into())
}
