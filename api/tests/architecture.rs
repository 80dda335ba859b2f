//! The arrows of the house: `api -> shared <- worker`, few files that name the worker, surfaces that
//! know services and no entities, domains that know no adapter.

#![expect(clippy::expect_used, reason = "a tree that can't be read has no architecture to test")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// Every Rust file below a folder of the workspace, with its text, comments left out.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                let name = path.strip_prefix(root()).expect("below the root").display().to_string();
                found.push((name, code.join("\n")));
            }
        }
    }
    found
}

/// Fails for every file of `folder` that names one of `words`, but for those below an exception.
#[track_caller]
fn forbid(folder: &str, words: &[&str], except: &[&str]) {
    let files = sources(folder);
    assert!(!files.is_empty(), "{folder} has no sources: the test looks at nothing");
    for (name, text) in files {
        if except.iter().any(|exception| name.starts_with(exception)) {
            continue;
        }
        for word in words {
            assert!(!text.contains(word), "{name} names {word}");
        }
    }
}

/// The dependencies that a member's manifest names, tests' left out.
fn dependencies(member: &str) -> String {
    let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).expect("a manifest");
    let begin = manifest.find("[dependencies]").expect("dependencies");
    let rest = &manifest[begin + 1..];
    rest[..rest.find("\n[").unwrap_or(rest.len())].to_owned()
}

#[test]
fn members_depend_along_the_arrows() {
    for (member, forbidden) in [
        ("shared", &["api", "worker", "axum", "lettre"][..]),
        ("worker", &["api", "migration"][..]),
        ("migration", &["api", "worker", "shared"][..]),
    ] {
        let dependencies = dependencies(member);
        for name in forbidden {
            let named = dependencies.lines().any(|line| line.split(['.', ' ']).next() == Some(name));
            assert!(!named, "{member} depends on {name}");
        }
    }
}

#[test]
fn few_files_name_the_worker() {
    // What runs it, and what says whether it would run.
    forbid("api/src", &["worker::"], &["api/src/embedded.rs", "api/src/cli/check_config.rs"]);
}

#[test]
fn the_core_knows_no_http_and_no_smtp() {
    forbid("shared/src", &["axum", "hyper", "StatusCode", "lettre"], &[]);
}

#[test]
fn surfaces_know_services_and_no_rows() {
    forbid("api/src", &["shared::entities", "sea_orm", "Statement"], &[]);
    forbid("worker/src", &["shared::entities", "sea_orm", "Statement"], &[]);
}

#[test]
fn surfaces_do_not_know_each_other() {
    forbid("api/src/dialects", &["crate::v1"], &[]);
    forbid("api/src/v1", &["crate::dialects"], &[]);
}

/// What a dialect serves is what it describes: it has one way to add a route.
#[test]
fn dialects_serve_nothing_that_they_do_not_describe() {
    forbid("api/src/dialects", &[".route(", ".routes(", ".route_service("], &["api/src/dialects/drf/paths.rs"]);
}

#[test]
fn domains_know_no_adapter() {
    let adapters = ["apalis", "fred::", "redis::", "Embedded", "RedisQueue", "RedisEvents"];
    for domain in [
        "accounts",
        "chats",
        "connections",
        "contact",
        "events",
        "inboxes",
        "jobs",
        "notifications",
        "presence",
        "suggestions",
    ] {
        forbid(&format!("shared/src/{domain}"), &adapters, &[]);
    }
}

#[test]
fn only_the_configuration_reads_the_environment() {
    forbid("api/src", &["env::var"], &[]);
    forbid("worker/src", &["env::var"], &[]);
    forbid("shared/src", &["env::var"], &["shared/src/config", "shared/src/testing"]);
}
