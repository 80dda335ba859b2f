//! The documentation: what is served, and that it says what there is.

#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod dialects;
mod gateway;
mod pages;

use std::sync::LazyLock;

use serde_json::Value;

/// The OpenAPI document of everything.
static OPENAPI: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(api::docs::openapi()).expect("JSON"));
