//! Tests of `chat_app`.

mod messages;
mod online;
mod sign_out;
mod start;
mod suggested;
