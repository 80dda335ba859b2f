//! The OpenAPI 3.1 document: generated from the handlers, completed with what holds for all of them.

use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi, Server};

use crate::http::{Kind, add_answer, each_operation};

/// The name under which operations ask for an access token.
const BEARER: &str = "access_token";

/// The domains, in the order of the document.
const TAGS: [(&str, &str); 17] = [
    ("accounts", "Signing up, one's own account, its email and password, its avatar, its data and its end."),
    (
        "sessions",
        "Signing in and out. An access token lives 15 minutes; `sessions/refresh` trades a refresh token for the next pair.",
    ),
    ("users", "Finding people, and one of them."),
    ("connection requests", "Asking somebody to connect, accepting, rejecting, cancelling."),
    ("connections", "Whom one is connected with."),
    ("blocks", "Whom one does not want to meet; they do not meet one either."),
    ("suggestions", "Whom one may want to connect with."),
    ("presence", "Who of one's connections is there."),
    ("notifications", "The inbox: what happened, and what is unread."),
    ("chats", "Chats of two, and their messages."),
    ("gateway", "Sockets. Their frames are described at `/docs/gateway`."),
    ("places", "Provinces, cities, and one's own addresses."),
    ("listings", "What people offer, with pictures and timetables, and what one saved."),
    ("reviews", "What others say of a listing, and its answers."),
    ("cases", "Questions to the staff."),
    ("reports", "Telling the staff of what should not be there."),
    ("staff", "What staff alone do: reports, cases, accounts, lists, the audit log."),
];

/// What problems are written in.
const PROBLEM: (&str, &str) = ("application/problem+json", "ProblemBody");

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
    document.tags =
        Some(TAGS.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build()).into());
    document.servers = Some(vec![Server::new("/")]);
    let components = document.components.get_or_insert_with(Components::new);
    let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
    each_operation(&mut document, expect);
    document
}

/// Adds the problems of the operation's kind.
fn expect(operation: &mut Operation, kind: Kind) {
    // Where anybody may look, a token is not needed, but one that is sent has to be valid.
    let kinds: [(bool, &[Expected]); 7] = [
        (kind.token, &WITH_TOKEN),
        (kind.optional_token, &WITH_TOKEN[1..]),
        (kind.token && kind.changes, &CHANGING),
        (kind.json, &WITH_BODY),
        (kind.query, &WITH_QUERY),
        (kind.path, &WITH_PATH),
        (true, &ALWAYS),
    ];
    for (status, code, meaning) in kinds.into_iter().filter(|(holds, _)| *holds).flat_map(|(_, expected)| expected) {
        let mark = format!("`{code}`");
        add_answer(operation, status, &mark, &format!("{mark}: {meaning}"), PROBLEM);
    }
}
