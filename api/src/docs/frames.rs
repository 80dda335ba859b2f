//! The gateway's frames as JSON Schemas, taken from the Rust types that it reads and writes.

use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::gateway::{ClientFrame, ServerFrame};

/// Who says a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A client.
    Client,
    /// The server.
    Server,
}

impl Side {
    /// In the keys of the document.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// A frame.
#[derive(Debug)]
pub(super) struct Frame {
    /// Who says it.
    pub(super) side: Side,
    /// Its `type`.
    pub(super) name: String,
    /// What it says, in words.
    pub(super) about: String,
    /// Its JSON Schema.
    pub(super) schema: Value,
}

/// What a client says.
pub(super) fn of_clients() -> Vec<Frame> {
    // The gateway takes no field that it does not know.
    let frames = variants(Side::Client, &ClientFrame::schema());
    frames.into_iter().map(|frame| Frame { schema: closed(frame.schema), ..frame }).collect()
}

/// What the server says.
pub(super) fn of_the_server() -> Vec<Frame> {
    variants(Side::Server, &ServerFrame::schema())
}

/// The shapes within frames, by their names.
pub(super) fn shapes() -> Map<String, Value> {
    let mut found = Vec::new();
    ClientFrame::schemas(&mut found);
    ServerFrame::schemas(&mut found);
    let mut shapes: Vec<(String, Value)> = found.into_iter().map(|(name, schema)| (name, json!(schema))).collect();
    shapes.sort_by(|(one, _), (other, _)| one.cmp(other));
    shapes.into_iter().collect()
}

/// The variants of an enum that is told by its `type`.
fn variants(side: Side, schema: &RefOr<Schema>) -> Vec<Frame> {
    let schema = json!(schema);
    let variants = schema["oneOf"].as_array().cloned().unwrap_or_default();
    variants
        .into_iter()
        .map(|mut schema| {
            let name = name(&schema).unwrap_or_default().to_owned();
            let about = schema.as_object_mut().and_then(|fields| fields.remove("description"));
            Frame { side, name, about: about.and_then(|text| text.as_str().map(plain)).unwrap_or_default(), schema }
        })
        .collect()
}

/// The one word that `type` may be: of an object, or of the object that a struct is extended by.
fn name(schema: &Value) -> Option<&str> {
    let objects = schema["allOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    objects.iter().find_map(|object| object["properties"]["type"]["enum"][0].as_str())
}

/// A text of a comment, in one line a paragraph.
pub(super) fn plain(text: &str) -> String {
    text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

fn closed(mut schema: Value) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("additionalProperties".to_owned(), false.into());
    }
    schema
}
