//! `api docs`: the documents of the API, for whatever reads them: generators, validators, people.

use clap::ValueEnum;

use super::{Failure, print};

/// A document.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Document {
    /// OpenAPI: v1 and all dialects.
    Openapi,
    /// OpenAPI: v1 alone.
    V1,
    /// AsyncAPI: the gateway.
    Asyncapi,
}

/// Prints a document, as JSON.
pub(super) fn print_document(document: Document) -> Result<(), Failure> {
    let text = match document {
        Document::Openapi => crate::docs::openapi().to_pretty_json()?,
        Document::V1 => crate::v1::document().to_pretty_json()?,
        Document::Asyncapi => serde_json::to_string_pretty(&crate::docs::asyncapi())?,
    };
    print(&format!("{text}\n"))
}
