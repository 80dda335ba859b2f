//! The dialects' operations: each is served as it is documented, and under its dialect's tag.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use api::dialects::DIALECTS;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::OPENAPI;
use crate::dialects::support::load_places;
use crate::world::{Person, World};

/// An operation.
struct Operation {
    method: String,
    path: String,
    about: &'static Value,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The path, with something for each of its parameters.
    fn address(&self) -> String {
        let part = |part: &str| if part.starts_with('{') { "1".to_owned() } else { part.to_owned() };
        self.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}

/// The operations of the document of everything.
fn operations() -> impl Iterator<Item = Operation> {
    let paths = OPENAPI["paths"].as_object().expect("paths");
    paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().expect("operations");
        item.iter().map(|(method, about)| Operation { method: method.to_uppercase(), path: path.clone(), about })
    })
}

fn of_dialects() -> Vec<Operation> {
    operations().filter(|operation| !operation.path.starts_with("/api/v1/")).collect()
}

#[test]
fn every_operation_is_in_one_tag_which_is_described() {
    let tags = OPENAPI["tags"].as_array().expect("tags");
    let mut described = BTreeMap::new();
    for tag in tags {
        let name = tag["name"].as_str().expect("a name");
        assert!(tag["description"].as_str().is_some_and(|text| text.len() > 10), "{name}");
        assert!(described.insert(name, 0).is_none(), "{name} is there twice");
    }
    let mut ids = HashSet::new();
    for operation in operations() {
        let name = operation.name();
        let tags = operation.about["tags"].as_array().expect("tags");
        assert_eq!(tags.len(), 1, "{name}");
        let count = described.get_mut(tags[0].as_str().expect("a tag"));
        *count.unwrap_or_else(|| panic!("{name}: nobody describes {}", tags[0])) += 1;
        assert!(ids.insert(operation.about["operationId"].as_str().expect("an id")), "{name}: the id is used twice");
        assert!(operation.about["summary"].as_str().is_some_and(|text| text.len() > 5), "{name} has no summary");
        for parameter in operation.about["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].as_str().is_some_and(|text| text.len() > 2), "{name}: {parameter}");
        }
    }
    assert!(described.values().all(|count| *count > 0), "{described:?}");
}

#[test]
fn each_dialect_has_its_operations_under_its_own_tag() {
    let all: BTreeSet<String> = of_dialects().iter().map(Operation::name).collect();
    let mut found = BTreeSet::new();
    for dialect in DIALECTS {
        let document = serde_json::to_value(dialect.document()).expect("JSON");
        for (path, item) in document["paths"].as_object().expect("paths") {
            assert!(path.ends_with('/'), "{path}");
            for (method, about) in item.as_object().expect("operations") {
                assert_eq!(about["tags"], json!([dialect.name]), "{method} {path}");
                let id = about["operationId"].as_str().expect("an id");
                let begin = dialect.name.replace('_', "");
                assert!(id.to_lowercase().starts_with(&begin), "{method} {path}: {id}");
                assert!(found.insert(format!("{} {path}", method.to_uppercase())), "{method} {path} is there twice");
            }
        }
    }
    assert_eq!(found, all);
}

#[tokio::test]
async fn each_path_takes_the_documented_methods_and_no_other() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let operations = of_dialects();
    assert!(operations.len() >= 35, "{}", operations.len());
    for operation in &operations {
        let address = operation.address();
        for path in [&*address, address.trim_end_matches('/')] {
            for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let documented = operations.iter().any(|o| o.path == operation.path && o.method == method.as_str());
                let answer = nobody.send(nobody.request(method.clone(), path)).await;
                assert_eq!(answer.status != 405, documented, "{method} {path}: {}", answer.status);
            }
        }
    }
    world.finish().await;
}

/// The fields that an operation takes, and whether each is required, if it takes any.
fn fields(operation: &Operation) -> Option<BTreeMap<&'static str, bool>> {
    let content = &operation.about["requestBody"]["content"];
    let body = content.as_object()?.values().next()?;
    assert!(body["schema"]["$ref"].is_string(), "{} has a schema of its own", operation.name());
    let mut found = BTreeMap::new();
    gather(&body["schema"], &mut found);
    Some(found)
}

/// Adds the fields of a schema, and of those that it is made of.
fn gather(schema: &'static Value, found: &mut BTreeMap<&'static str, bool>) {
    if let Some(name) = schema["$ref"].as_str() {
        gather(OPENAPI.pointer(name.trim_start_matches('#')).expect("a schema"), found);
    }
    schema["allOf"].as_array().into_iter().flatten().for_each(|part| gather(part, found));
    let required = schema["required"].as_array();
    for field in schema["properties"].as_object().into_iter().flat_map(Map::keys) {
        let required = required.is_some_and(|names| names.iter().any(|name| name.as_str() == Some(field)));
        found.insert(field, required);
    }
}

/// Things of hers under the number that paths are tried with: a listing, an address and a review.
async fn hers(world: &World) -> Person {
    let ann = Person::join(world.apis[0].address, "ann").await;
    let bob = Person::join(world.apis[0].address, "bob").await;
    load_places(world).await;
    assert_eq!(ann.offers(json!({})).await, 1);
    assert_eq!(ann.lives_in(1).await.expect(201)["id"], 1);
    let listing = bob.offers(json!({})).await;
    assert_eq!(ann.reviews(listing, 5).await, 1);
    ann
}

/// An answer's messages that are of a kind, by field.
fn named(body: &Value, said: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let fields = body.as_object().cloned().unwrap_or_default();
    let says =
        |messages: &Value| messages.as_array().is_some_and(|all| all.iter().filter_map(Value::as_str).any(&said));
    fields.into_iter().filter(|(_, messages)| says(messages)).map(|(field, _)| field).collect()
}

/// Operations that say in words of their own what is missing.
const OWN_WORDS: [&str; 3] = ["POST /api/token/refresh/", "POST /users/logout/", "POST /users/settings/address-list/"];

/// Fields are read one by one, by their names: the document is held against what handlers miss, and what they read.
#[tokio::test]
async fn handlers_read_the_fields_that_are_documented() {
    let world = World::start().await;
    let ann = hers(&world).await;
    let mut looked_at = 0;
    for operation in of_dialects() {
        let (name, Some(fields)) = (operation.name(), fields(&operation)) else { continue };
        let json = operation.about["requestBody"]["content"]["application/json"].is_object();
        if OWN_WORDS.contains(&&*name) || !json || operation.method == "GET" {
            continue;
        }
        looked_at += 1;
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        let required: BTreeSet<String> =
            fields.iter().filter(|(_, required)| **required).map(|(field, _)| (*field).to_owned()).collect();
        let answer = ann.call(method.clone(), &operation.address(), json!({})).await;
        let missed = named(&answer.body, |text| text == "This field is required." || text.starts_with("No file"));
        assert_eq!(missed, required, "{name}: {} {:#}", answer.status, answer.body);
        let object: Map<String, Value> = fields.keys().map(|field| ((*field).to_owned(), json!({"no": []}))).collect();
        let answer = ann.call(method, &operation.address(), Value::Object(object)).await;
        if answer.status == 404 {
            continue; // the thing is looked for before its fields
        }
        let refused = named(&answer.body, |_| true);
        for field in fields.keys() {
            assert!(refused.contains(*field), "{name} does not read {field}: {} {:#}", answer.status, answer.body);
        }
    }
    assert!(looked_at >= 25, "{looked_at}");
    world.finish().await;
}
