//! Drives the real server over HTTP and sockets, on the embedded adapters or on PostgreSQL and
//! Redis (see `shared::testing`).

#[path = "suite/dialects/mod.rs"]
mod dialects;
#[path = "suite/docs/mod.rs"]
mod docs;
#[path = "suite/gateway/mod.rs"]
mod gateway;
#[path = "suite/mail/mod.rs"]
mod mail;
#[path = "../../worker/tests/mail_server/mod.rs"]
mod mail_server;
#[path = "suite/media.rs"]
mod media;
#[path = "suite/metrics/mod.rs"]
mod metrics;
#[path = "suite/staff_pages.rs"]
mod staff_pages;
#[path = "suite/v1/mod.rs"]
mod v1;
#[path = "suite/world/mod.rs"]
mod world;
