//! The documented legacy wire contracts, a folder each. A dialect translates to and from core
//! services; it never calls `v1` or another dialect.
//!
//! [`drf`] are the manners that they share, those of Django REST Framework; [`shared_paths`] are the
//! operations that more than one of the documents names under the same path; [`phrases`] are what
//! notifications say.

pub mod chat_app;
pub mod connectin;
pub mod connections_notifications;
pub mod drf;
pub mod karoo;
pub mod phrases;
pub mod shared_paths;
pub mod silicornya;

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa::openapi::tag::TagBuilder;
use utoipa_axum::router::OpenApiRouter;

use crate::App;

/// A dialect.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// Its name, and the tag of its operations.
    pub name: &'static str,
    /// What it is, and how one signs in, for whoever reads the documents.
    pub about: &'static str,
    operations: fn() -> OpenApiRouter<App>,
}

impl Dialect {
    /// The OpenAPI document of its operations alone, as its handlers describe them.
    #[must_use]
    pub fn document(&self) -> OpenApi {
        (self.operations)().into_openapi()
    }
}

/// All of them.
pub const DIALECTS: [Dialect; 6] = [
    Dialect { name: "shared_paths", about: shared_paths::ABOUT, operations: shared_paths::operations },
    Dialect { name: "chat_app", about: chat_app::ABOUT, operations: chat_app::operations },
    Dialect { name: "connectin", about: connectin::ABOUT, operations: connectin::operations },
    Dialect {
        name: "connections_notifications",
        about: connections_notifications::ABOUT,
        operations: connections_notifications::operations,
    },
    Dialect { name: "karoo", about: karoo::ABOUT, operations: karoo::operations },
    Dialect { name: "silicornya", about: silicornya::ABOUT, operations: silicornya::operations },
];

/// Every operation of every dialect, with its description.
fn operations() -> OpenApiRouter<App> {
    DIALECTS.iter().fold(OpenApiRouter::new(), |all, dialect| all.merge((dialect.operations)()))
}

/// Every route of every dialect.
pub fn routes() -> Router<App> {
    operations().split_for_parts().0
}

/// The OpenAPI document of every dialect, a tag each.
#[must_use]
pub fn document() -> OpenApi {
    let mut document = operations().into_openapi();
    let tags = DIALECTS.iter().map(|dialect| TagBuilder::new().name(dialect.name).description(Some(dialect.about)));
    document.tags = Some(tags.map(TagBuilder::build).collect());
    drf::complete(&mut document);
    document
}
