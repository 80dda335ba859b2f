//! Tests of `chat_app`.

mod online;
