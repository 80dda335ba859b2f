//! The OpenAPI 3.1 document: generated from the handlers, completed with what holds for all of them.

use utoipa::Modify;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi};

/// The name under which operations ask for an access token.
pub(super) const BEARER: &str = "access_token";

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
    }
}

/// Adds what the handlers do not say.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Kith")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Accounts, connections and notifications. Errors are RFC 9457 problems with a stable `code`. Lists are \
             `{items, next}`, newest first. Times are RFC 3339 in UTC. Ids are integers; a string that holds one is \
             taken too. A 429 or 503 comes with `Retry-After`.",
        ))
        .license(Some(License::new("MIT OR Apache-2.0")))
        .build();
    Security.modify(&mut document);
    document
}
