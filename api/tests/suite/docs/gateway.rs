//! The AsyncAPI document. That what sockets are sent is as it says, every test with a socket looks at.

use serde_json::{Value, json};

use crate::world::frames::{assert_frame, asyncapi, frame_faults};

fn messages() -> &'static serde_json::Map<String, Value> {
    asyncapi()["channels"]["gateway"]["messages"].as_object().expect("messages")
}

#[test]
fn every_frame_has_a_description_and_examples_that_fit() {
    assert!(messages().len() >= 18, "{}", messages().len());
    for (key, message) in messages() {
        let (side, name) = key.split_once('.').expect("who says it");
        assert!(message["description"].as_str().is_some_and(|text| text.len() > 10), "{key}");
        let examples = message["examples"].as_array().expect("examples");
        assert!(!examples.is_empty(), "{key} has no example");
        for example in examples {
            assert_eq!(example["payload"]["type"], name);
            assert_frame(side, &example["payload"]);
        }
    }
}

/// The examples of what a client says are frames for the gateway itself; what it does not know, the schemas do not
/// know either.
#[test]
fn the_gateway_reads_what_is_documented_and_no_more() {
    use api::gateway::ClientFrame;
    for (key, message) in messages().iter().filter(|(key, _)| key.starts_with("client.")) {
        for example in message["examples"].as_array().expect("examples") {
            let frame = &example["payload"];
            serde_json::from_value::<ClientFrame>(frame.clone()).unwrap_or_else(|error| panic!("{key}: {error}"));
            for field in message["payload"]["required"].as_array().expect("required") {
                let mut without = frame.clone();
                without.as_object_mut().expect("fields").remove(field.as_str().expect("a name"));
                assert!(serde_json::from_value::<ClientFrame>(without.clone()).is_err(), "{key} without {field}");
                assert!(!frame_faults("client", &without).is_empty(), "{key} without {field}");
            }
            let mut more = frame.clone();
            more["more"] = json!(1);
            assert!(serde_json::from_value::<ClientFrame>(more.clone()).is_err(), "{key} with more");
            assert!(!frame_faults("client", &more).is_empty(), "{key} with more");
        }
    }
}

/// A check that would let anything through would say nothing.
#[test]
fn a_frame_that_is_not_documented_does_not_fit() {
    let unread = json!({"notifications": 1, "messages": 0});
    for frame in [
        json!({"type": "unknown"}),
        json!({"type": "hello", "session": 1, "version": 41, "unread": unread}),
        json!({"type": "hello", "session": "1", "version": 41, "unread": unread, "heartbeat": 25}),
        json!({"type": "hello", "session": 1, "version": 41, "unread": {"notifications": 1}, "heartbeat": 25}),
        json!({"type": "hello", "session": 1, "version": 41, "unread": unread, "heartbeat": 25, "more": 1}),
        json!({"type": "changed", "version": 44, "unread": unread, "notifications": [2], "read_at": null, "more": 1}),
        json!({"type": "removed", "version": 44, "unread": unread, "notifications": ["2"]}),
    ] {
        assert!(!frame_faults("server", &frame).is_empty(), "{frame:#}");
    }
}

#[test]
fn every_close_code_is_documented() {
    let codes = asyncapi()["channels"]["gateway"]["x-close-codes"].as_array().expect("codes");
    let codes: Vec<u64> = codes.iter().filter_map(|code| code["code"].as_u64()).collect();
    assert_eq!(codes, [1009, 1011, 1012, 4400, 4401, 4408, 4429]);
}
