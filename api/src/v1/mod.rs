//! The canonical API, `/api/v1`: one folder or file a domain. A handler turns the wire into a
//! command, calls one service, and turns the result into the wire.

pub mod accounts;
pub mod admin;
pub mod blocks;
pub mod cases;
pub mod chats;
pub mod connection_requests;
pub mod connections;
pub mod listings;
pub mod notifications;
mod openapi;
pub mod people;
pub mod places;
pub mod presence;
pub mod reports;
pub mod sessions;
pub mod sockets;
pub mod suggestions;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

/// Every operation, with its description.
fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(accounts::operations())
        .merge(chats::operations())
        .merge(listings::operations())
        .merge(cases::operations())
        .merge(reports::operations())
        .merge(admin::operations())
        .routes(routes!(sessions::sign_in, sessions::list))
        .routes(routes!(sessions::refresh))
        .routes(routes!(sessions::revoke))
        .routes(routes!(sessions::revoke_current))
        .routes(routes!(sessions::revoke_others))
        .routes(routes!(places::provinces))
        .routes(routes!(places::cities))
        .routes(routes!(places::list, places::create))
        .routes(routes!(places::find, places::change, places::remove))
        .routes(routes!(people::search))
        .routes(routes!(people::find))
        .routes(routes!(connection_requests::send, connection_requests::list))
        .routes(routes!(connection_requests::find))
        .routes(routes!(connection_requests::accept))
        .routes(routes!(connection_requests::reject))
        .routes(routes!(connection_requests::cancel))
        .routes(routes!(connections::list))
        .routes(routes!(connections::remove))
        .routes(routes!(blocks::list))
        .routes(routes!(blocks::block, blocks::unblock))
        .routes(routes!(presence::list))
        .routes(routes!(suggestions::list))
        .routes(routes!(suggestions::dismiss))
        .routes(routes!(notifications::list))
        .routes(routes!(notifications::unread))
        .routes(routes!(notifications::read_through))
        .routes(routes!(notifications::find, notifications::remove))
        .routes(routes!(notifications::read_one))
        .routes(routes!(sockets::open))
        .routes(routes!(sockets::ticket))
}

/// The routes, and the document that describes them.
pub fn routes() -> Router<App> {
    let (router, document) = operations().split_for_parts();
    let document = Arc::new(openapi::complete(document));
    router.route("/api/v1/openapi.json", get(move || std::future::ready(axum::Json(Arc::clone(&document)))))
}

/// The OpenAPI document of every operation.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    openapi::complete(operations().split_for_parts().1)
}
