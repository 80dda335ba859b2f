//! The gateway: what sockets are told, and that it is told once, in order, whatever is lost.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod chats;
mod client;
pub(crate) mod closing;
mod crowd;
mod live;
mod opening;
pub(crate) mod presence;
mod presence_faults;
mod repair;
mod resume;
mod sessions;
mod slow;
mod talk;
mod unsteady;

use serde_json::Value;
use shared::config::Config;

/// Without the sweep, so that what a socket is told came by the way that a test is about.
fn no_sweep(config: &mut Config) {
    config.gateway.sweep_every = 3_600;
}

/// The versions of frames.
fn versions(frames: &[Value]) -> Vec<i64> {
    frames.iter().map(|frame| frame["version"].as_i64().expect("a version")).collect()
}

/// The kinds of frames.
fn kinds(frames: &[Value]) -> Vec<&str> {
    frames.iter().map(|frame| frame["type"].as_str().expect("a type")).collect()
}
