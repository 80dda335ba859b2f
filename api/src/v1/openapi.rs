//! The OpenAPI 3.1 document: generated from the handlers, completed with what holds for all of them.

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi, Ref, RefOr};

/// The name under which operations ask for an access token.
const BEARER: &str = "access_token";

/// A problem that follows from an operation's kind: its status, code and meaning.
type Expected = (&'static str, &'static str, &'static str);

/// Of every operation that asks for a token.
const WITH_TOKEN: [Expected; 2] =
    [("401", "not_authenticated", "no token"), ("401", "invalid_token", "a token that is not valid, or no longer")];
/// Of every change by an account.
const CHANGING: [Expected; 1] = [("429", "too_many", "too often; `Retry-After` says when")];
/// Of every operation with a body.
const WITH_BODY: [Expected; 4] = [
    ("400", "malformed", "the body is not JSON"),
    ("413", "too_large", "the body has more than 1 MiB"),
    ("415", "not_json", "the body is of another type"),
    ("422", "invalid", "some input does not fit; `errors` names it"),
];
/// Of every operation with query parameters.
const WITH_QUERY: [Expected; 1] = [("422", "invalid", "some input does not fit; `errors` names it")];
/// Of every operation that names a thing.
const WITH_PATH: [Expected; 1] = [("404", "not_found", "there is no such thing, or not for the caller to see")];
/// Of all.
const ALWAYS: [Expected; 1] = [("503", "busy", "too much to do; `Retry-After` says when")];

/// Adds what the handlers do not say.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Kith")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Accounts, connections, chats, notifications and listings. Errors are RFC 9457 problems with a stable `code`. Lists are \
             `{items, next}`, newest first. Times are RFC 3339 in UTC. Ids are integers; a string that holds one is \
             taken too.",
        ))
        .license(Some(License::new("MIT OR Apache-2.0")))
        .build();
    let components = document.components.get_or_insert_with(Components::new);
    let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
    for item in document.paths.paths.values_mut() {
        let PathItem { get, put, post, delete, patch, .. } = item;
        for operation in get.iter_mut() {
            expect(operation, false);
        }
        for operation in [put, post, delete, patch].into_iter().flatten() {
            expect(operation, true);
        }
    }
    document
}

/// Adds the problems of the operation's kind.
fn expect(operation: &mut Operation, changes: bool) {
    let places: Vec<bool> = [ParameterIn::Path, ParameterIn::Query]
        .into_iter()
        .map(|place| {
            let parameters = operation.parameters.iter().flatten();
            parameters
                .filter_map(|one| if let RefOr::T(one) = one { Some(one) } else { None })
                .any(|one| one.parameter_in == place)
        })
        .collect();
    let security = operation.security.as_deref().unwrap_or_default();
    // Where anybody may look, a token is not needed, but one that is sent has to be valid.
    let optional = security.contains(&SecurityRequirement::default());
    let token = !security.is_empty() && !optional;
    let kinds: [(bool, &[Expected]); 7] = [
        (token, &WITH_TOKEN),
        (optional, &WITH_TOKEN[1..]),
        (token && changes, &CHANGING),
        (operation.request_body.as_ref().is_some_and(is_json), &WITH_BODY),
        (places[1], &WITH_QUERY),
        (places[0], &WITH_PATH),
        (true, &ALWAYS),
    ];
    for (status, code, meaning) in kinds.into_iter().filter(|(holds, _)| *holds).flat_map(|(_, expected)| expected) {
        add(operation, status, &format!("`{code}`"), meaning);
    }
}

/// Whether a body is JSON; a picture's problems are its operation's own.
fn is_json(body: &RefOr<RequestBody>) -> bool {
    if let RefOr::T(body) = body { body.content.contains_key("application/json") } else { true }
}

fn add(operation: &mut Operation, status: &str, code: &str, meaning: &str) {
    let text = format!("{code}: {meaning}");
    match operation.responses.responses.get_mut(status) {
        Some(RefOr::T(response)) if !response.description.contains(code) => {
            response.description = format!("{}; {text}", response.description);
        }
        Some(_) => {}
        None => {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemBody"))).build();
            let response =
                ResponseBuilder::new().description(text).content("application/problem+json", content).build();
            operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
        }
    }
}
