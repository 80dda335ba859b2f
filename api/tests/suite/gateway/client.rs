//! A client as a frontend should be: it keeps what it is told, and resumes after the last version
//! that it saw.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::world::Person;

/// What a client knows.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// The last version that it saw.
    pub(super) version: i64,
    /// The versions of the changes it was told, in the order of telling.
    pub(super) told: Vec<i64>,
    /// The ids it knows, and whether they are read.
    items: BTreeMap<i64, bool>,
    /// What is unread, as it was told last.
    unread: Value,
}

impl Client {
    /// Takes a frame in. Fails when the frame tells anything twice or out of order, or changes a
    /// notification of which this client can't know more than its number.
    pub(super) fn hear(&mut self, frame: &Value) {
        if let Some(unread) = frame.get("unread") {
            self.unread = unread.clone();
        }
        let kind = frame["type"].as_str().expect("a type");
        if kind == "hello" {
            return; // tells of the inbox, not of what this client has
        }
        let version = frame["version"].as_i64().expect("a version");
        if kind == "resumed" {
            assert!(version >= self.version, "after {}: {frame:#}", self.version);
            self.version = version;
            return;
        }
        assert!(version > self.version, "told {version} after {}: {frame:#}", self.version);
        self.version = version;
        self.told.push(version);
        if let Some(id) = frame["notification"]["id"].as_i64() {
            self.items.insert(id, !frame["notification"]["read_at"].is_null());
        }
        match kind {
            "notification" => assert!(frame["notification"]["id"].is_i64(), "{frame:#}"),
            "changed" => {
                for id in ids(frame) {
                    let read = self.items.get_mut(&id).unwrap_or_else(|| panic!("changed, but not known: {frame:#}"));
                    *read = !frame["read_at"].is_null();
                }
            }
            // Whoever was cut off within what it missed may hear of the end of what it never knew.
            "removed" => {
                for id in ids(frame) {
                    self.items.remove(&id);
                }
            }
            _ => panic!("not a change: {frame:#}"),
        }
    }

    /// Takes frames in.
    pub(super) fn hear_all(&mut self, frames: &[Value]) {
        for frame in frames {
            self.hear(frame);
        }
    }

    /// That it knows what the API lists, and no more.
    pub(super) async fn expect_inbox_of(&self, person: &Person) {
        let (mut listed, mut cursor) = (BTreeMap::new(), String::new());
        loop {
            let page = person.get(&format!("/api/v1/notifications?limit=100{cursor}")).await.expect(200);
            for item in page["items"].as_array().expect("items") {
                listed.insert(item["id"].as_i64().expect("an id"), !item["read_at"].is_null());
            }
            assert_eq!(page["version"], self.version, "the inbox's version");
            assert_eq!(page["unread"], self.unread, "what is unread");
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(self.items, listed, "what the client knows, and what is listed");
        let unread = i64::try_from(listed.values().filter(|read| !**read).count()).expect("a count");
        assert_eq!(self.unread["notifications"], unread, "the badge, and what is listed as unread");
    }
}

fn ids(frame: &Value) -> Vec<i64> {
    let ids = frame["notifications"].as_array().expect("ids");
    ids.iter().map(|id| id.as_i64().expect("an id")).collect()
}
