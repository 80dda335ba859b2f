//! `/docs/gateway`: the AsyncAPI document as a page.

use askama::Template;
use serde_json::Value;

use super::frames::plain;

/// A frame, or a shape within frames.
struct Entry {
    name: String,
    about: Vec<String>,
    fields: Vec<Field>,
    answers: Vec<String>,
    examples: Vec<String>,
}

/// A field.
struct Field {
    name: String,
    /// What it holds.
    kind: String,
    /// The shape that has a description of its own.
    shape: Option<String>,
    required: bool,
    about: String,
}

/// Why a socket is closed.
struct CloseCode {
    code: String,
    about: String,
}

/// A way to authenticate.
struct Scheme {
    about: String,
}

#[derive(Template)]
#[template(path = "gateway.html")]
struct Page {
    about: Vec<String>,
    address: String,
    schemes: Vec<Scheme>,
    said: Vec<Entry>,
    told: Vec<Entry>,
    shapes: Vec<Entry>,
    codes: Vec<CloseCode>,
}

/// The page.
pub(super) fn render(document: &Value) -> String {
    let channel = &document["channels"]["gateway"];
    let of_side = |side: &str| {
        let messages = channel["messages"].as_object().into_iter().flatten();
        messages
            .filter(|(key, _)| key.starts_with(side))
            .map(|(_, message)| entry_of_message(document, message, side == "client."))
            .collect()
    };
    let shapes = document["components"]["schemas"].as_object().into_iter().flatten();
    let codes = channel["x-close-codes"].as_array().into_iter().flatten();
    let schemes = document["components"]["securitySchemes"].as_object().into_iter().flatten();
    let page = Page {
        about: paragraphs(text(&document["info"]["description"])),
        address: text(&channel["address"]).to_owned(),
        schemes: schemes.map(|(_, scheme)| Scheme { about: bare(text(&scheme["description"])) }).collect(),
        said: of_side("client."),
        told: of_side("server."),
        shapes: shapes.map(|(name, schema)| entry_of_shape(document, name, schema)).collect(),
        codes: codes
            .map(|code| CloseCode { code: code["code"].to_string(), about: bare(text(&code["description"])) })
            .collect(),
    };
    page.render().unwrap_or_else(|error| unreachable!("texts go into a text: {error}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Without the marks of code, which the page does not need.
fn bare(text: &str) -> String {
    plain(text).replace('`', "")
}

fn paragraphs(text: &str) -> Vec<String> {
    bare(text).split("\n\n").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn entry_of_message(document: &Value, message: &Value, said: bool) -> Entry {
    let name = text(&message["name"]);
    let answers = document["operations"][name]["reply"]["messages"].as_array().into_iter().flatten();
    let answers = answers.filter_map(|answer| text(&answer["$ref"]).rsplit_once("server."));
    let examples = message["examples"].as_array().into_iter().flatten();
    Entry {
        name: name.to_owned(),
        about: paragraphs(text(&message["description"])),
        fields: fields(document, &message["payload"]),
        answers: if said { answers.map(|(_, name)| name.to_owned()).collect() } else { Vec::new() },
        examples: examples.map(|example| example["payload"].to_string()).collect(),
    }
}

fn entry_of_shape(document: &Value, name: &str, schema: &Value) -> Entry {
    Entry {
        name: name.to_owned(),
        about: paragraphs(text(&schema["description"])),
        fields: fields(document, schema),
        answers: Vec::new(),
        examples: Vec::new(),
    }
}

/// The fields of an object, also where it is made of several.
fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(|part| fields(document, part)).collect();
    }
    if let Some(shape) = resolve(document, schema) {
        return fields(document, shape);
    }
    let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .filter(|(name, _)| *name != "type")
        .map(|(name, about)| Field {
            name: name.clone(),
            kind: kind(about),
            shape: shape_within(about),
            required: required.iter().any(|one| one == name),
            about: bare(text(&about["description"])),
        })
        .collect()
}

/// What a reference leads to.
fn resolve<'a>(document: &'a Value, schema: &Value) -> Option<&'a Value> {
    document.pointer(schema["$ref"].as_str()?.trim_start_matches('#'))
}

/// The name of the shape that a field holds, or that one of what it may hold is.
fn shape_within(schema: &Value) -> Option<String> {
    let direct = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    let within = |key: &str| schema[key].as_array().into_iter().flatten().find_map(shape_within);
    direct.or_else(|| within("oneOf")).or_else(|| within("allOf")).or_else(|| within("anyOf"))
}

/// What a field holds, in words.
fn kind(schema: &Value) -> String {
    if schema["$ref"].is_string() {
        return String::new();
    }
    if let Some(parts) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        let parts: Vec<String> = parts.iter().map(kind).filter(|kind| !kind.is_empty()).collect();
        return parts.join(" or ");
    }
    let simple = |name: &str| match (name, schema["format"].as_str()) {
        ("string", Some("date-time")) => "time".to_owned(),
        ("string", _) => "text".to_owned(),
        ("array", _) => match kind(&schema["items"]).as_str() {
            "" => "list".to_owned(),
            item => format!("list of {item}"),
        },
        ("object", _) => "object".to_owned(),
        (other, _) => other.to_owned(),
    };
    match &schema["type"] {
        Value::String(name) => simple(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(simple).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}
