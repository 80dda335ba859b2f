//! Drives real `api` processes: deaths, stops and starts (P1, P3, P10). On SQLite in either size, on
//! PostgreSQL and Redis in production's size alone.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails where something is missing, and says so"
)]

#[path = "processes/admins.rs"]
mod admins;
#[path = "processes/backups.rs"]
mod backups;
#[path = "../../worker/tests/children/mod.rs"]
mod children;
#[path = "processes/configuration.rs"]
mod configuration;
#[path = "processes/deaths.rs"]
mod deaths;
#[path = "processes/embedded.rs"]
mod embedded;
#[path = "processes/house.rs"]
mod house;
#[path = "processes/mail.rs"]
mod mail;
#[path = "../../worker/tests/mail_server/mod.rs"]
mod mail_server;
#[path = "processes/metrics.rs"]
mod metrics;
#[path = "processes/migration.rs"]
mod migration;
#[path = "processes/places.rs"]
mod places;
#[path = "processes/presence.rs"]
mod presence;
#[path = "processes/without_redis.rs"]
mod without_redis;
#[path = "processes/world.rs"]
mod world;
