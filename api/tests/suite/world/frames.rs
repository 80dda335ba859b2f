//! Whatever a socket of v1 is told in a test is what the AsyncAPI document says of that frame, with no field that the
//! document does not know.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

static ASYNCAPI: LazyLock<Value> = LazyLock::new(api::docs::asyncapi);
static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| Schemas::of(&ASYNCAPI));

/// The AsyncAPI document.
pub(crate) fn asyncapi() -> &'static Value {
    &ASYNCAPI
}

/// The schemas of a document, closed: a field that they do not name does not fit.
struct Schemas {
    components: Value,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    fn of(document: &Value) -> Self {
        let mut extended = HashSet::new();
        extensions(document, &mut extended);
        let mut components = json!({"schemas": document["components"]["schemas"]});
        for (name, schema) in components["schemas"].as_object_mut().expect("schemas") {
            if !extended.contains(&format!("#/components/schemas/{name}")) {
                close(schema);
            }
        }
        Self { components, compiled: Mutex::default() }
    }

    /// Why a value does not fit a schema; nothing when it does.
    fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let key = schema.to_string();
        let known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let validator = known.unwrap_or_else(|| {
            let mut whole = schema.clone();
            close(&mut whole);
            whole["components"] = self.components.clone();
            let validator = Arc::new(jsonschema::draft202012::new(&whole).expect("a schema"));
            let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
            compiled.insert(key, Arc::clone(&validator));
            validator
        });
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }
}

/// What `allOf` refers to: it is a part of something, and can't be closed itself.
fn extensions(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            for part in fields.get("allOf").and_then(Value::as_array).into_iter().flatten() {
                found.extend(part["$ref"].as_str().map(str::to_owned));
            }
            fields.values().for_each(|field| extensions(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| extensions(item, found)),
        _ => {}
    }
}

fn close(schema: &mut Value) {
    let open = schema["additionalProperties"].is_null();
    let object = schema["properties"].is_object() || schema["allOf"].is_array();
    if object && open {
        schema["unevaluatedProperties"] = false.into();
    }
    for key in ["oneOf", "anyOf"] {
        schema.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().for_each(close);
    }
}

/// Fails for a frame of v1's gateway that is not as it is documented. `side` is who says it: `client` or `server`.
#[track_caller]
pub(crate) fn assert_frame(side: &str, frame: &Value) {
    let faults = frame_faults(side, frame);
    assert!(faults.is_empty(), "{side}: {frame:#}\n{}", faults.join("\n"));
}

/// Why a frame is not as it is documented; nothing when it is.
pub(crate) fn frame_faults(side: &str, frame: &Value) -> Vec<String> {
    let kind = frame["type"].as_str().unwrap_or_default();
    let message = &ASYNCAPI["channels"]["gateway"]["messages"][format!("{side}.{kind}")];
    if message["payload"].is_object() {
        SCHEMAS.faults(&message["payload"], frame)
    } else {
        vec![format!("no frame is documented as {side}.{kind}")]
    }
}
