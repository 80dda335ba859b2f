//! The AsyncAPI 3.0 document of v1's gateway. Frames and their fields come from the gateway's own types; here is what
//! types do not say: how a socket is opened, what answers what, examples.

use serde_json::{Map, Value, json};

use super::examples;
use super::frames::{self, Frame, Side};
use crate::gateway::CloseReason;

/// What each of the client's frames is answered with. What is not here is not answered, unless it fails.
const ANSWERS: [(&str, &[&str]); 5] = [
    ("resume", &["resumed", "reset"]),
    ("send", &["sent", "error"]),
    ("typing", &["error"]),
    ("read", &["read", "error"]),
    ("ping", &["pong"]),
];

/// The document.
#[must_use]
pub fn document() -> Value {
    let (said, told) = (frames::of_clients(), frames::of_the_server());
    let mut messages = Map::new();
    let mut operations = Map::new();
    for frame in &told {
        messages.insert(key(frame.side, &frame.name), message(frame));
    }
    let tellings: Vec<Value> = told.iter().map(|frame| reference(frame.side, &frame.name)).collect();
    operations.insert(
        "tell".to_owned(),
        json!({
            "action": "send",
            "channel": {"$ref": "#/channels/gateway"},
            "summary": "What the server says.",
            "messages": tellings,
        }),
    );
    for frame in &said {
        messages.insert(key(frame.side, &frame.name), message(frame));
        operations.insert(frame.name.clone(), heard(frame));
    }
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kith's gateway",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kith": {
                "host": "127.0.0.1:8000",
                "protocol": "ws",
                "description": "Where `api serve` listens by default; `wss` behind a proxy that ends TLS.",
                "security": [
                    {"$ref": "#/components/securitySchemes/access_token"},
                    {"$ref": "#/components/securitySchemes/subprotocol"},
                    {"$ref": "#/components/securitySchemes/ticket"},
                ],
            },
        },
        "channels": {
            "gateway": {
                "address": "/api/v1/ws",
                "title": "The gateway",
                "description": "One socket of one account: JSON text frames of at most 64 KiB, each with a `type`.",
                "servers": [{"$ref": "#/servers/kith"}],
                "messages": messages,
                "bindings": {
                    "ws": {
                        "method": "GET",
                        "query": {
                            "type": "object",
                            "properties": {
                                "ticket": {"type": "string", "description": "A ticket of `POST /api/v1/ws/tickets`."},
                            },
                        },
                        "bindingVersion": "0.1.0",
                    },
                },
                "x-close-codes": close_codes(),
            },
        },
        "operations": operations,
        "components": {
            "schemas": frames::shapes(),
            "securitySchemes": {
                "access_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "`Authorization: Bearer TOKEN`, an access token of v1.",
                },
                "subprotocol": {
                    "type": "httpApiKey",
                    "in": "header",
                    "name": "Sec-WebSocket-Protocol",
                    "description": "`bearer, TOKEN`: the two subprotocols that a browser offers; `bearer` is chosen.",
                },
                "ticket": {
                    "type": "httpApiKey",
                    "in": "query",
                    "name": "ticket",
                    "description": "A ticket of `POST /api/v1/ws/tickets`, good once, within 30 s.",
                },
            },
        },
    })
}

const ABOUT: &str = "A socket tells one account, in the order of its inbox's versions, what happens to it.\n\nA client \
    keeps the highest `version` that it has seen. Cut off, it opens another socket, with growing pauses, and sends \
    `resume` with that version: it gets what it missed, then `resumed`, and goes on live. Nothing is told before the \
    first `resume`, or 2 s. Each frame of a client may bear a `ref`, a text of at most 64 bytes, which the answer \
    repeats. Ids are integers; text that holds one is taken too.\n\nThe sockets of the dialects are described with \
    their operations, in the OpenAPI document.";

fn key(side: Side, name: &str) -> String {
    format!("{}.{name}", side.word())
}

/// A reference to a message of the channel.
fn reference(side: Side, name: &str) -> Value {
    json!({"$ref": format!("#/channels/gateway/messages/{}", key(side, name))})
}

/// What a client's frame asks for, and what answers it.
fn heard(frame: &Frame) -> Value {
    let mut operation = json!({
        "action": "receive",
        "channel": {"$ref": "#/channels/gateway"},
        "summary": frame.about.split(". ").next().map_or_else(String::new, |text| text.trim_end_matches('.').to_owned() + "."),
        "messages": [reference(frame.side, &frame.name)],
    });
    let answers = ANSWERS.iter().find(|(name, _)| *name == frame.name).map(|(_, answers)| *answers);
    if let Some(answers) = answers {
        let messages: Vec<Value> = answers.iter().map(|name| reference(Side::Server, name)).collect();
        operation["reply"] = json!({"channel": {"$ref": "#/channels/gateway"}, "messages": messages});
    }
    operation
}

fn message(frame: &Frame) -> Value {
    json!({
        "name": frame.name,
        "title": frame.name,
        "contentType": "application/json",
        "description": frame.about,
        "payload": frame.schema,
        "examples": examples::of(frame.side, &frame.name),
    })
}

fn close_codes() -> Vec<Value> {
    let describe = |reason: CloseReason| {
        let (code, reason_text) = reason.code();
        json!({"code": code, "reason": reason_text, "description": reason.when()})
    };
    CloseReason::ALL.iter().copied().map(describe).collect()
}
