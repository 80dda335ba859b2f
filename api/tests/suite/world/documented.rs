//! Whatever a test is answered is what the OpenAPI document says of that operation: its status, and its body by the
//! schema of that, with no field that the schema does not know. And whatever v1 takes of a test is what it says that it
//! takes.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::of(&api::docs::openapi()));

struct Document {
    /// By method and path, of which the parts are apart: `{id}` stands for any.
    operations: HashMap<String, Vec<(Vec<String>, Value)>>,
    components: Value,
    /// By the schema as it is written.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/')
}

impl Document {
    fn of(document: &impl serde::Serialize) -> Self {
        let mut document = serde_json::to_value(document).expect("JSON");
        let components = document["components"]["schemas"].clone();
        let schemas = document["components"]["schemas"].as_object_mut().expect("schemas");
        schemas.values_mut().for_each(|schema| strict(schema, &components));
        let mut operations: HashMap<_, Vec<_>> = HashMap::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, about) in item.as_object().expect("operations") {
                let path = parts(path).map(str::to_owned).collect();
                operations.entry(method.to_uppercase()).or_default().push((path, about.clone()));
            }
        }
        Self { operations, components: document["components"].take(), validators: Mutex::default() }
    }

    /// What is said of an operation; where two paths fit, the one that names more.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let any = |part: &str| part.starts_with('{');
        let fits = |documented: &&(Vec<String>, Value)| {
            let documented = documented.0.iter().map(String::as_str);
            documented.clone().count() == parts(path).count()
                && documented.zip(parts(path)).all(|(one, asked)| one == asked || (any(one) && !asked.is_empty()))
        };
        let fitting = self.operations.get(method)?.iter().filter(fits);
        fitting.min_by_key(|(path, _)| path.iter().filter(|part| any(part)).count()).map(|(_, about)| about)
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("nobody failed with it");
        let validator = validators.entry(schema.to_string()).or_insert_with(|| {
            let schema = json!({"allOf": [schema], "components": self.components});
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            Arc::new(options.build(&schema).expect("a schema"))
        });
        Arc::clone(validator)
    }
}

/// Lets no schema of an object take what it does not name. What one is made of beside is written out in it as it is in
/// `components`, for a part that were strict by itself would not take the rest.
fn strict(schema: &mut Value, components: &Value) {
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        let named = part["$ref"].as_str().and_then(|name| name.rsplit_once('/'));
        if let Some((_, name)) = named {
            *part = components[name].clone();
        }
        strict_within(part, components);
    }
    strict_within(schema, components);
    if schema["properties"].is_object() || schema["allOf"].is_array() {
        schema["unevaluatedProperties"] = json!(false);
    }
}

/// The same of the schemas that are written out in one.
fn strict_within(schema: &mut Value, components: &Value) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flat_map(|properties| properties.values_mut()).for_each(|one| strict(one, components));
    for several in ["oneOf", "anyOf"] {
        let members = schema.get_mut(several).and_then(Value::as_array_mut);
        members.into_iter().flatten().for_each(|one| strict(one, components));
    }
    for each in ["items", "additionalProperties"] {
        if let Some(one) = schema.get_mut(each).filter(|one| one.is_object()) {
            strict(one, components);
        }
    }
}

/// Fails a test that was answered otherwise than the operation's description says. Paths that the document does not
/// have are passed over.
pub(super) fn check(method: &str, path: &str, status: StatusCode, headers: &HeaderMap, body: &str) {
    let kind = headers.get(CONTENT_TYPE).map(|kind| kind.to_str().expect("text")).unwrap_or_default();
    if let Some(complaint) = complaint(method, path, status.as_u16(), kind, body) {
        panic!("{method} {path} is answered with {status} {body}: {complaint}");
    }
}

/// What of an answer of a type is not as the operation's description says.
pub(crate) fn complaint(method: &str, path: &str, status: u16, kind: &str, body: &str) -> Option<String> {
    let operation = DOCUMENT.operation(method, path)?;
    if [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::METHOD_NOT_ALLOWED].iter().any(|any| *any == status) {
        return None; // any may fail, and none says so; and a path of another method's may look like this one's
    }
    let response = &operation["responses"][status.to_string()];
    if !response.is_object() {
        return Some("its description knows no such status".to_owned());
    }
    let Some(contents) = response["content"].as_object() else {
        return (!body.is_empty()).then(|| "its description has no body".to_owned());
    };
    let Some(content) = contents.get(kind) else {
        return Some(format!("its description has no body of the type \"{kind}\""));
    };
    let body: Value = match serde_json::from_str(body) {
        Ok(body) => body,
        Err(error) => return Some(error.to_string()),
    };
    misfit(&content["schema"], &body)
}

/// Fails a test of which v1 took what the operation's description does not let it take.
pub(super) fn check_taken(method: &str, path: &str, body: &[u8]) {
    let Some(operation) = DOCUMENT.operation(method, path).filter(|_| path.starts_with("/api/v1/")) else { return };
    let Some(content) = operation["requestBody"]["content"].get("application/json") else { return };
    let schema = &content["schema"];
    let mut body: Value = serde_json::from_slice(body).expect("what is taken is JSON");
    if let Some(complaint) = misfit(schema, &body) {
        // Texts that hold an integer are taken for one, which the document says once for all.
        read_integers(&mut body);
        assert!(misfit(schema, &body).is_none(), "{method} {path} takes {body}: {complaint}");
    }
}

fn read_integers(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Ok(integer) = text.parse::<i64>() {
                *value = integer.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(read_integers),
        Value::Object(fields) => fields.values_mut().for_each(read_integers),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What of a value does not fit a schema.
fn misfit(schema: &Value, value: &Value) -> Option<String> {
    let complaints: Vec<_> = DOCUMENT.validator(schema).iter_errors(value).map(|error| error.to_string()).collect();
    (!complaints.is_empty()).then(|| complaints.join("\n"))
}
