//! Examples of the gateway's frames, for whoever reads the documents. A test holds them against the schemas.

use serde_json::{Value, json};

/// Those of what a client says, by `type`.
fn said(name: &str) -> Vec<Value> {
    match name {
        "resume" => vec![json!({"type": "resume", "after": 41})],
        "send" => vec![json!({"type": "send", "chat_id": 1, "text": "Hello, Bob", "client_id": "1f0c", "ref": "a"})],
        "read" => vec![json!({"type": "read", "through": 41}), json!({"type": "read", "through": 7, "chat_id": 1})],
        "typing" => vec![json!({"type": "typing", "chat_id": 1})],
        "ping" => vec![json!({"type": "ping", "ref": "b"})],
        _ => Vec::new(),
    }
}

/// Those of what the server says.
fn told(name: &str) -> Vec<Value> {
    let unread = json!({"notifications": 1, "messages": 0});
    let message = json!({
        "id": 7, "chat_id": 1, "sender_id": 1, "receiver_id": 2, "text": "Hello, Bob", "client_id": "1f0c",
        "created_at": "2026-01-02T03:04:05Z", "edited_at": null,
    });
    let edited = json!({
        "id": 7, "chat_id": 1, "sender_id": 1, "receiver_id": 2, "text": "Hello, Bob!", "client_id": "1f0c",
        "created_at": "2026-01-02T03:04:05Z", "edited_at": "2026-01-02T03:05:00Z",
    });
    let notification = json!({
        "id": 2, "version": 42, "kind": "accepted", "actor": {"id": 2, "username": "bob", "full_name": "Bob Ross", "avatar": null},
        "request_id": 1, "subject_id": null, "body": null, "created_at": "2026-01-02T03:04:05Z", "read_at": null,
    });
    match name {
        "hello" => vec![json!({"type": "hello", "session": 1, "version": 41, "unread": unread, "heartbeat": 25})],
        "notification" => {
            vec![json!({"type": "notification", "version": 42, "unread": unread, "notification": notification})]
        }
        "message" => vec![json!({"type": "message", "version": 43, "unread": unread, "message": message})],
        "changed" => vec![
            json!({"type": "changed", "version": 44, "unread": unread, "notifications": [2], "read_at": "2026-01-02T03:04:09Z"}),
            json!({"type": "changed", "version": 45, "unread": unread, "notifications": [], "read_at": null, "message": edited}),
            json!({
                "type": "changed", "version": 46, "unread": unread, "notifications": [], "read_at": null,
                "mark": {"chat_id": 1, "account_id": 2, "through": 7, "read_at": "2026-01-02T03:06:00Z"},
            }),
        ],
        "removed" => vec![
            json!({"type": "removed", "version": 47, "unread": unread, "notifications": [2]}),
            json!({"type": "removed", "version": 48, "unread": unread, "notifications": [], "messages": [7], "chat_id": 1}),
            json!({"type": "removed", "version": 49, "unread": unread, "notifications": [], "chats": [1]}),
        ],
        "typing" => vec![json!({"type": "typing", "chat_id": 1, "account_id": 2})],
        "resumed" => vec![json!({"type": "resumed", "count": 2, "more": false, "version": 43})],
        "reset" => vec![json!({"type": "reset", "version": 43, "unread": unread})],
        "sent" => vec![json!({"type": "sent", "message": message, "ref": "a"})],
        "read" => vec![json!({"type": "read", "count": 1, "unread": {"notifications": 0, "messages": 0}})],
        "presence" => {
            vec![json!({"type": "presence", "account_id": 2, "online": true, "last_seen": "2026-01-02T03:04:05Z"})]
        }
        "pong" => vec![json!({"type": "pong", "ref": "b"})],
        "error" => vec![
            json!({"type": "error", "code": "invalid", "errors": {"text": ["This field may not be blank."]}, "ref": "a"}),
            json!({"type": "error", "code": "too_many", "retry_after": 3}),
        ],
        _ => Vec::new(),
    }
}

/// The examples of a frame, as AsyncAPI has them.
pub(super) fn of(side: super::frames::Side, name: &str) -> Vec<Value> {
    let payloads = match side {
        super::frames::Side::Client => said(name),
        super::frames::Side::Server => told(name),
    };
    payloads.into_iter().map(|payload| json!({"payload": payload})).collect()
}
