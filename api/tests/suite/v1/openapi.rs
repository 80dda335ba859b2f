//! The OpenAPI document: it says what there is, and all of it.

use reqwest::Method;
use serde_json::Value;

use super::support::operations;
use crate::world::{Person, World};

#[tokio::test]
async fn the_document_that_is_served_is_the_one_of_the_code() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let served = nobody.get("/api/v1/openapi.json").await;
    assert_eq!(served.headers["content-type"], "application/json");
    let document = serde_json::to_value(api::v1::document()).expect("JSON");
    assert_eq!(served.expect(200), document);
    assert!(document["openapi"].as_str().expect("a version").starts_with("3.1."));
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    assert_eq!(document["components"]["securitySchemes"]["access_token"]["scheme"], "bearer");
    world.finish().await;
}

/// What anybody may read without a token.
const OPEN: [&str; 5] = [
    "GET /api/v1/provinces",
    "GET /api/v1/cities",
    "GET /api/v1/categories",
    "GET /api/v1/skills",
    "GET /api/v1/listings",
];
/// The same, of something that is not there.
const NOT_THERE: [&str; 2] = ["GET /api/v1/listings/{id}", "GET /api/v1/listings/{id}/reviews"];

#[tokio::test]
async fn each_path_takes_the_documented_methods_and_no_other() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let operations = operations();
    assert!(operations.len() >= 29, "{}", operations.len());
    for operation in &operations {
        let path = operation.path.replace("{id}", "1");
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = nobody.send(nobody.request(method.clone(), &path)).await;
            let documented = operations.iter().find(|o| o.path == operation.path && o.method == method.as_str());
            match documented {
                None => drop(answer.expect_problem(405, "method_not_allowed")),
                Some(one) if one.needs_token() => drop(answer.expect_problem(401, "not_authenticated")),
                Some(one) if OPEN.contains(&one.name().as_str()) => drop(answer.expect(200)),
                Some(one) if NOT_THERE.contains(&one.name().as_str()) => drop(answer.expect_problem(404, "not_found")),
                Some(one) => {
                    let status = answer.status.as_u16();
                    assert!((400..500).contains(&status) && ![404, 405].contains(&status), "{}: {status}", one.name());
                }
            }
        }
    }
    nobody.get("/api/v1/nothing").await.expect_problem(404, "not_found");
    world.finish().await;
}

#[test]
fn every_operation_is_described() {
    let mut ids = Vec::new();
    for operation in operations() {
        let (name, about) = (operation.name(), &operation.about);
        let id = about["operationId"].as_str().expect("an operationId").to_owned();
        assert!(!ids.contains(&id), "{id} is used twice");
        ids.push(id);
        assert_eq!(about["tags"].as_array().map(Vec::len), Some(1), "{name}");
        assert!(about["summary"].as_str().is_some_and(|text| text.len() > 5), "{name} has no summary");
        let named = operation.path.matches('{').count();
        let parameters = about["parameters"].as_array().cloned().unwrap_or_default();
        assert_eq!(parameters.iter().filter(|parameter| parameter["in"] == "path").count(), named, "{name}");
        for parameter in &parameters {
            let text = parameter["description"].as_str().unwrap_or_default();
            assert!(text.len() > 5 && parameter["schema"].is_object(), "{name}: {parameter}");
        }
        let responses = about["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with(['1', '2'])), "{name} has no success");
        assert!(responses.keys().any(|status| status.starts_with('4')), "{name} has no problem");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|text| text.len() > 2), "{name} {status}");
            let problem = &response["content"]["application/problem+json"]["schema"]["$ref"];
            let is_problem = *problem == "#/components/schemas/ProblemBody";
            assert_eq!(is_problem, status.as_str() >= "400", "{name} {status}: {response}");
        }
    }
}

/// What follows from an operation's kind, it says: which problems a client has to expect.
#[test]
fn every_operation_names_the_problems_that_its_kind_has() {
    let mut missing = Vec::new();
    for operation in operations() {
        let about = &operation.about;
        let has = |place: &str| about["parameters"].as_array().is_some_and(|all| all.iter().any(|p| p["in"] == place));
        let mut expected: Vec<(&str, &str)> = Vec::new();
        if about["requestBody"]["content"]["application/json"].is_object() {
            expected.extend([("400", "malformed"), ("413", "too_large"), ("415", "not_json"), ("422", "invalid")]);
        }
        if has("query") {
            expected.push(("422", "invalid"));
        }
        if has("path") {
            expected.push(("404", "not_found"));
        }
        if operation.needs_token() {
            expected.extend([("401", "not_authenticated"), ("401", "invalid_token")]);
            if operation.method != "GET" {
                expected.push(("429", "too_many"));
            }
        }
        for (status, code) in expected {
            let text = about["responses"][status]["description"].as_str().unwrap_or_default();
            if !text.contains(&format!("`{code}`")) {
                missing.push(format!("{}: {status} {code}", operation.name()));
            }
        }
    }
    assert!(missing.is_empty(), "the document does not name\n{}", missing.join("\n"));
}

/// Every schema that is named is there, and says what each field is.
#[test]
fn every_schema_is_there_and_described() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(api::v1::document()).expect("JSON");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for (name, schema) in schemas {
        for (field, about) in schema["properties"].as_object().into_iter().flatten() {
            let described = about["description"].is_string() || about["$ref"].is_string() || about["allOf"].is_array();
            assert!(described || about["oneOf"].is_array(), "{name}.{field}: {about}");
        }
    }
}
