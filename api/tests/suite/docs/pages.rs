//! `/docs` and what it shows.

use serde_json::Value;

use super::OPENAPI;
use crate::world::{Person, World, frames};

/// Each file, its content type, and a part of it.
const FILES: [(&str, &str, &str); 10] = [
    ("/docs", "text/html; charset=utf-8", "/docs/docs.js"),
    ("/docs/", "text/html; charset=utf-8", "/docs/docs.js"),
    ("/docs/docs.css", "text/css; charset=utf-8", ".bar"),
    ("/docs/docs.js", "text/javascript; charset=utf-8", "SwaggerUIBundle"),
    ("/docs/gateway", "text/html; charset=utf-8", "id=\"client-resume\""),
    ("/docs/openapi.json", "application/json", "\"openapi\""),
    ("/docs/asyncapi.json", "application/json", "\"asyncapi\""),
    ("/docs/postman.json", "application/json", "\"Kith\""),
    ("/docs/swagger-ui/swagger-ui.css", "text/css; charset=utf-8", ".swagger-ui"),
    ("/docs/swagger-ui/swagger-ui-bundle.js", "text/javascript; charset=utf-8", "SwaggerUIBundle"),
];

#[tokio::test]
async fn whoever_looks_is_shown_it_without_signing_in_and_from_here_alone() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    for (path, kind, part) in FILES {
        let url = format!("http://{}{path}", nobody.address);
        let answer = nobody.client.get(&url).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        let headers = answer.headers().clone();
        assert_eq!(headers["content-type"], kind, "{path}");
        assert_eq!(headers["cache-control"], "no-cache", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        let policy = headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
        for word in ["http", "*", "unsafe-eval", "script-src 'self' "] {
            assert!(!policy.contains(word), "{path} lets {word} in: {policy}");
        }
        let text = answer.text().await.expect("text");
        assert!(text.contains(part), "{path} has no {part}");
        if kind.starts_with("text/html") {
            let inline = text.contains("<script>") || text.contains(" onclick=") || text.contains("<style");
            assert!(!inline && !text.contains("//unpkg") && !text.contains("src=\"http"), "{path}");
        }
        let known = nobody.client.get(&url).header("if-none-match", &headers["etag"]).send().await.expect("an answer");
        assert_eq!(known.status(), 304, "{path}");
        assert_eq!(known.headers()["etag"], headers["etag"], "{path}");
        assert!(known.text().await.expect("text").is_empty(), "{path}");
        let other = nobody.client.get(&url).header("if-none-match", "\"other\"").send().await.expect("an answer");
        assert_eq!(other.status(), 200, "{path}");
    }
    for path in ["/docs/nothing", "/docs/swagger-ui/", "/docs/swagger-ui/index.html", "/docs/swagger-ui/..%2fdocs.js"] {
        nobody.get(path).await.expect_problem(404, "not_found");
    }
    world.finish().await;
}

#[tokio::test]
async fn the_documents_that_are_served_are_those_of_the_code() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    assert_eq!(nobody.get("/docs/openapi.json").await.expect(200), *OPENAPI);
    assert_eq!(nobody.get("/docs/asyncapi.json").await.expect(200), *frames::asyncapi());
    let landing = nobody.client.get(format!("http://{}/", nobody.address)).send().await.expect("an answer");
    assert!(landing.text().await.expect("text").contains("href=\"docs\""));
    world.finish().await;
}

/// Whatever is in v1's own document is in that of everything, in the same words.
#[test]
fn the_document_of_everything_has_all_of_v1() {
    let v1 = serde_json::to_value(api::v1::document()).expect("JSON");
    let all = &*OPENAPI;
    for part in ["paths", "components"] {
        let (part_of_v1, whole) = (v1[part].as_object().expect(part), &all[part]);
        for (name, value) in part_of_v1 {
            if part == "paths" {
                assert_eq!(whole[name], *value, "{name}");
                continue;
            }
            for (inner, value) in value.as_object().expect("components") {
                assert_eq!(whole[name][inner], *value, "{name} {inner}");
            }
        }
    }
}

#[tokio::test]
async fn the_collection_has_each_operation_once_and_no_token() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    let collection = nobody.get("/docs/postman.json").await.expect(200);
    let mut requests = Vec::new();
    for folder in collection["item"].as_array().expect("folders") {
        let tag = folder["name"].as_str().expect("a name");
        for item in folder["item"].as_array().expect("requests") {
            let path: Vec<&str> =
                item["request"]["url"]["path"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
            let path =
                path.iter().map(|part| part.strip_prefix(':').map_or((*part).to_owned(), |name| format!("{{{name}}}")));
            let path = path.collect::<Vec<_>>().join("/");
            let method = item["request"]["method"].as_str().expect("a method");
            requests.push(format!("{tag}: {method} /{}", path.trim_end_matches('/')));
        }
    }
    let mut operations = Vec::new();
    for (path, item) in OPENAPI["paths"].as_object().expect("paths") {
        for (method, about) in item.as_object().expect("operations") {
            let tag = about["tags"][0].as_str().expect("a tag");
            operations.push(format!("{tag}: {} {}", method.to_uppercase(), path.trim_end_matches('/')));
        }
    }
    requests.sort();
    operations.sort();
    assert_eq!(requests, operations, "`npm run generate` in api/web/docs makes the collection anew");
    let variables = collection["variable"].as_array().expect("variables");
    let token = variables.iter().find(|one| one["key"] == "token").expect("a token");
    assert_eq!(token["value"], "");
    world.finish().await;
}
