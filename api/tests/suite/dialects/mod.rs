//! The documented legacy contracts, each with the requests that its frontends send.

#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

mod chat_app;
mod connectin;
mod connections_notifications;
mod crossing;
mod drf;
mod karoo;
mod others;
mod races;
mod silicornya;
pub(crate) mod support;
