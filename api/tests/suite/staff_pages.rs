//! The pages of the staff: files in the binary that load nothing from elsewhere.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use reqwest::Method;
use serde_json::Value;

use crate::world::{Person, World};

/// A file's headers and text.
async fn file(nobody: &Person, path: &str) -> (reqwest::header::HeaderMap, String) {
    let response = nobody.request(Method::GET, path).send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{path}");
    (response.headers().clone(), response.text().await.expect("a text"))
}

/// What comes behind `name="` in a text.
fn named<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(name).skip(1).filter_map(|rest| rest.split(['"', '\'']).next())
}

/// The path that `link` leads to from `path`.
fn beside(path: &str, link: &str) -> String {
    let page = reqwest::Url::parse("http://kith").and_then(|kith| kith.join(path)).expect("a path");
    page.join(link).expect("a link").path().to_owned()
}

#[tokio::test]
async fn the_page_of_jobs_comes_whole_from_the_binary_under_a_strict_policy() {
    let world = World::without_worker(|_| {}).await;
    let nobody = Person::stranger(world.apis[0].address);
    let (headers, html) = file(&nobody, "/staff/jobs").await;
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    let scripts = html.matches("<script").count();
    assert_eq!((scripts, html.matches("<script type=\"module\" src=").count()), (1, 1), "no script within the page");
    for forbidden in [" style=", "<style", " onclick", "javascript:", "http://", "https://"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let mut waiting: Vec<String> = named(&html, " href=\"")
        .chain(named(&html, " src=\""))
        .filter(|link| !link.starts_with("data:") && !link.ends_with('/'))
        .map(|link| beside("/staff/jobs", link))
        .collect();
    assert_eq!(waiting, ["/base/colours.css", "/staff/jobs/jobs.css", "/staff/jobs/main.js"]);
    let mut seen = Vec::new();
    while let Some(path) = waiting.pop() {
        if seen.contains(&path) {
            continue;
        }
        let (headers, text) = file(&nobody, &path).await;
        let style = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "css");
        let kind = if style { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
        assert_eq!(headers["content-type"], kind, "{path}");
        for header in ["content-security-policy", "cache-control", "referrer-policy", "x-content-type-options"] {
            assert!(headers.contains_key(header), "{path} {header}");
        }
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "https://"] {
            assert!(!text.contains(forbidden), "{path} {forbidden}");
        }
        let imports = named(&text, " from '").chain(named(&text, " from \""));
        waiting.extend(imports.filter(|name| name.starts_with('.')).map(|name| beside(&path, name)));
        seen.push(path);
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
    let policy = headers["content-security-policy"].to_str().expect("a text");
    let expected = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert_eq!(policy, expected);
    assert_eq!(headers["cache-control"], "no-cache");
    world.finish().await;
}

#[tokio::test]
async fn a_copy_that_is_still_good_is_not_sent_again() {
    let world = World::without_worker(|_| {}).await;
    let nobody = Person::stranger(world.apis[0].address);
    let (headers, _) = file(&nobody, "/staff/jobs").await;
    let tag = headers["etag"].to_str().expect("a text").to_owned();
    for (known, status) in [(tag.clone(), 304), (format!("\"other\", W/{tag}"), 304), ("\"other\"".to_owned(), 200)] {
        let answer = nobody.send(nobody.request(Method::GET, "/staff/jobs").header("if-none-match", &known)).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (status, &Value::Null), "{known}");
        assert_eq!(answer.headers["etag"], tag.as_str());
    }
    let other = file(&nobody, "/staff/jobs/main.js").await.0;
    assert_ne!(other["etag"], tag.as_str());
    world.finish().await;
}
