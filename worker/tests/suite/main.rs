//! What survives deaths: jobs are done once, whatever dies when (P1, P3, P4's fence, P10). On the
//! embedded adapters, or on PostgreSQL and Redis (see `shared::testing`); `processes` drives the real
//! binary, in production's size alone.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails where something is missing, and says so"
)]

#[path = "../children/mod.rs"]
mod children;
mod history;
mod jobs;
mod losses;
mod mail;
mod mail_deaths;
#[path = "../mail_server/mod.rs"]
mod mail_server;
mod once;
mod processes;
mod relay;
mod smtp;
mod thumbnails;
mod world;
